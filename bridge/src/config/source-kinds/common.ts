import { z } from 'zod';
import { yesOrNo } from '../../yaml/strict-object';
import { words } from '../../yaml/values';
import { address, optional, secret } from '../values';

/** Keys of every source. */
export const common = {
	id: z
		.string()
		.regex(/^[a-z0-9][a-z0-9_-]*$/, 'cannot be part of an address → use small letters, digits, - and _')
		.describe(
			'Name of the source: part of its webhook address, and how mappings speak of it. Keep it for ever: it ties orders to messages.',
		),
	name: optional(words(), 'What mappings print as `shop.name`.'),
};

/** Keys of shops. */
export const orders = {
	secrets: z
		.array(secret(), 'is not a list → write a list, also for one secret: ["${SECRET}"]')
		.min(1, 'has no secret → add one: without it no webhook can be believed')
		.describe('Secrets that sign the webhooks; any of them is accepted, so that one can be rotated.'),
	testOrders: yesOrNo().default(false).describe('Send messages for test orders too (payment gateway in test mode).'),
};

/** Keys of what is fetched from Google. */
export const google = {
	credentials: words().describe("Path of the service account's key file."),
	rootUrl: optional(address(), 'For tests: a stand-in for the Google API.'),
};
