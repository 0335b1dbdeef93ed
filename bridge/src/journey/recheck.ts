import { afterQuietHours } from '../mapping/quiet-hours';
import { recipientZone } from '../mapping/recipient-zone';
import type { Message, MessageChange } from '../store/store';
import { ofMessage, planMessages } from './plan-messages';
import { readEvent } from './read-event';
import type { Rooms } from './rooms';
import { overtakenBy } from './stages';
import { suppressedReason } from './suppressed';

/** A message that has waited this long (a delay, retries, a hold) is looked at again before it goes. */
const WORTH_A_LOOK_MS = 60_000;
/** How long it waits for its source's news to be planned. */
const NEWS_MS = 1_000;

/**
 * What may have changed while a message waited: it is out of date, or its order or checkout has moved on. Undefined when it still makes sense.
 */
export async function recheck(rooms: Rooms, message: Message): Promise<MessageChange | undefined> {
	if (message.expiresAt && message.expiresAt.getTime() <= rooms.clock.now().getTime())
		return { state: 'skipped', reason: `expired: it was to arrive before ${message.expiresAt.toISOString()}` };
	const [suppressed, late] = await Promise.all([suppressedReason(rooms, message), overtakenOrQuiet(rooms, message)]);
	if (suppressed !== undefined) return { state: 'skipped', reason: suppressed };
	if (late) return late;
	if (rooms.clock.now().getTime() - message.createdAt.getTime() < WORTH_A_LOOK_MS) return undefined;
	if ((await rooms.freshen?.(message.source)) === false) {
		const dueAt = new Date(rooms.clock.now().getTime() + NEWS_MS);
		return { state: 'waiting', uncounted: true, dueAt, reason: 'its source has news, which are read first' };
	}

	const event = await rooms.store.event(message.event);
	const reading = event && (await readEvent(rooms, event));
	if (reading?.kind === 'ignored' && reading.overtaken !== undefined)
		return { state: 'skipped', reason: reading.overtaken };
	if (!event || reading?.kind !== 'event') return undefined;
	const plans = await planMessages(rooms, event, reading, { replay: true, only: message.mapping });
	const again = plans && ofMessage(plans, message);
	if (reading.appointment && again?.message?.onceKey !== message.onceKey && again?.plan.kind !== 'held')
		return { state: 'skipped', reason: 'the appointment or its reminders were changed meanwhile' };
	if (!again || again.plan.kind === 'planned') return undefined;
	const state = again.plan.kind === 'held' ? 'held' : 'skipped';
	return { state, reason: again.plan.reason };
}

/** What is asked before every attempt: retries, a hold or a stopped sender may have moved it, and newer states may have left meanwhile. */
async function overtakenOrQuiet(rooms: Rooms, message: Message): Promise<MessageChange | undefined> {
	const { store, mappings, clock, config } = rooms;
	const newer = message.stage && overtakenBy(message, await store.staged(message.source, message.subject));
	if (newer)
		return {
			state: 'skipped',
			reason: `overtaken: '${newer.mapping}' (${newer.id}) tells of a newer state and has left already. Replay it to send it all the same`,
		};
	const quiet = mappings.find(({ name }) => name === message.mapping)?.quietHours;
	if (!quiet) return undefined;
	const now = clock.now();
	const dueAt = afterQuietHours(now, quiet, recipientZone(message.to, config.defaults.timezone));
	if (dueAt <= now) return undefined;
	return message.expiresAt && message.expiresAt <= dueAt
		? { state: 'skipped', reason: 'expired: by the end of its quiet hours it would be out of date' }
		: { state: 'waiting', uncounted: true, dueAt, reason: 'it waits for the end of its quiet hours' };
}
