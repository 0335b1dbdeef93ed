/** Google lets an account make 60 reads and 60 writes in a minute; some are left to whatever else uses the account. */
const PER_MINUTE = 50;
const MINUTE_MS = 60_000;

/** Too many requests for now: the work goes on at `at` where it stopped. */
export class NoBudget extends Error {
	constructor(readonly at: Date) {
		super(`The quota of Google is used up until ${at.toISOString()}`);
	}
}

/** Counts requests so that no minute, wherever it begins, has more than the quota gives. */
export function createBudget(perMinute = PER_MINUTE): (now: Date) => void {
	const times: number[] = [];
	return (now) => {
		const at = now.getTime();
		while (times.length > 0 && (times[0] ?? 0) <= at - MINUTE_MS) times.shift();
		const oldest = times[0];
		if (oldest !== undefined && times.length >= perMinute) throw new NoBudget(new Date(oldest + MINUTE_MS));
		times.push(at);
	};
}
