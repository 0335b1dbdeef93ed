import { z } from 'zod';
import { strictObject } from '../../yaml/strict-object';
import { address, optional, secret } from '../values';
import { common, healing, orders } from './common';

export const woocommerce = strictObject({
	...common,
	kind: z.literal('woocommerce'),
	url: address().describe("The shop's address."),
	...orders,
	consumerKey: optional(secret(), 'REST API consumer key, to register webhooks and to catch up on missed orders.'),
	consumerSecret: optional(secret(), 'REST API consumer secret.'),
	...healing,
});
