/** A clock that stands still until it is moved. */
export class TestClock {
	private time: number;

	constructor(start = '2026-11-20T09:00:00Z') {
		this.time = Date.parse(start);
	}
	now(): Date {
		return new Date(this.time);
	}
	advance(ms: number): void {
		this.time += ms;
	}
}
export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
