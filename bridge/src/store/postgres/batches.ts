/** Takes one thing after another: what comes while a batch is under way forms the next one. No timer. */
export class Batches<T> {
	private waiting: T[] = [];
	private busy = false;
	private idle: Promise<void> = Promise.resolve();

	/** `take` cuts the next batch off the front; `work` settles what is in it and never throws. */
	constructor(
		private readonly take: (waiting: T[]) => T[],
		private readonly work: (batch: T[]) => Promise<void>,
	) {}

	add(each: T): void {
		this.waiting.push(each);
		if (this.busy) return;
		this.busy = true;
		this.idle = this.run();
	}

	/** Takes away what waits for its batch. */
	drop(): T[] {
		return this.waiting.splice(0);
	}

	/** Resolves when all that was added has been worked on. */
	async settled(): Promise<void> {
		while (this.busy) await this.idle;
	}

	private async run(): Promise<void> {
		// What comes in this tick belongs together.
		await new Promise(setImmediate);
		while (this.waiting.length > 0) await this.work(this.take(this.waiting));
		this.busy = false;
	}
}
