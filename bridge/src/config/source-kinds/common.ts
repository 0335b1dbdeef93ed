import { z } from 'zod';
import { strictObject, yesOrNo } from '../../yaml/strict-object';
import { duration, words } from '../../yaml/values';
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

/** Keys of shops that have a key for the shop's own API. */
export const healing = {
	reconcile: strictObject({
		enabled: yesOrNo().default(true).describe('false: nothing is looked for; webhooks that are lost stay lost.'),
		every: duration()
			.refine((ms) => ms >= 60_000, 'is too often → write at least 1m: each look asks the shop several times')
			.prefault('15m')
			.describe('How often webhook subscriptions are checked and changed orders are compared with the ledger.'),
		limit: duration().prefault('48h').describe('What happened longer ago than this is not sent any more.'),
		missed: z
			.enum(['send', 'ask'], 'is neither → write send or ask')
			.default('send')
			.describe('send: what was missed is sent. ask: its messages are held until a person replays them.'),
	})
		.prefault({})
		.describe("What is done about webhooks that never came; works when there is a key for the shop's API."),
	writeBack: strictObject({
		tags: yesOrNo().default(false).describe('Tag the order when its message was sent, delivered, read or failed.'),
		notes: yesOrNo().default(false).describe("Write the message's state into the order's note."),
		replies: z
			.record(words(), words())
			.default({})
			.describe('Tag for the order, by the button that the buyer pressed: { Confirm: cod-confirmed }.'),
	})
		.prefault({})
		.describe("What is written to the shop's orders, for the merchant's eyes; off unless switched on."),
};

/** Keys of what is fetched from Google. */
export const google = {
	credentials: words().describe("Path of the service account's key file."),
	rootUrl: optional(address(), 'For tests: a stand-in for the Google API.'),
};
