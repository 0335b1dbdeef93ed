/** Time is passed in. */
export interface Clock {
	now(): Date;
}

// Node runs a longer timer at once.
const LONGEST_TIMER = 2 ** 31 - 1;

/** A clock that can be moved: what the base clock says, plus what `POST /__sandbox/clock` added. */
export class SandboxClock implements Clock {
	private offsetMs = 0;
	private readonly waiting = new Set<{ due: number; wake: () => void }>();

	constructor(private readonly base: Clock = { now: () => new Date() }) {}

	now(): Date {
		return new Date(this.base.now().getTime() + this.offsetMs);
	}

	advance(ms: number): void {
		this.offsetMs += ms;
		for (const sleeper of this.waiting) if (sleeper.due <= this.now().getTime()) sleeper.wake();
	}

	set(to: Date): void {
		this.advance(to.getTime() - this.now().getTime());
	}

	reset(): void {
		this.offsetMs = 0;
	}

	/** Ends after `ms` of real time (24 days at most), or as soon as the clock is moved past that moment. */
	wait(ms: number): Promise<void> {
		return new Promise((resolve) => {
			const sleeper = {
				due: this.now().getTime() + ms,
				wake: () => {
					clearTimeout(timer);
					this.waiting.delete(sleeper);
					resolve();
				},
			};
			const timer = setTimeout(sleeper.wake, Math.min(ms, LONGEST_TIMER)).unref();
			this.waiting.add(sleeper);
		});
	}
}
