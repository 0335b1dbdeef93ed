import { z } from 'zod';
import { oneOrMany, strictObject, yesOrNo } from '../yaml/strict-object';
import { duration, words } from '../yaml/values';
import { address, optional, secret } from './values';

const common = {
	id: z
		.string()
		.regex(/^[a-z0-9][a-z0-9_-]*$/, 'cannot be part of an address → use small letters, digits, - and _')
		.describe(
			'Name of the source: part of its webhook address, and how mappings speak of it. Keep it for ever: it ties orders to messages.',
		),
	name: optional(words(), 'What mappings print as `shop.name`.'),
};

const orders = {
	secrets: z
		.array(secret(), 'is not a list → write a list, also for one secret: ["${SECRET}"]')
		.min(1, 'has no secret → add one: without it no webhook can be believed')
		.describe('Secrets that sign the webhooks; any of them is accepted, so that one can be rotated.'),
	testOrders: yesOrNo().default(false).describe('Send messages for test orders too (payment gateway in test mode).'),
};

const google = {
	credentials: words().describe("Path of the service account's key file."),
	rootUrl: optional(address(), 'For tests: a stand-in for the Google API.'),
};

const shopify = strictObject({
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

const woocommerce = strictObject({
	...common,
	kind: z.literal('woocommerce'),
	url: address().describe("The shop's address."),
	...orders,
	consumerKey: optional(secret(), 'REST API consumer key, to register webhooks and to catch up on missed orders.'),
	consumerSecret: optional(secret(), 'REST API consumer secret.'),
});

const googleSheets = strictObject({
	...common,
	kind: z.literal('google-sheets'),
	spreadsheet: words().describe('Id of the spreadsheet: the long part of its address.'),
	sheet: words().describe('Name of the sheet (the tab).'),
	phone: words().describe('Column with the phone number.'),
	status: words().describe('Column into which the state of the message is written.'),
	...google,
	every: duration().prefault('30s').describe('How often new rows are looked for.'),
	secrets: z.array(secret()).optional().describe('Secrets that sign rows posted by the Apps Script.'),
});

const googleCalendar = strictObject({
	...common,
	kind: z.literal('google-calendar'),
	calendar: words().describe('Id of the calendar; for your own, your e-mail address.'),
	phone: words().describe('Liquid that gives the number: "{{ event.description | phone }}".'),
	remind: oneOrMany(duration(), { type: 'string' })
		.default([])
		.describe('How long before an event reminders are sent: [24h, 1h].'),
	...google,
	every: duration().prefault('1m').describe('How often changes are looked for when Google does not push them.'),
});

export const SOURCE_KINDS = ['shopify', 'woocommerce', 'google-sheets', 'google-calendar'] as const;

export const sourceSchema = z.discriminatedUnion('kind', [shopify, woocommerce, googleSheets, googleCalendar], {
	error: (issue) =>
		issue.code === 'invalid_union' ? `is not a kind of source → use one of: ${SOURCE_KINDS.join(', ')}` : undefined,
});

export type Source = z.infer<typeof sourceSchema>;
