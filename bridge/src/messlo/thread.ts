import { at, readCode, readText } from '../../../catalog';
import type { MessloClient } from './client';
import { type Inbound, isOutgoing, timeOf, toInbound } from './inbound';
import { allPages } from './pages';

/** A message in a thread as the API lists it; what it does not say is undefined. */
export interface ThreadMessage {
	ids: string[];
	outgoing?: boolean;
	text?: string;
	template?: string;
	variables?: Record<string, string>;
	mediaUrl?: string;
	/** Lower case: sent, delivered, read, failed … */
	status?: string;
	failure?: string;
	/** WhatsApp's code of the failure. */
	code?: number;
	at?: Date;
	/** Of what the person wrote. */
	inbound?: Inbound;
}

/** Days are the API's finest grain, and one covers every time zone. The others are for a clock of ours that went ahead when we sent. */
const EARLIER_MS = 7 * 86_400_000;
/** So many messages of a thread are read, and no more. */
export const MOST_READ = 500;

/** The messages exchanged with a number (digits only), all or those since then; undefined when the account has no such contact. */
export async function readThread(
	client: MessloClient,
	phone: string,
	since: Date | undefined,
	contactIds: Map<string, string>,
): Promise<ThreadMessage[] | undefined> {
	const contact = contactIds.get(phone) ?? (await findContact(client, phone));
	if (contact === undefined) return undefined;
	if (contactIds.size > 10_000) contactIds.clear();
	contactIds.set(phone, contact);
	const start = since && { start_date: new Date(since.getTime() - EARLIER_MS).toISOString().slice(0, 10) };
	const records = await allPages(client, 'message.getMany', { contact_id: contact, ...start }, { most: MOST_READ });
	return records.map(toThreadMessage);
}

async function findContact(client: MessloClient, phone: string): Promise<string | undefined> {
	const records = await allPages(client, 'contact.getMany', { search: phone }, { pageSize: 20, most: 40 });
	const found = records.find(
		(record) => readText(record, 'phone_number', 'contact_no', 'phone')?.replace(/\D/g, '') === phone,
	);
	return readText(found, '_id', 'id');
}

function toThreadMessage(record: Record<string, unknown>): ThreadMessage {
	const said = <T>(key: string, value: T | undefined) => (value === undefined ? {} : { [key]: value });
	const outgoing = isOutgoing(record);
	const variables = at(record, 'templateVariables') ?? at(record, 'template_variables');
	const failure = readText(record, 'error.message', 'error_message', 'failure_reason', 'error');
	return {
		ids: ['_id', 'id', 'message_id', 'wa_message_id', 'wamid'].flatMap((key) => readText(record, key) ?? []),
		...said('outgoing', outgoing),
		...said('text', readText(record, 'message', 'content', 'text', 'body')),
		...said('template', readText(record, 'templateName', 'template_name', 'template.name', 'template.template_name')),
		...said('variables', isTexts(variables) ? variables : undefined),
		...said('mediaUrl', readText(record, 'mediaUrl', 'media_url', 'file_url')),
		...said('status', readText(record, 'status', 'delivery_status', 'wa_status')?.toLowerCase()),
		...said('failure', failure),
		...said(
			'code',
			failure === undefined
				? undefined
				: readCode({ message: failure, error: at(record, 'error'), error_code: at(record, 'error_code') }),
		),
		...said('at', timeOf(record)),
		...said('inbound', outgoing === false ? toInbound(record) : undefined),
	};
}

const isTexts = (value: unknown): value is Record<string, string> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
