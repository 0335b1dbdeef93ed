import type { Delivery } from '../../domain';
import { type Inbound, isOfWhatsApp, toInbound } from '../../messlo/inbound';
import type { Message, StoredEvent } from '../../store/store';

/** What people write is kept in the ledger under this name; no id of a source begins so. */
export const REPLIES = '@replies';
export const WRITTEN = 'message';
/** Stored at the source of the message that was answered. */
export const REPLY_BUTTON = 'reply.button';

export const isReply = (topic: string): boolean => topic.startsWith('reply.');

/** By whatever way a message comes: the flow may know it by its name at WhatsApp or in the API's records, the inbox by both. */
export function keysOf(ids: readonly string[]): Pick<Delivery, 'deliveryKey' | 'eventKey'> {
	const [ofWhatsApp, other] = [ids.find(isOfWhatsApp), ids.find((id) => !isOfWhatsApp(id))];
	const record = other === undefined ? {} : { eventKey: `id/${other}` };
	return { deliveryKey: ofWhatsApp === undefined ? `id/${other}` : `wa/${ofWhatsApp}`, ...record };
}

/** What was read in the inbox: nothing of it but what the bridge acts on. `answers`: the message of ours, found in the thread. */
export function heardDelivery({ ids, at, ...said }: Inbound, answers: Message | undefined): Delivery {
	const [time, message] = [at && { at: at.toISOString() }, answers && { answers: answers.id }];
	const names = { wamid: ids.find(isOfWhatsApp), id: ids.find((id) => !isOfWhatsApp(id)) };
	const { text, payload, tapped, ...rest } = said;
	const body = { ...names, ...rest, ...time, ...(tapped ? { button: { text, payload } } : { text }), ...message };
	return {
		source: REPLIES,
		topic: WRITTEN,
		...keysOf(ids),
		...(time ? { triggeredAt: time.at } : {}),
		headers: {},
		body: Buffer.from(JSON.stringify(body)),
	};
}

export interface Said extends Inbound {
	at: Date;
	/** Id in the ledger of the message answered, where that is known already. */
	answers?: string;
}

/** What a stored message says; undefined when it is no JSON object. */
export function saidIn({ body, receivedAt }: StoredEvent): Said | undefined {
	let record: unknown;
	try {
		record = JSON.parse(body.toString('utf8'));
	} catch {
		return undefined;
	}
	if (typeof record !== 'object' || record === null) return undefined;
	const answers: unknown = 'answers' in record ? record.answers : undefined;
	const inbound = toInbound(record);
	return {
		...inbound,
		// Nobody writes later than it arrives; a sender's wrong clock must not outweigh all words to come.
		at: inbound.at && inbound.at < receivedAt ? inbound.at : receivedAt,
		...(typeof answers === 'string' ? { answers } : {}),
	};
}

/** The event that a tap on a button of ours is, at the source of the message that it answers. */
export function buttonDelivery({ ids, text, payload, at }: Said, answered: Message): Delivery {
	const [id = ''] = ids;
	const { id: message, mapping, template, subject, event, source, to: from } = answered;
	const body = {
		id,
		button: text,
		payload,
		text,
		at: at.toISOString(),
		from,
		message: { id: message, mapping, template, subject, event },
	};
	return {
		source,
		topic: REPLY_BUTTON,
		deliveryKey: `reply/${id}`,
		triggeredAt: at.toISOString(),
		headers: {},
		body: Buffer.from(JSON.stringify(body)),
	};
}
