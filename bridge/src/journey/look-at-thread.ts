import { matchThread } from '../delivery/match-thread';
import { inOwnWords, OPTED_OUT, whyFailed } from '../delivery/outcomes';
import { nextLook } from '../delivery/retry';
import { MOST_READ, readThread, type ThreadMessage } from '../messlo/thread';
import { digits } from '../phone';
import type { Message, MessageChange } from '../store/store';
import { optedOut } from './suppressed';
import type { Rooms } from './rooms';
import { reasonOf } from '../reason-of';

/** A message that the API took shows in its thread after this long at the latest; sooner, "not there" proves nothing. */
export const SETTLE_MS = 15_000;
const LOOK_AGAIN_MS = 5_000;

/** Reads a thread: all of it, or what was said since then. */
export type Thread = (phone: string, since?: Date) => Promise<ThreadMessage[]>;

/** Reads threads, each contact's id looked up once. */
export function threadReader({ api }: Pick<Rooms, 'api'>): Thread {
	const contactIds = new Map<string, string>();
	return async (phone, since) => (await readThread(api, phone, since, contactIds)) ?? [];
}

/** A message that may have arrived: sent if the thread has it, sent again if it has not, a person's choice if nobody can tell. */
export async function settleUnknown(rooms: Rooms, message: Message, thread: Thread): Promise<void> {
	const { store, clock, log } = rooms;
	const since = message.attemptedAt ?? message.createdAt;
	const change = await settle(rooms, message, since, thread);
	await store.changeMessage(message.id, ['unknown'], change);
	if (change.state !== 'unknown')
		log.warn(
			{ stage: 'settled', message: message.id, state: change.state, waitedMs: clock.now().getTime() - since.getTime() },
			change.reason,
		);
}

export const hadArrived = (apiMessageId: string | undefined, sentAt: Date, now: Date): MessageChange => ({
	state: 'sent',
	sentAt,
	lookAt: nextLook(0, now),
	...(apiMessageId === undefined ? {} : { apiMessageId }),
	reason: 'found in the thread: it had arrived',
});

export const DOUBTFUL: MessageChange = {
	state: 'held',
	cause: 'doubtful',
	reason:
		'it may have arrived, and the thread does not show enough to tell. Look at the chat: replay it if it is not there, cancel it if it is',
};

async function settle(rooms: Rooms, message: Message, since: Date, thread: Thread): Promise<MessageChange> {
	const now = rooms.clock.now();
	try {
		const found = await findInThread(rooms, message, since, thread);
		if (found.kind === 'found') return hadArrived(found.id, since, now);
		if (now.getTime() - since.getTime() < SETTLE_MS)
			return {
				state: 'unknown',
				...(message.reason === undefined ? {} : { reason: message.reason }),
				dueAt: new Date(now.getTime() + LOOK_AGAIN_MS),
			};
		if (found.kind === 'absent')
			return { state: 'waiting', dueAt: now, reason: 'not in the thread: it had not arrived, and is sent again' };
		return DOUBTFUL;
	} catch (error) {
		const reason = reasonOf(error);
		return {
			state: 'unknown',
			reason: `it may have arrived; the thread cannot be read now (${reason})`,
			dueAt: new Date(now.getTime() + 2 * LOOK_AGAIN_MS),
		};
	}
}

/** What the thread says became of a message. Throws when it cannot be read. */
export async function findInThread({ store }: Rooms, message: Message, since: Date, thread: Thread) {
	const to = message.to ?? '';
	const { items } = await store.messages({ to, limit: 200 });
	const others = new Set(
		items.flatMap(({ id, apiMessageId }) => (id === message.id || apiMessageId === undefined ? [] : [apiMessageId])),
	);
	const { template, variables, mediaUrl } = message;
	const sent = { template, variables, since, others, ...(mediaUrl === undefined ? {} : { mediaUrl }) };
	return matchThread(sent, await looked(digits(to), since, thread));
}

/**
 * All of it: a clock of ours that was ahead when the message left, by however much, would begin to read after it. Of a thread too
 * long for that also its last days.
 */
async function looked(phone: string, since: Date, thread: Thread): Promise<ThreadMessage[]> {
	const whole = await thread(phone);
	return whole.length < MOST_READ ? whole : [...whole, ...(await thread(phone, since))];
}

/** Reads the delivery states of sent messages back, one thread a recipient. */
export async function watchSent(rooms: Rooms, messages: readonly Message[], thread: Thread): Promise<void> {
	const byRecipient = Map.groupBy(messages, ({ to }) => to ?? '');
	for (const [to, sent] of byRecipient) {
		const since = new Date(Math.min(...sent.map(({ sentAt, createdAt }) => (sentAt ?? createdAt).getTime())));
		const seen = await thread(digits(to), since).catch((): ThreadMessage[] => []);
		for (const message of sent) await recordState(rooms, message, shown(message, seen));
		// One reading serves all messages to the person: of the others, what is new is written down as well.
		const others = seen.length > sent.length ? (await rooms.store.messages({ to, limit: 50 })).items : [];
		for (const message of others) {
			const other = shown(message, seen);
			const watched = message.state === 'sent' || message.state === 'delivered';
			if (watched && other && other.status !== message.state && !sent.some(({ id }) => id === message.id))
				await recordState(rooms, message, other);
		}
	}
}

const shown = ({ apiMessageId }: Message, seen: readonly ThreadMessage[]): ThreadMessage | undefined =>
	seen.find(({ ids }) => apiMessageId !== undefined && ids.includes(apiMessageId));

async function recordState(rooms: Rooms, message: Message, seen: ThreadMessage | undefined): Promise<void> {
	const { store, clock, log } = rooms;
	const now = clock.now();
	const status = seen?.status;
	const again = nextLook(message.looks, now);
	const said = (change: MessageChange) => store.changeMessage(message.id, ['sent', 'delivered'], change);
	if (status === 'read' || status === 'delivered') {
		if (status === message.state) await said({ state: status, lookAt: again });
		else {
			await said({
				state: status,
				lookAt: status === 'read' ? null : again,
				deliveredAt: message.deliveredAt ?? now,
				...(status === 'read' ? { readAt: now } : {}),
			});
			log.info({ stage: status, message: message.id, event: message.event });
		}
	} else if (status === 'failed' || status === 'undelivered') {
		const reason = whyFailed(seen?.code, seen?.failure);
		await said({ state: 'failed', reason, lookAt: null });
		if (seen?.code === OPTED_OUT.code) await optedOut(rooms, message);
		log.warn({ stage: 'failed', message: message.id, event: message.event, reason: inOwnWords(reason) });
	} else await said({ state: message.state, lookAt: again });
}
