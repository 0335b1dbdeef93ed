export interface Time {
	now(): number;
	sleep(ms: number): Promise<void>;
}

/** One gate for all requests of an execution: when the API asks one of them to wait, all wait. */
export class Pace {
	private openAt = 0;

	constructor(private readonly time: Time) {}

	async turn(): Promise<void> {
		for (let wait = this.left(); wait > 0; wait = this.left()) await this.time.sleep(wait);
	}

	hold(ms: number): void {
		this.openAt = Math.max(this.openAt, this.time.now() + ms);
	}

	private left(): number {
		return this.openAt - this.time.now();
	}
}
