import { choice, lines, list, phone, required, string, url, when } from './fields';
import type { Field } from './operation';
import { wabaId } from './pick';

// Lengths that Meta refuses beyond: https://developers.facebook.com/docs/whatsapp/business-management-api/message-templates/components
const LONGEST = { body: 1024, line: 60, button: 25, name: 512 };

export const name = required(
	string('template_name', 'Lower case, digits and underscores.', 'order_update', {
		pattern: /^[a-z0-9_]+$/,
		max: LONGEST.name,
	}),
);
export const category = choice('category', 'Template class at Meta.', ['MARKETING', 'UTILITY'], { example: 'UTILITY' });
export const language = string('language', 'Language code.', 'en_US', { min: 2 });
export const body = lines(
	'message_body',
	'Body; {{1}}, {{2}} are placeholders.',
	'Hello {{1}}, order {{2}} is on its way.',
	{
		max: LONGEST.body,
	},
);
export const header = string('header_text', 'Text header.', 'Your order', { max: LONGEST.line });
export const footer = string('footer_text', 'Footer.', 'Reply STOP to opt out', { max: LONGEST.line });

export const examples = list(
	'variable_examples',
	'Sample values for placeholders: [{key, example}].',
	[
		{ key: '1', example: 'Ana' },
		{ key: '2', example: 'A-1042' },
	],
	{
		min: 1,
		fields: [
			required(string('key', 'Placeholder, such as 1.', '1')),
			required(string('example', 'Sample value for the review.', 'Ana')),
		],
	},
);

export const mediaHeader: readonly Field[] = [
	url(
		'header_url',
		'Public sample of the header; must answer while the template is created.',
		'https://cdn.example.com/samples/invoice.pdf',
		{ label: 'Header URL' },
	),
	choice('header_media_type', 'Kind of header.', ['image', 'video', 'document'], { example: 'document' }),
];

/** What every WhatsApp template starts with. */
export const common: readonly Field[] = [wabaId, name, required(category), required(language)];

type ButtonKind = 'quick_reply' | 'website' | 'phone_call' | 'copy_code' | 'catalog';
export const ANY_BUTTON: readonly ButtonKind[] = ['quick_reply', 'website', 'phone_call', 'copy_code', 'catalog'];

/** Buttons of these kinds; at least one of `must`, which makes the template what it is. */
export const buttons = (kinds: readonly ButtonKind[], must: readonly ButtonKind[] = []): Field =>
	list('buttons', 'Buttons, in the order shown.', [EXAMPLES[must[0] ?? kinds[0] ?? 'quick_reply']], {
		min: 1,
		max: 10,
		...(must.length > 0 && must.length < kinds.length ? { contains: { field: 'type', is: must } } : {}),
		fields: [
			required(choice('type', 'Kind of button.', kinds)),
			required(string('text', 'Label; for a coupon the sample code.', 'Track', { max: LONGEST.button })),
			...(kinds.includes('website') ? [when('type', ['website'], website)] : []),
			...(kinds.includes('phone_call') ? [when('type', ['phone_call'], call)] : []),
		],
	});

const website = required(url('website_url', 'Address to open.', 'https://shop.example.com', { label: 'Website URL' }));
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
		min: 1,
		max: 10,
		open: true,
		label: 'Cards',
		fields: [
			url('header_url', 'Sample image or video.', 'https://cdn.example.com/lamp1.jpg', { label: 'Header URL' }),
			string('body', 'Text of the card.', 'Desk lamp', { max: 160 }),
			buttons(['quick_reply', 'website', 'phone_call']),
		],
	},
);
