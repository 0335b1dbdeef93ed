import { z } from 'zod';
import { DOMAIN_EVENTS } from '../domain';
import { suggest } from '../yaml/nearest';
import { oneOrMany, strictObject } from '../yaml/strict-object';
import { duration, senderNumber, timeOfDay, words } from '../yaml/values';
import { ONCE } from './mapping';

/** YAML reads `"1": 5` as a number and `yes` as itself; both are meant as text. */
const liquidText = () =>
	z
		.preprocess((value) => (typeof value === 'number' ? String(value) : value), words())
		.meta({ type: ['string', 'number'] });

const eventName = z.string().superRefine((name, context) => {
	if (!(DOMAIN_EVENTS as readonly string[]).includes(name))
		context.addIssue(`there is no event '${name}' → ${suggest(name, DOMAIN_EVENTS)}`);
});

const languageCode = () =>
	z.string().superRefine((code, context) => {
		if (/^[a-z]{2,3}(_[A-Z]{2}|_[A-Z]{3})?$/.test(code)) return;
		const [base = '', region] = code.split(/[-_]/);
		const meant = /^[a-z]{2,3}$/i.test(base)
			? [base.toLowerCase(), ...(region ? [region.toUpperCase()] : [])].join('_')
			: 'en_US, hi or pt_BR';
		context.addIssue(`'${code}' is not a language of WhatsApp templates → write ${meant}`);
	});

const templateName = () =>
	z.string().regex(/^[a-z0-9_]{1,512}$/, 'is not a template name → use small letters, digits and _');

const language = z
	.preprocess(
		(value) => (typeof value === 'string' ? { fallback: value, fixed: true } : value),
		strictObject({
			from: words().optional().describe("Where the shop's language stands; by default order.language."),
			fallback: languageCode().describe('Language of the template when no other fits.'),
			use: z
				.record(z.string(), languageCode())
				.default({})
				.describe("Shop's language, or the first part of it → language of the template."),
			fixed: z.literal(true).optional(),
		}),
	)
	.meta({
		anyOf: [
			{ type: 'string' },
			{
				type: 'object',
				additionalProperties: false,
				required: ['fallback'],
				properties: {
					from: { type: 'string' },
					fallback: { type: 'string' },
					use: { type: 'object', additionalProperties: { type: 'string' } },
				},
			},
		],
	});

const header = strictObject({
	document: z
		.string()
		.regex(
			/^[a-z0-9][a-z0-9-]*$/,
			'is not the name of a layout → write the name of a folder in templates/documents, such as invoice',
		)
		.optional()
		.describe('Layout of templates/documents that the bridge renders.'),
	url: words().optional().describe('Liquid that gives the link of a file that the shop has already.'),
}).superRefine(({ document, url }, context) => {
	if ((document === undefined) === (url === undefined))
		context.addIssue("needs one of 'document' and 'url' → write document: invoice, or url: with a link");
});

export const mappingSchema = strictObject({
	$schema: z.string().optional().describe('For editors.'),
	description: words().optional().describe('What is sent, when and why: shown in the dashboard.'),
	enabled: z
		.boolean('is neither true nor false → write true or false')
		.default(true)
		.describe('false switches the mapping off.'),
	on: oneOrMany(eventName, { type: 'string', enum: [...DOMAIN_EVENTS] }).describe(
		'Event, or list of events, that the message answers.',
	),
	sources: oneOrMany(words(), { type: 'string' }).optional().describe('Kinds or ids of sources; all when absent.'),
	when: words().optional().describe('Liquid condition without braces; when it is not so, there is no message.'),
	to: words().optional().describe("Liquid that gives the number; by default the order's best one."),
	template: templateName().describe('Approved WhatsApp template.'),
	language: language
		.prefault({ fallback: 'en_US' })
		.describe('Language of the template: one code, or a choice by the language of the order.'),
	variables: z
		.record(z.string(), liquidText())
		.default({})
		.describe('What fills {{1}}, {{2}} … of the template, by number.'),
	header: header.optional().describe('Document at the head of the message.'),
	sender: senderNumber().optional().describe('Sending number; by default messlo.sender.'),
	delay: duration()
		.prefault('0s')
		.describe('How long to wait; what happened meanwhile is looked at again before sending.'),
	expires: duration().optional().describe('How long after it is due the message is still worth sending.'),
	quietHours: strictObject({ from: timeOfDay(), to: timeOfDay() })
		.optional()
		.describe("No message between these times in the recipient's zone; it goes out when they end."),
	consent: words()
		.optional()
		.describe('Liquid condition without braces; when it is not so, the message is skipped and shown as such.'),
	once: z
		.enum(ONCE, `is not a choice → use one of: ${ONCE.join(', ')}`)
		.optional()
		.describe(
			'What makes a second message a duplicate; by default the order, and for shipments, refunds and others the single event.',
		),
});
export type MappingFile = z.infer<typeof mappingSchema>;
