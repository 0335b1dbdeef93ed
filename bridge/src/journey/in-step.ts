import type { MessageState } from '../domain';
import type { NewMessage } from '../store/store';
import type { Rooms } from './rooms';

const UNDONE: readonly MessageState[] = ['waiting', 'sending', 'unknown'];

/**
 * What tells of an order is planned for no earlier than what was planned of it before and has not left: the clock may have been set back
 * meanwhile, and clocks of two machines differ. What is delayed on purpose counts from its own time on.
 */
export async function inStep(
	{ store }: Rooms,
	source: string,
	messages: readonly NewMessage[],
	now: Date,
): Promise<NewMessage[]> {
	return Promise.all(
		messages.map(async (message) => {
			const counts = message.state === 'waiting' && message.stage !== undefined && message.dueAt <= now;
			// Always as many turns: events that are planned together enter the ledger in their order.
			const staged = await (counts ? store.staged(source, message.subject) : []);
			const before = staged.filter(
				({ state, plannedFor, createdAt }) => UNDONE.includes(state) && plannedFor <= createdAt,
			);
			if (before.length === 0) return message;
			const dueAt = new Date(
				Math.max(message.dueAt.getTime(), ...before.map(({ plannedFor }) => plannedFor.getTime())),
			);
			return { ...message, dueAt };
		}),
	);
}
