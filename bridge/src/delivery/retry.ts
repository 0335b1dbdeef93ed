/** Waits between attempts, in ms; the last one repeats. Thirty attempts cover nearly a day of the API being down. */
export const RETRY = {
	waitsMs: [1_000, 5_000, 15_000, 60_000, 300_000, 900_000, 1_800_000, 3_600_000],
	maxAttempts: 30,
	/** A wait is lengthened by up to this share, so that a thousand messages do not come back in one second. */
	jitter: 0.25,
	/** The server's word wins, between these: a Retry-After of a year is a fault, and one of nothing would be asked for again and again. */
	longestAskedMs: 6 * 3_600_000,
	leastAskedMs: 1_000,
} as const;

/** When to try again after `attempts` tries, `leastMs` from now or later; undefined when it has been tried enough. `random` is in [0, 1). */
export function nextAttempt(failure: {
	attempts: number;
	afterMs?: number;
	leastMs?: number;
	now: Date;
	random: number;
}): Date | undefined {
	const { attempts, afterMs, leastMs = 0, now, random } = failure;
	if (attempts >= RETRY.maxAttempts) return undefined;
	const own = RETRY.waitsMs[Math.min(attempts, RETRY.waitsMs.length) - 1] ?? RETRY.waitsMs[0];
	const wait = afterMs === undefined ? own * (1 + random * RETRY.jitter) : askedMs(afterMs) + random * 1000;
	return new Date(now.getTime() + Math.max(wait, leastMs));
}

/** What a server asks for, within reason. */
export const askedMs = (afterMs: number): number =>
	Math.min(Math.max(afterMs, RETRY.leastAskedMs), RETRY.longestAskedMs);

/** When to look for a message's delivery state after `looks` looks: often at first, for two days; then no more. */
const LOOKS_MS = [
	1_000, 2_000, 5_000, 15_000, 60_000, 300_000, 1_800_000, 7_200_000, 21_600_000, 43_200_000, 86_400_000,
];

export function nextLook(looks: number, now: Date): Date | null {
	const wait = LOOKS_MS[looks];
	return wait === undefined ? null : new Date(now.getTime() + wait);
}
