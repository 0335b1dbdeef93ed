import { z } from 'zod';
import { strictObject } from '../yaml/strict-object';
import { words } from '../yaml/values';

const label = () => words().max(25, 'is longer than the 25 characters of a button → shorten it');

const button = z
	.union([
		strictObject({ reply: label() }),
		strictObject({ text: label(), url: z.url('is not a web address → write it whole, with https://') }),
		strictObject({
			text: label(),
			phone: z.string().regex(/^\+\d{8,15}$/, 'is not a number → write it with + and country code'),
		}),
	])
	.describe('reply: answers with its label; text and url: opens a page; text and phone: calls.');

const language = strictObject({
	body: words()
		.max(1024, 'is longer than the 1024 characters of a message → shorten it')
		.describe('Text with {{1}}, {{2}} … in it.'),
	footer: words().max(60, 'is longer than the 60 characters of a footer → shorten it').optional(),
	examples: z
		.array(z.coerce.string(), 'is not a list → write one sample for each variable')
		.default([])
		.describe('A sample for {{1}}, {{2}} …; WhatsApp approves nothing without.'),
	buttons: z
		.array(button, 'is not a list → write a list of buttons')
		.max(10, 'has more than 10 buttons → remove some')
		.default([]),
});

export const definitionSchema = strictObject({
	$schema: z.string().optional(),
	description: words().optional(),
	template: z.string().regex(/^[a-z0-9_]{1,512}$/, 'is not a template name → use small letters, digits and _'),
	category: z.enum(
		['UTILITY', 'MARKETING'],
		'is not a category → UTILITY for what belongs to an order, MARKETING for everything else',
	),
	header: strictObject({
		document: words().describe('Layout of templates/documents that mappings put there.'),
		sample: z.url('is not a web address → give a public https:// link to a sample PDF'),
	}).optional(),
	languages: z
		.record(
			z
				.string()
				.regex(
					/^[a-z]{2,3}(_[A-Z]{2,3})?$/,
					'is not a language of WhatsApp templates → write a code such as en_US, hi or pt_BR',
				),
			language,
		)
		.refine((languages) => Object.keys(languages).length > 0, 'is empty → add a language, such as en_US'),
});
