import { type Inbound, isOfWhatsApp } from '../../messlo/inbound';
import type { ThreadMessage } from '../../messlo/thread';
import type { Message } from '../../store/store';
import type { Rooms } from '../rooms';

export interface ReadThread {
	messages: readonly ThreadMessage[];
	/** Read far enough back for any message that may be answered. */
	whole: boolean;
}

export type Answered =
	| { kind: 'found'; message: Message }
	| { kind: 'none'; reason: string }
	/** Only the thread can tell. */
	| { kind: 'look' };

const LATELY_MS = 86_400_000;
/** The two clocks may differ by this much. */
const SKEW_MS = 120_000;
const none = (reason: string): Answered => ({ kind: 'none', reason });

/**
 * The message of ours whose button was tapped: the one that the tap names, else the last one of the day before that has such a
 * button. WhatsApp names it by an id of its own, which the ledger may know by another: the thread holds both.
 */
export async function answeredMessage(
	rooms: Pick<Rooms, 'store' | 'templates'>,
	said: Inbound & { from: string; at: Date },
	thread?: ReadThread,
): Promise<Answered> {
	const { store } = rooms;
	const { text } = said;
	if (text === undefined) return none('neither text nor button');
	const ours = async (ids: readonly string[]): Promise<Message | undefined> => {
		for (const id of ids) {
			const message = await store.messageByApiId(id);
			if (message?.to === said.from) return message;
		}
		return undefined;
	};
	const judged = (message: Message): Answered =>
		hasButton(rooms, message, said) ? { kind: 'found', message } : none('no button of the message that it answers');

	const named = said.replyTo === undefined ? undefined : await ours([said.replyTo]);
	if (named) return judged(named);
	const { items } = await store.messages({ to: said.from, limit: 50 });
	if (items.length === 0) return none('from somebody whom the bridge has sent nothing');
	const asked = items.filter((message) => hasButton(rooms, message, said));
	if (asked.length === 0 && said.replyTo === undefined) return none('no button of a message that was sent to them');
	const lately = asked.filter((message) => isLately(message, said.at));
	if (thread === undefined) return { kind: 'look' };

	const seen = thread.messages;
	const replyTo = said.replyTo ?? seen.find((each) => sharesId(each, said.ids))?.inbound?.replyTo;
	const target = replyTo === undefined ? undefined : seen.find((each) => sharesId(each, [replyTo]));
	if (target) {
		const message = await ours(target.ids);
		if (message) return judged(message);
		// An API that gave no id when it took the message: the template tells.
		const nameless = lately.find((each) => each.apiMessageId === undefined && each.template === target.template);
		return nameless ? judged(nameless) : none('it answers a message that the bridge did not send');
	}
	if (replyTo !== undefined && !thread.whole) return { kind: 'look' };
	// Names of the same kind, and none of them is the one: a message that the bridge did not send.
	const kindOf = (id: string) => (isOfWhatsApp(id) ? 'WhatsApp' : 'API');
	const comparable = seen.some(
		({ outgoing, ids }) => outgoing !== false && ids.some((id) => kindOf(id) === kindOf(replyTo ?? '')),
	);
	if (replyTo !== undefined && comparable) return none('the message that it answers is not known here');
	const [last] = lately;
	return last
		? { kind: 'found', message: last }
		: none('it names no message, and none of the day before has such a button');
}

const sharesId = ({ ids, inbound }: ThreadMessage, wanted: readonly string[]): boolean =>
	[...ids, ...(inbound?.ids ?? [])].some((id) => wanted.includes(id));

/** One that may have arrived has, when somebody taps on it. */
function isLately({ state, sentAt, attemptedAt }: Message, at: Date): boolean {
	const left = sentAt ?? attemptedAt;
	if (left === undefined || !['sent', 'delivered', 'read', 'unknown', 'sending'].includes(state)) return false;
	return left.getTime() > at.getTime() - LATELY_MS && left.getTime() < at.getTime() + SKEW_MS;
}

/** A flow may hand on a tap as mere text; while the template's buttons are not known, only what is called a tap is one. */
function hasButton(
	{ templates }: Pick<Rooms, 'templates'>,
	{ template, language }: Message,
	{ text, tapped }: Inbound,
): boolean {
	const buttons = templates.replyButtons(template, language);
	return buttons === undefined ? tapped : text !== undefined && buttons.some((button) => button.trim() === text);
}
