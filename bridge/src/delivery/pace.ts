/** A token bucket: `perSecond` messages a second, a burst of one second's worth; and a stop that others can set. */
export class Pace {
	private tokens: number;
	private filledAt: number;
	private stoppedUntil = 0;

	constructor(
		private readonly perSecond: number,
		now: Date,
	) {
		this.tokens = Math.max(1, perSecond);
		this.filledAt = now.getTime();
	}

	/** How many messages may leave now, at most `wanted`; they are taken. */
	take(wanted: number, now: Date): number {
		if (now.getTime() < this.stoppedUntil) return 0;
		this.fill(now);
		const taken = Math.max(0, Math.min(wanted, Math.floor(this.tokens)));
		this.tokens -= taken;
		return taken;
	}

	/** Gives back what was taken and not used. */
	giveBack(count: number): void {
		this.tokens += count;
	}

	/** When the next message may leave. */
	nextAt(now: Date): Date {
		this.fill(now);
		const wait = this.tokens >= 1 ? 0 : Math.ceil(((1 - this.tokens) / this.perSecond) * 1000);
		return new Date(Math.max(now.getTime() + wait, this.stoppedUntil));
	}

	/** Nothing leaves until then. */
	stopUntil(time: Date): void {
		this.stoppedUntil = Math.max(this.stoppedUntil, time.getTime());
	}

	/** A message went through: whatever stopped us is over. */
	resume(): void {
		this.stoppedUntil = 0;
	}

	stopped(now: Date): boolean {
		return now.getTime() < this.stoppedUntil;
	}

	private fill(now: Date): void {
		const elapsed = now.getTime() - this.filledAt;
		// A clock set back must not stop the bucket from filling.
		this.filledAt = now.getTime();
		if (elapsed > 0)
			this.tokens = Math.min(Math.max(1, this.perSecond), this.tokens + (elapsed / 1000) * this.perSecond);
	}
}
