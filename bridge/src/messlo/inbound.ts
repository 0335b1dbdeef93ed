import { at, readText } from '../../../catalog';
import { asDialled } from '../phone';

/** What a person wrote or tapped, as far as a record of the API, or what a flow posted, says. */
export interface Inbound {
	/** Every name of the message, the one of WhatsApp first. */
	ids: string[];
	/** E.164 with plus, as it is dialled. */
	from?: string;
	/** What was written, or what stands on the button. */
	text?: string;
	payload?: string;
	/** It is said to be a tap on a button; a flow may hand on the text alone. */
	tapped: boolean;
	/** The message answered, by any of its names. */
	replyTo?: string;
	at?: Date;
}

/** Reads a message in any of the spellings in which the API, its flows and WhatsApp itself write one. */
export function toInbound(record: unknown): Inbound {
	const text = (...paths: string[]) => readText(record, ...paths, ...paths.map((path) => `message.${path}`))?.trim();
	const button = filled(
		text(
			'button.text',
			'button.title',
			'interactive.button_reply.title',
			'button_reply.title',
			'button_text',
			'buttonText',
			'button',
		),
	);
	const written = filled(text('text.body', 'text', 'body', 'content', 'message_body') ?? readText(record, 'message'));
	const payload = filled(
		text('button.payload', 'interactive.button_reply.id', 'button_reply.id', 'button_payload', 'payload'),
	);
	const replyTo = filled(
		text(
			'context.id',
			'context.message_id',
			'replyTo',
			'reply_to',
			'reply_to_message_id',
			'context_id',
			'contextId',
			'context',
			'quoted_message_id',
			'reply_to.id',
			'replyTo.id',
			'reply_to._id',
		),
	);
	const from = e164(
		readText(
			record,
			'from',
			'senderNumber',
			'sender_number',
			'sender',
			'contact_no',
			'contact.phone_number',
			'phone_number',
			'phone',
			'wa_id',
			'message.from',
		),
	);
	const time = timeOf(record);
	const kind = text('messageType', 'message_type', 'type') ?? '';
	const said = button ?? written;
	return {
		ids: idsOf(record),
		tapped: button !== undefined || /button|interactive|quick_?reply/i.test(kind),
		...(from === undefined ? {} : { from }),
		...(said === undefined ? {} : { text: said }),
		...(payload === undefined ? {} : { payload }),
		...(replyTo === undefined ? {} : { replyTo }),
		...(time === undefined ? {} : { at: time }),
	};
}

/** A variable that the flow did not know stays as it was written. */
const filled = (text: string | undefined): string | undefined =>
	text === undefined || text === '' || /^\{\{.*\}\}$/.test(text) ? undefined : text;

const e164 = (number: string | undefined): string | undefined => {
	const digits = number?.replace(/^00/, '').replace(/[\s().+-]/g, '');
	return digits !== undefined && /^\d{6,18}$/.test(digits) ? asDialled(`+${digits}`) : undefined;
};

/** When a record of the API was made: ISO 8601, or seconds or milliseconds since 1970. */
export function timeOf(record: unknown, ...first: string[]): Date | undefined {
	const text = readText(
		record,
		...first,
		'createdAt',
		'created_at',
		'wa_timestamp',
		'timestamp',
		'sentAt',
		'at',
		'message.timestamp',
	);
	if (text === undefined) return undefined;
	const number = /^\d{9,11}$/.test(text)
		? Number(text) * 1000
		: /^\d{12,14}$/.test(text)
			? Number(text)
			: Date.parse(text);
	return Number.isNaN(number) ? undefined : new Date(number);
}

const ID_FIELDS = [
	'wa_message_id',
	'wamid',
	'whatsapp_message_id',
	'message_id',
	'messageId',
	'_id',
	'id',
	'message._id',
	'message.id',
];

export const idsOf = (record: unknown): string[] => {
	const ids = ID_FIELDS.flatMap((field) => filled(readText(record, field)) ?? []);
	return [...new Set([...ids.filter(isOfWhatsApp), ...ids])];
};

/** Names that are the same in whatever answer or flow they come. */
export const isOfWhatsApp = (id: string): boolean => id.startsWith('wamid.');
export const isOfRecord = (id: string): boolean => /^[0-9a-f]{24}$/i.test(id);

/** False for what a person wrote to us; undefined where the record does not say. */
export function isOutgoing(record: unknown): boolean | undefined {
	const direction = readText(record, 'direction')?.toLowerCase();
	if (direction !== undefined) return /^out|sent/.test(direction);
	const fromMe = at(record, 'from_me');
	return typeof fromMe === 'boolean' ? fromMe : undefined;
}
