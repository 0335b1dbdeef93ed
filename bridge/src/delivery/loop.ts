import type { Clock } from '../domain';

/** setTimeout holds at most 2^31-1 ms; also the longest that a clock set forward can go unseen. */
const LONGEST_SLEEP_MS = 30_000;

/**
 * Repeats a round of work: when woken, and when the last round said it is next due. One round at a time.
 * A round that throws is told once and tried again after a second.
 */
export class Loop {
	private timer: NodeJS.Timeout | undefined;
	/** When it fires, by performance.now(). */
	private timerAt = Number.POSITIVE_INFINITY;
	private running: Promise<void> | undefined;
	private again = false;
	/** Waking does nothing before `start` and after `stop`. */
	private state: 'new' | 'on' | 'stopped' = 'new';

	constructor(
		private readonly round: () => Promise<Date | undefined>,
		private readonly clock: Clock,
		private readonly onError: (error: unknown) => void,
		/** How often it looks though nothing is due: others may have left work. */
		private readonly pollMs?: number,
	) {}

	start(): void {
		this.state = 'on';
		this.wake();
	}

	/** There may be work now. */
	wake(): void {
		this.again = true;
		if (this.state !== 'on' || this.running) return;
		clearTimeout(this.timer);
		this.running = this.run().finally(() => {
			this.running = undefined;
			if (this.again) this.wake();
		});
	}

	/** There is work, which may wait this long. Costs next to nothing when a round is due by then. */
	wakeWithin(ms: number): void {
		if (this.running) this.again = true;
		else if (this.state === 'on' && this.timerAt > performance.now() + ms) this.sleep(ms);
	}

	/** No new round; resolves when the one under way has ended. */
	async stop(): Promise<void> {
		this.state = 'stopped';
		clearTimeout(this.timer);
		await this.running;
	}

	private async run(): Promise<void> {
		this.again = false;
		this.timerAt = Number.POSITIVE_INFINITY;
		let next: Date | undefined;
		try {
			next = await this.round();
		} catch (error) {
			this.onError(error);
			next = new Date(this.clock.now().getTime() + 1000);
		}
		if (this.state !== 'on' || (next === undefined && this.pollMs === undefined)) return;
		const due = next === undefined ? Number.POSITIVE_INFINITY : next.getTime() - this.clock.now().getTime();
		this.sleep(Math.min(Math.max(0, due), this.pollMs ?? LONGEST_SLEEP_MS));
	}

	private sleep(ms: number): void {
		clearTimeout(this.timer);
		this.timerAt = performance.now() + ms;
		this.timer = setTimeout(() => {
			this.wake();
		}, ms);
	}
}
