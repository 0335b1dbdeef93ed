/** A token bucket as a value: what is left in it, and when it was last filled (ms since 1970). */
export interface Bucket {
	tokens: number;
	filledAt: number;
}

/** Clocks of processes that share a bucket differ by less than this; a clock that is further behind was set back. */
export const SKEW_MS = 5_000;

/** A burst of one second's worth, at least one. */
const sizeFor = (perSecond: number): number => Math.max(1, perSecond);

export const fullBucket = (perSecond: number, now: number): Bucket => ({ tokens: sizeFor(perSecond), filledAt: now });

/** The bucket as it is now. It never holds more than its size, however far the clock was set forward; set back, it fills from then on. */
export function fill({ tokens, filledAt }: Bucket, perSecond: number, now: number): Bucket {
	const elapsed = now - filledAt;
	// Seen by a clock that is a little behind: nothing is new, and what the others have filled in is not filled in twice.
	if (elapsed < 0 && elapsed >= -SKEW_MS) return { tokens, filledAt };
	const added = (Math.max(0, elapsed) / 1000) * perSecond;
	return { tokens: Math.min(sizeFor(perSecond), tokens + added), filledAt: now };
}

/** How long until it holds a token, in ms. */
export const waitFor = ({ tokens }: Bucket, perSecond: number): number =>
	tokens >= 1 ? 0 : Math.ceil(((1 - tokens) / perSecond) * 1000);
