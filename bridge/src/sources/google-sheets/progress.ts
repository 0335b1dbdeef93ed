import type { FeedRoom } from '../feed';

type Tallied = Pick<FeedRoom, 'now' | 'tally'>;

/** How far a broadcast is. Times in seconds. */
export interface Progress {
	sent: number;
	waiting: number;
	held: number;
	failed: number;
	skipped: number;
	/** Over the last minutes; null while nothing moves. */
	perSecond: number | null;
	etaSeconds: number | null;
}

/** Pace is taken over this much time. */
const WINDOW_MS = 120_000;
const SAMPLE_MS = 5000;
const LOG_MS = 60_000;

/** Watches how many messages have left, for the pace and the time that is left. */
export function createProgress() {
	const samples: { at: number; done: number }[] = [];
	let logged = 0;
	let wasBusy = false;

	async function of(room: Tallied): Promise<Progress> {
		const tally = await room.tally();
		const count = (...states: string[]) => states.reduce((sum, state) => sum + (tally[state] ?? 0), 0);
		const sent = count('sent', 'delivered', 'read');
		const waiting = count('stored', 'waiting', 'sending', 'unknown');
		const [held, failed, skipped] = [count('held'), count('failed'), count('skipped', 'cancelled')];
		const [at, done] = [room.now().getTime(), sent + failed];
		if (at - (samples.at(-1)?.at ?? 0) >= SAMPLE_MS) samples.push({ at, done });
		while (samples.length > 1 && at - (samples[0]?.at ?? at) > WINDOW_MS) samples.shift();
		const [first] = samples;
		const perSecond = first && at > first.at ? ((done - first.done) * 1000) / (at - first.at) : 0;
		const isMoving = perSecond > 0;
		return {
			sent,
			waiting,
			held,
			failed,
			skipped,
			perSecond: isMoving ? Math.round(perSecond * 10) / 10 : null,
			etaSeconds: waiting === 0 ? 0 : isMoving ? Math.ceil(waiting / perSecond) : null,
		};
	}

	return {
		of,
		/** A line for the log now and then while a broadcast runs, and one when it is over. */
		note: async (room: Pick<FeedRoom, 'now' | 'tally' | 'tell'>): Promise<void> => {
			const at = room.now().getTime();
			if (at - logged < LOG_MS) return;
			const progress = await of(room);
			logged = at;
			const isBusy = progress.waiting > 0;
			if (isBusy || wasBusy) room.tell('info', { stage: 'progress', ...progress }, 'How far the sheet is');
			wasBusy = isBusy;
		},
	};
}
