import { at, operation, readItems, readReason, readText, readTotal } from '../../../catalog';
import type { MessloClient } from './client';
import { idsOf, isOutgoing, timeOf } from './inbound';

/** A thread of the inbox, as far as the API says. */
export interface Chat {
	/** Record id of the contact. */
	contact: string;
	/** Digits. */
	phone?: string;
	/** When something last happened in it. */
	at?: Date;
	/** Of the last message: its names, whether it went out, and whether it was made of a template. */
	last: { ids: string[]; outgoing?: boolean; template: boolean };
	/** How many messages of the person nobody has looked at. */
	unread?: number;
}

export type ChatList =
	| { kind: 'chats'; chats: Chat[]; /** There are more than were read. */ more: boolean }
	/** The key may not read the inbox, or there is none. */
	| { kind: 'refused'; reason: string };

const PAGE = 50;

/** The chats in which something happened since then, newest first. `number`: record id of our number, where it is not the primary one. */
export async function chatsSince(
	client: MessloClient,
	since: Date,
	{ number, pages = 40 }: { number?: string | undefined; pages?: number } = {},
): Promise<ChatList> {
	const chats: Chat[] = [];
	for (let page = 1; page <= pages; page += 1) {
		const values = { page, limit: PAGE, ...(number === undefined ? {} : { whatsapp_phone_number_id: number }) };
		const result = await client.call('chat.getMany', values);
		if (result.kind !== 'answer') throw new Error(`The list of chats cannot be read: ${result.reason}`);
		if ([401, 403, 404].includes(result.status))
			return {
				kind: 'refused',
				reason: `the API answered ${result.status}: ${readReason(result.body) ?? 'no reason given'}`,
			};
		if (!result.ok)
			throw new Error(
				`The list of chats cannot be read: the API answered ${result.status}: ${readReason(result.body) ?? 'no reason given'}`,
			);
		const listed = readItems(operation('chat.getMany'), result.body);
		const found = listed.flatMap((record) => toChat(record) ?? []);
		const fresh = found.filter((chat) => chat.at === undefined || chat.at >= since);
		chats.push(...fresh);
		const total = readTotal(result.body);
		const ended = listed.length < PAGE || (total !== undefined && page * PAGE >= total);
		// Newest first, as far as is known: a page on which nothing is new is the last one worth reading.
		if (ended || !fresh.some((chat) => chat.at !== undefined)) return { kind: 'chats', chats, more: false };
	}
	return { kind: 'chats', chats, more: true };
}

function toChat(record: Record<string, unknown>): Chat | undefined {
	const contact = readText(record, 'contact_id', 'contact._id', 'contact.id', 'contact_id._id', 'contact');
	if (contact === undefined) return undefined;
	const phone = readText(
		record,
		'contact.phone_number',
		'contact_id.phone_number',
		'phone_number',
		'contact_no',
		'phone',
	);
	const message = at(record, 'last_message') ?? at(record, 'lastMessage') ?? at(record, 'latest_message');
	const outgoing = isOutgoing(message);
	const unread = Number(readText(record, 'unread_count', 'unreadCount', 'unread') ?? Number.NaN);
	const times = [timeOf(message), timeOf(record, 'last_message_at', 'lastMessageAt', 'updatedAt', 'updated_at')];
	const newest = Math.max(...times.flatMap((time) => time?.getTime() ?? []));
	return {
		contact,
		...(phone === undefined ? {} : { phone: phone.replace(/\D/g, '') }),
		...(Number.isFinite(newest) ? { at: new Date(newest) } : {}),
		last: {
			ids: idsOf(message),
			...(outgoing === undefined ? {} : { outgoing }),
			template:
				readText(message, 'templateName', 'template_name', 'template.name') !== undefined ||
				/template/i.test(readText(message, 'messageType', 'message_type', 'type') ?? ''),
		},
		...(Number.isNaN(unread) ? {} : { unread }),
	};
}

/** The digits of a contact's number. */
export async function phoneOf(client: MessloClient, contact: string): Promise<string | undefined> {
	const { body } = await client.ask('contact.get', { id: contact });
	return readText(
		body,
		...['data.contact.phone_number', 'data.phone_number', 'contact.phone_number', 'phone_number', 'data.contact_no'],
	)?.replace(/\D/g, '');
}

/** Record ids of our numbers by their digits. */
export async function numberIds(client: MessloClient): Promise<ReadonlyMap<string, string>> {
	const { row, body } = await client.ask('phoneNumber.getMany', {});
	return new Map(
		readItems(row, body).flatMap((record) => {
			const id = readText(record, '_id', 'id');
			const digits = readText(record, 'display_phone_number', 'phone_number', 'digits')?.replace(/\D/g, '');
			return id === undefined || digits === undefined ? [] : [[digits, id] as const];
		}),
	);
}
