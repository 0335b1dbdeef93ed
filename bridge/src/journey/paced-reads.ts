import type { Clock } from '../domain';
import type { Thread } from './look-at-thread';

/** Of what may be sent in a second, this share may be read: messages go first, and the API names no limit of its own for reading. */
const SHARE = 0.5;

/** Counts the threads that are read, and lets a round of looking begin when the reads of the last one are paid for. */
export function pacedReads(thread: Thread, perSecond: number, clock: Clock) {
	const eachMs = 1000 / (perSecond * SHARE);
	let count = 0;
	let [paidAt, until] = [0, 0];
	return {
		read: ((phone, since) => {
			count += 1;
			return thread(phone, since);
		}) satisfies Thread,
		/** When to come back: not before the reads are paid for. */
		paced: async (round: () => Promise<Date | undefined>): Promise<Date | undefined> => {
			const now = clock.now().getTime();
			// A clock set back has nothing to wait for.
			if (now >= paidAt && now < until) return new Date(until);
			const before = count;
			const next = await round();
			[paidAt, until] = [now, now + (count - before) * eachMs];
			return next && new Date(Math.max(next.getTime(), until));
		},
	};
}
