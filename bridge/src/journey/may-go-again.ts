import { UNAVAILABLE } from '../delivery/outcomes';
import { nextAttempt } from '../delivery/retry';
import { reasonOf } from '../reason-of';
import type { Message, MessageChange } from '../store/store';
import { DOUBTFUL, findInThread, hadArrived, type Thread } from './look-at-thread';
import type { Rooms } from './rooms';

/**
 * Before a message is tried again after a fault of the API: a gateway may have given up on an answer that was on its way, and then
 * the message has arrived. True when it may go now; else the ledger has what was found.
 */
export async function mayGoAgain(rooms: Rooms, message: Message, thread: Thread): Promise<boolean> {
	if (message.attempts < 2) return true;
	const history = (await rooms.store.message(message.id))?.history ?? [];
	const first = history.slice(1 - message.attempts).find(({ outcome }) => outcome === UNAVAILABLE);
	if (first === undefined) return true;
	const change = await whatBecame(rooms, message, first.at, thread);
	if (change === undefined) return true;
	await rooms.store.changeMessage(message.id, ['sending'], change);
	rooms.log.warn({ stage: change.state, message: message.id, event: message.event }, change.reason);
	return false;
}

/** Undefined when it has not arrived. */
async function whatBecame(
	rooms: Rooms,
	message: Message,
	since: Date,
	thread: Thread,
): Promise<MessageChange | undefined> {
	const now = rooms.clock.now();
	try {
		const found = await findInThread(rooms, message, since, thread);
		if (found.kind === 'absent') return undefined;
		return { ...(found.kind === 'found' ? hadArrived(found.id, since, now) : DOUBTFUL), uncounted: true };
	} catch (error) {
		// The API is still away. It counts as a try, so that a person hears of it one day.
		const dueAt = nextAttempt({ attempts: message.attempts, now, random: rooms.random() });
		const reason = `it may have arrived; the thread cannot be read now (${reasonOf(error)})`;
		return dueAt === undefined ? { ...DOUBTFUL, reason } : { state: 'waiting', dueAt, reason };
	}
}
