import { z } from 'zod';
import { strictObject } from '../../yaml/strict-object';
import { address, optional, secret } from '../values';
import { common, orders } from './common';

export const shopify = strictObject({
	...common,
	kind: z.literal('shopify'),
	shop: z
		.string()
		.regex(/^[a-z0-9][a-z0-9-]*\.myshopify\.com$/, "is not a shop → write the shop's own domain: acme.myshopify.com")
		.describe("The shop's myshopify.com domain; webhooks of other shops are refused."),
	...orders,
	adminToken: optional(secret(), 'Admin API access token, to register webhooks and to catch up on missed orders.'),
	apiUrl: optional(address(), 'For tests: a stand-in for the Admin API.'),
});
