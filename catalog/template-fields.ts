import { choice, lines, list, phone, required, string, url, when } from './fields';
import type { Field } from './operation';
import { wabaId } from './pick';
import { TEMPLATE_LIMITS } from './template-limits';

export const name = required(
	string('template_name', 'Lower case, digits and underscores.', 'order_update', {
		pattern: /^[a-z0-9_]+$/,
		max: TEMPLATE_LIMITS.name,
	}),
);
export const category = choice('category', 'Template class at Meta.', ['MARKETING', 'UTILITY'], { example: 'UTILITY' });
export const language = string('language', 'Language code.', 'en_US', { min: 2 });
export const body = lines(
	'message_body',
	'Body; {{1}}, {{2}} are placeholders.',
	'Hello {{1}}, order {{2}} is on its way.',
	{
		max: TEMPLATE_LIMITS.body,
	},
);
export const header = string('header_text', 'Text header.', 'Your order', { max: TEMPLATE_LIMITS.header, shown: true });
export const footer = string('footer_text', 'Footer.', 'Reply STOP to opt out', {
	max: TEMPLATE_LIMITS.footer,
	shown: true,
});

export const examples = list(
	'variable_examples',
	'Sample values for placeholders: [{key, example}].',
	[
		{ key: '1', example: 'Ana' },
		{ key: '2', example: 'A-1042' },
	],
	{
		min: 1,
		shown: true,
		label: 'Variable Samples',
		fields: [
			required(string('key', 'Placeholder, such as 1.', '1')),
			required(string('example', 'Sample value for the review.', 'Ana', { label: 'Sample' })),
		],
	},
);

export const mediaHeader: readonly Field[] = [
	url(
		'header_url',
		'Public sample of the header; must answer while the template is created.',
		'https://cdn.example.com/samples/invoice.pdf',
		{ label: 'Header URL', shown: true },
	),
	choice('header_media_type', 'Kind of header.', ['image', 'video', 'document'], { example: 'document', shown: true }),
];

/** What every WhatsApp template starts with. */
export const common: readonly Field[] = [wabaId, name, required(category), required(language)];

type ButtonKind = 'quick_reply' | 'website' | 'phone_call' | 'copy_code' | 'catalog';
export const ANY_BUTTON: readonly ButtonKind[] = ['quick_reply', 'website', 'phone_call', 'copy_code', 'catalog'];

/** Buttons of these kinds; at least one of `must`, which makes the template what it is. */
export const buttons = (kinds: readonly ButtonKind[], must: readonly ButtonKind[] = []): Field =>
	list('buttons', 'Buttons, in the order shown.', [EXAMPLES[must[0] ?? kinds[0] ?? 'quick_reply']], {
		min: 1,
		max: TEMPLATE_LIMITS.buttons,
		shown: true,
		...(must.length > 0 && must.length < kinds.length ? { contains: { field: 'type', is: must } } : {}),
		fields: [
			required(choice('type', 'Kind of button.', kinds)),
			required(string('text', 'Label; for a coupon the sample code.', 'Track', { max: TEMPLATE_LIMITS.label })),
			...(kinds.includes('website') ? [when('type', ['website'], website)] : []),
			...(kinds.includes('phone_call') ? [when('type', ['phone_call'], call)] : []),
		],
	});

const website = required(
	url('website_url', 'Address to open.', 'https://shop.example.com', {
		label: 'Website URL',
		max: TEMPLATE_LIMITS.url,
	}),
);
const call = required(phone('phone_number', 'Number to call, with country code.', '+12025550100', { plus: true }));

const EXAMPLES: Record<ButtonKind, unknown> = {
	quick_reply: { type: 'quick_reply', text: 'Confirm' },
	website: { type: 'website', text: 'Track', website_url: 'https://shop.example.com' },
	phone_call: { type: 'phone_call', text: 'Call', phone_number: '+12025550100' },
	copy_code: { type: 'copy_code', text: 'JUNE15' },
	catalog: { type: 'catalog', text: 'View' },
};

/** The inner names of a card are a guess of the contract; more may be given. */
export const cards = list(
	'carousel_cards',
	'Cards, each with a header, a text and buttons.',
	[
		{ header_url: 'https://cdn.example.com/lamp1.jpg', body: 'Desk lamp', buttons: [EXAMPLES.quick_reply] },
		{ header_url: 'https://cdn.example.com/lamp2.jpg', body: 'Floor lamp', buttons: [EXAMPLES.quick_reply] },
	],
	{
		...TEMPLATE_LIMITS.cards,
		open: true,
		label: 'Cards',
		fields: [
			url('header_url', 'Sample image or video.', 'https://cdn.example.com/lamp1.jpg', { label: 'Header URL' }),
			string('body', 'Text of the card.', 'Desk lamp', { max: TEMPLATE_LIMITS.card.body }),
			buttons(['quick_reply', 'website', 'phone_call']),
		],
	},
);
