import type { TestClock } from '../clock';

const MAXIMUM = 2000;
const RESTORE_RATE = 100;

/** Shopify's cost bucket: 2,000 points, 100 more each second. */
export function createBucket(clock: TestClock) {
	let [available, at] = [MAXIMUM, clock.now().getTime()];
	const restored = () => {
		const now = clock.now().getTime();
		available = Math.min(MAXIMUM, available + ((now - at) / 1000) * RESTORE_RATE);
		at = now;
		return available;
	};
	return {
		/** What a query may cost at most has to be there; what it did cost is taken. */
		holds: (cost: number): boolean => restored() >= cost,
		take: (cost: number): void => {
			available = restored() - cost;
		},
		status: () => ({
			maximumAvailable: MAXIMUM,
			currentlyAvailable: Math.floor(restored()),
			restoreRate: RESTORE_RATE,
		}),
		fill: () => {
			available = MAXIMUM;
		},
		empty: () => {
			restored();
			available = 0;
		},
	};
}
