import { z } from 'zod';
import { strictObject, wholeNumber, yesOrNo } from '../yaml/strict-object';
import { duration, senderNumber, words } from '../yaml/values';
import { repliesSchema } from './replies-schema';
import { sourceSchema } from './source-schemas';
import { address, country, key, optional, secret, timezone } from './values';

/** Lines of an address: a list, or one text with line breaks. */
const lines = () =>
	z
		.preprocess(
			(value) =>
				typeof value === 'string'
					? value
							.split('\n')
							.map((line) => line.trim())
							.filter((line) => line !== '')
					: value,
			z
				.array(words(), 'is neither text nor a list of lines → write a list, one line each')
				.min(1, 'is empty → write a line or remove the key'),
		)
		.meta({ anyOf: [{ type: 'string' }, { type: 'array', minItems: 1, items: { type: 'string' } }] });

const messlo = strictObject({
	apiKey: secret().describe('API key of Messlo: Integration Tools → API Credentials.'),
	baseUrl: address().prefault('https://api.messlo.com').describe('Where the API is.'),
	sender: senderNumber().describe('WhatsApp number that sends, digits with country code; a mapping can name another.'),
	wabaId: optional(words(), 'WhatsApp Business Account that holds the templates; needed to list and create them.'),
	perSecond: wholeNumber(1, 1000).default(20).describe('How many messages a second at most.'),
	senderPerSecond: optional(
		wholeNumber(1, 1000),
		'How many messages a second one number sends at most; by default as many as the account.',
	),
});

const server = strictObject({
	host: words().prefault('127.0.0.1').describe('Address to listen on; 0.0.0.0 in a container.'),
	port: wholeNumber(0, 65535).default(8080).describe('Port to listen on; 0 takes any free one.'),
	publicUrl: optional(
		address(),
		'How shops and WhatsApp reach the bridge; by default http://host:port, which only a stand-in can reach.',
	),
	adminToken: secret(12).describe('Opens the admin API.'),
});

const store = strictObject({
	url: z
		.string()
		.superRefine((text, context) => {
			if (/^postgres(ql)?:\/\//.test(text) ? !URL.canParse(text) : !/^sqlite:(?!\/\/)[^:?#]+$/.test(text))
				context.addIssue(
					'is not a store → write sqlite: and a path, such as sqlite:./data/bridge.db, or postgres://user:password@host/database',
				);
		})
		.prefault('sqlite:./data/bridge.db')
		.describe('sqlite: and a path relative to this file; or postgres://…, which several bridges can share.'),
	key: optional(
		key(),
		'Seals what tells of a person: 32 bytes, made by openssl rand -base64 32. Without it the bridge does not start again.',
	),
	oldKeys: z
		.array(key(), 'is not a list → write a list of keys')
		.default([])
		.describe('Keys that the ledger may have been sealed with before; it is sealed with store.key from then on.'),
	lease: duration()
		.refine((ms) => ms >= 1000, 'is too short → at least 1s; 60s suits the time that the API may take')
		.prefault('60s')
		.describe('PostgreSQL: what a bridge was sending when it stopped is taken over by another after this long.'),
});

const defaults = strictObject({
	country: optional(country(), 'Country of phone numbers that come with neither country code nor address.'),
	timezone: optional(
		timezone(),
		"Zone of dates and quiet hours where the recipient's is unknown; by default the country's, else UTC.",
	),
});

const company = strictObject({
	name: words().describe('The seller, as invoices name it.'),
	address: optional(lines(), 'Postal address: a list of lines or one text with line breaks.'),
	country: optional(country(), 'Decides what the tax id is called.'),
	email: optional(words(), 'Printed on invoices.'),
	phone: optional(words(), 'Printed on invoices.'),
	website: optional(words(), 'Printed on invoices.'),
	taxId: optional(words(), 'VAT number, GSTIN, CNPJ …'),
	taxIdLabel: optional(words(), "What the tax id is called; by default the country's word."),
	state: optional(words(), 'Indian GST: state of the seller, "29-Karnataka".'),
	logo: optional(words(), 'Path of a PNG, JPEG or SVG file.'),
	colour: optional(
		z.string().regex(/^#[0-9a-fA-F]{6}$/, 'is not a colour → write # and six digits in quotes: "#0a7cff"'),
		'Colour of rules, headings and totals: "#0a7cff".',
	),
	footer: optional(words(), 'Printed at the foot of every page.'),
	bank: optional(lines(), 'Bank details: a list of lines or one text with line breaks.'),
});

const documents = strictObject({
	layouts: optional(words(), 'Folder with the layouts of documents; by default the shipped ones.'),
	fonts: optional(words(), 'Folder with further fonts (TTF, OTF); the shipped ones are always there.'),
	linkLifetime: duration().prefault('7d').describe('How long the link to a document works.'),
	privateUrls: yesOrNo()
		.default(false)
		.describe('For tests: links of header.url may lead to private addresses, such as 127.0.0.1.'),
});

const retention = strictObject({
	keep: duration()
		.prefault('400d')
		.describe('How long events, messages and attempts are kept; a document goes when its link ends.'),
});

export const configSchema = strictObject({
	$schema: z.string().optional().describe('For editors.'),
	messlo: messlo.describe('The Messlo API.'),
	server: server.describe('The HTTP server.'),
	store: store.prefault({}).describe('Where events, messages and attempts are kept.'),
	defaults: defaults.prefault({}).describe('Where an order does not say.'),
	company: company.optional().describe('The seller, for invoices.'),
	messages: optional(words(), 'Folder with the mappings and template definitions; by default the shipped ones.'),
	documents: documents.prefault({}).describe('Invoices and other documents.'),
	replies: repliesSchema.prefault({}).describe('What people answer.'),
	retention: retention.prefault({}).describe('How long the ledger remembers.'),
	sources: z
		.array(sourceSchema, 'is not a list → write a list of sources')
		.min(1, 'is empty → add the shop whose orders you want to send')
		.describe('Shops, sheets and calendars.'),
});
