import type { Reading } from '../domain';
import type { Change } from '../sources/feed';

export interface WriteBackSettings {
	tags: boolean;
	notes: boolean;
	/** Tag for the order by the text of the button that the buyer pressed. */
	replies: Readonly<Record<string, string>>;
}

/** What is to be written to one order. */
export interface OrderMarks {
	tags: string[];
	/** Lines, each written once. */
	notes: string[];
}

/** What a message has been through when it is in this state: the ledger tells only the last one. */
const REACHED: Record<string, string[]> = {
	sent: ['sent'],
	delivered: ['sent', 'delivered'],
	read: ['sent', 'delivered', 'read'],
	failed: ['failed'],
};

/** What a merchant is to see at the order, of one change in the ledger; undefined when it is not about an order, or is nothing to see. */
export function marksOf(change: Change, reading: Reading, settings: WriteBackSettings): OrderMarks | undefined {
	if (reading.kind !== 'event' || !/^(order|shipment|reply)\./.test(reading.event)) return undefined;
	const tags = settings.tags && change.message ? (REACHED[change.state] ?? []).map((state) => `whatsapp-${state}`) : [];
	const reply = replyTag(reading.reply?.button, settings.replies);
	const note = settings.notes ? noteOf(change) : undefined;
	const marks = { tags: reply === undefined ? tags : [...tags, reply], notes: note === undefined ? [] : [note] };
	return marks.tags.length + marks.notes.length > 0 ? marks : undefined;
}

function replyTag(button: string | undefined, replies: WriteBackSettings['replies']): string | undefined {
	const plain = (text: string) => text.trim().toLowerCase();
	return button === undefined
		? undefined
		: Object.entries(replies).find(([text]) => plain(text) === plain(button))?.[1];
}

/** The same text whenever it is made: a line that is there is not written again. */
function noteOf({ message, state, reason }: Change): string | undefined {
	if (!message) return undefined;
	if (state in REACHED && message.sentAt)
		return `WhatsApp: ${message.mapping} sent ${message.sentAt.toISOString().slice(0, 16).replace('T', ' ')} UTC (${message.id})`;
	if (state === 'failed' || state === 'held')
		return `WhatsApp: ${message.mapping} ${state === 'held' ? 'is held' : 'failed'} (${message.id})${reason === undefined ? '' : `: ${reason}`}`;
	return undefined;
}
