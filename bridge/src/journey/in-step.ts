import type { MessageState } from '../domain';
import type { Message, NewMessage } from '../store/store';

const UNDONE: readonly MessageState[] = ['waiting', 'sending', 'unknown'];

/**
 * What tells of an order is planned for no earlier than what was planned of it before and has not left (`staged`): the clock may have been
 * set back meanwhile, and clocks of two machines differ. What is delayed on purpose counts from its own time on.
 */
export function inStep(messages: readonly NewMessage[], staged: readonly Message[], now: Date): NewMessage[] {
	const before = staged
		.filter(({ state, plannedFor, createdAt }) => UNDONE.includes(state) && plannedFor <= createdAt)
		.map(({ plannedFor }) => plannedFor.getTime());
	return messages.map((message) => {
		const counts = message.state === 'waiting' && message.stage !== undefined && message.dueAt <= now;
		return counts ? { ...message, dueAt: new Date(Math.max(message.dueAt.getTime(), ...before)) } : message;
	});
}
