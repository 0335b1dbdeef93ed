import type { AdminAnswer } from '../dashboard/admin-ledger';
import { nextLook } from '../delivery/retry';
import type { Message } from '../store/store';
import { findInThread, threadReader } from './look-at-thread';
import type { Rooms } from './rooms';

/** A person says that a message that may have arrived has: it counts as sent, and its state is read back where the thread names it. */
export async function messageArrived(rooms: Rooms, id: string, wake: () => void): Promise<AdminAnswer> {
	const { store, clock, log } = rooms;
	const message = await store.message(id);
	if (!message) return { status: 404, body: { reason: 'not-found', detail: `There is no message '${id}'.` } };
	const { attemptedAt: sentAt } = message;
	const apiMessageId = sentAt && (message.apiMessageId ?? (await nameInThread(rooms, message, sentAt)));
	const now = clock.now();
	const done =
		sentAt !== undefined &&
		(await store.changeMessage(id, ['held', 'unknown'], {
			state: 'sent',
			sentAt,
			reason: `arrived, as a person said at ${now.toISOString()}`,
			...(apiMessageId === undefined ? { lookAt: null } : { apiMessageId, lookAt: nextLook(0, now) }),
		}));
	if (!done)
		return {
			status: 409,
			body: {
				reason: 'not-in-doubt',
				detail: `The message is ${message.state}${sentAt === undefined ? ' and was never sent' : ''}; only held and unknown ones that were tried can be said to have arrived.`,
			},
		};
	log.info({ stage: 'settled', message: id, event: message.event, state: 'sent', by: 'hand' });
	wake();
	return { status: 200, body: { message: id, state: 'sent' } };
}

/** A person's word counts also where the thread cannot be read. */
async function nameInThread(rooms: Rooms, message: Message, since: Date): Promise<string | undefined> {
	try {
		const found = await findInThread(rooms, message, since, threadReader(rooms));
		return found.kind === 'found' ? found.id : undefined;
	} catch {
		return undefined;
	}
}
