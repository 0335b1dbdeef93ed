import { BEHAVIOURS, TEMPLATE_STATUSES } from '../records';

const object = (properties: Record<string, object>, required: string[] = []): Record<string, unknown> => ({
	type: 'object',
	properties,
	required,
	additionalProperties: false,
});

const text = { type: 'string', minLength: 1 };
const digits = { type: 'string', pattern: '^[0-9]{6,18}$', description: 'Phone number, digits only, no plus sign.' };

export const FAULT = object({
	operation: { ...text, description: 'An operationId of the contract.' },
	match: { type: 'object' },
	times: { oneOf: [{ type: 'integer', minimum: 1 }, { const: 'always' }], description: 'A count, or "always".' },
	status: { type: 'integer', minimum: 200, maximum: 599 },
	body: {},
	headers: { type: 'object', additionalProperties: { type: 'string' } },
	retryAfter: { type: ['number', 'string'], description: 'Seconds, or an HTTP date.' },
	delayMs: { type: 'integer', minimum: 0 },
	reset: { enum: ['before', 'after', 'during'] },
	garbage: { const: true },
	taken: { type: 'boolean' },
});

export const CLOCK = {
	...object({
		advanceMs: { type: 'integer', minimum: 0, description: 'Milliseconds to move forward.' },
		set: { type: 'string', format: 'date-time', description: 'ISO 8601 with zone.' },
	}),
	minProperties: 1,
	maxProperties: 1,
};

/** Fields beside these are kept as they are, in the contract's names. */
export const TEMPLATE = {
	...object(
		{
			name: { type: 'string', pattern: '^[a-z0-9_]+$', description: 'Lower-case name with underscores.' },
			language: { type: 'string', minLength: 2, description: 'Such as en_US.' },
			status: { enum: TEMPLATE_STATUSES },
			header_media_type: { enum: ['image', 'video', 'document'] },
			message_body: { type: 'string' },
			header_text: { type: 'string' },
			footer_text: { type: 'string' },
			category: { enum: ['MARKETING', 'UTILITY', 'AUTHENTICATION'] },
			buttons: { type: 'array', items: { type: 'object', required: ['type'] } },
		},
		['name', 'language'],
	),
	additionalProperties: true,
};

export const NUMBER = object(
	{ contact_no: digits, behaviour: { enum: BEHAVIOURS }, code: { type: 'integer', description: 'For fails-later.' } },
	['contact_no', 'behaviour'],
);

export const INBOUND = {
	...object(
		{
			contact_no: digits,
			message: text,
			button: object({ text, payload: { type: 'string' }, message_id: text }, ['text']),
			name: { ...text, description: "The person's name on WhatsApp." },
			whatsapp_phone_number: { ...digits, description: 'Our number; the primary one when absent.' },
		},
		['contact_no'],
	),
	oneOf: [{ required: ['message'] }, { required: ['button'] }],
};

/** A file that is not fetched from its address. */
export const FILE = object(
	{ url: { type: 'string', format: 'uri' }, type: text, base64: { type: 'string', contentEncoding: 'base64' } },
	['url', 'type', 'base64'],
);

export const KEY = object({ revoked: { type: 'boolean' } }, ['revoked']);
