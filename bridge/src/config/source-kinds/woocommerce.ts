import { z } from 'zod';
import { MEANINGS } from '../../order-meanings';
import { strictObject } from '../../yaml/strict-object';
import { address, optional, secret } from '../values';
import { common, healing, orders } from './common';

export const woocommerce = strictObject({
	...common,
	kind: z.literal('woocommerce'),
	url: address().describe("The shop's address; webhooks of other shops are refused."),
	...orders,
	statuses: z
		.record(
			z
				.string()
				.regex(
					/^[a-z0-9_-]+$/,
					"is not a status → write it as WooCommerce has it: small letters and hyphens, 'shipped' or 'wc-shipped'",
				),
			z.enum(MEANINGS, `is not a meaning of a status → write one of ${MEANINGS.join(', ')}`),
		)
		.default({})
		.describe(
			'What statuses of plugins mean, over those that are known: { packed: open, shipped: fulfilled }. unpaid: not placed yet, nothing is told of it; ignored: no order.',
		),
	consumerKey: optional(secret(), 'REST API consumer key, to register webhooks and to catch up on missed orders.'),
	consumerSecret: optional(secret(), 'REST API consumer secret.'),
	...healing,
}).superRefine(({ consumerKey, consumerSecret }, context) => {
	if ((consumerKey === undefined) === (consumerSecret === undefined)) return;
	const [there, missing] =
		consumerKey === undefined ? ['consumerSecret', 'consumerKey'] : ['consumerKey', 'consumerSecret'];
	context.addIssue({
		code: 'custom',
		path: [there],
		message: `stands without ${missing} → write both; the shop shows them together when the key is made`,
	});
});
