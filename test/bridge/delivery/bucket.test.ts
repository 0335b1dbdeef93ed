import fc from 'fast-check';
import { fill, fullBucket, SKEW_MS, waitFor } from '../../../bridge/src/delivery/bucket';

const START = Date.parse('2026-11-20T09:00:00Z');
const perSecond = fc.integer({ min: 1, max: 1000 });
/** What a clock does between two looks: mostly a little, sometimes it is set far forward or back. */
const move = fc.oneof(
	{ weight: 5, arbitrary: fc.integer({ min: 0, max: 2_000 }) },
	{ weight: 1, arbitrary: fc.integer({ min: -100_000_000, max: 100_000_000 }) },
);

/** Takes all there is at each of these times, by the clocks' own words. */
function takeAll(rate: number, moves: readonly number[]): { now: number; taken: number }[] {
	let bucket = fullBucket(rate, START);
	let now = START;
	return moves.map((ms) => {
		now += ms;
		bucket = fill(bucket, rate, now);
		const taken = Math.floor(bucket.tokens);
		bucket = { ...bucket, tokens: bucket.tokens - taken };
		return { now, taken };
	});
}

test('whatever the clock does, no look finds more than a second’s worth', () => {
	fc.assert(
		fc.property(perSecond, fc.array(move), (rate, moves) => {
			for (const { taken } of takeAll(rate, moves)) expect(taken).toBeLessThanOrEqual(Math.max(1, rate));
		}),
	);
});

test('while the clock goes on, no span of time gives more than the rate and one burst', () => {
	fc.assert(
		fc.property(perSecond, fc.array(fc.integer({ min: 0, max: 3_000 }), { minLength: 2 }), (rate, moves) => {
			const looks = takeAll(rate, moves);
			const total = looks.reduce((sum, { taken }) => sum + taken, 0);
			const seconds = ((looks.at(-1)?.now ?? START) - START) / 1000;
			expect(total).toBeLessThanOrEqual(rate + seconds * rate + 1e-6);
		}),
	);
});

test('a clock that was set back fills it again within a second of its own, or when it has caught up', () => {
	fc.assert(
		fc.property(perSecond, fc.integer({ min: 1, max: 400_000_000 }), (rate, back) => {
			const empty = { tokens: 0, filledAt: START };
			const set = fill(empty, rate, START - back);
			expect(set.tokens).toBe(0);
			const late = Math.min(back, SKEW_MS) + 1000;
			expect(fill(set, rate, START - back + late).tokens).toBeGreaterThanOrEqual(1);
		}),
	);
});

test('two processes whose clocks differ a little share one rate', () => {
	fc.assert(
		fc.property(fc.integer({ min: 5, max: 200 }), fc.integer({ min: 0, max: SKEW_MS - 1 }), (rate, behind) => {
			let bucket = fullBucket(rate, START);
			let taken = 0;
			for (let ms = 0; ms < 10_000; ms += 100)
				for (const clock of [START + ms, START + ms - behind]) {
					bucket = fill(bucket, rate, clock);
					taken += Math.floor(bucket.tokens);
					bucket = { ...bucket, tokens: bucket.tokens % 1 };
				}
			expect(taken).toBeLessThanOrEqual(rate + 10 * rate);
			expect(taken).toBeGreaterThanOrEqual(10 * rate - 1);
		}),
		{ numRuns: 50 },
	);
});

test('after the wait that it names there is one', () => {
	fc.assert(
		fc.property(perSecond, fc.double({ min: 0, max: 0.999, noNaN: true }), (rate, tokens) => {
			const bucket = { tokens, filledAt: START };
			const wait = waitFor(bucket, rate);
			expect(fill(bucket, rate, START + wait).tokens).toBeGreaterThanOrEqual(1 - 1e-9);
			expect(wait).toBeLessThanOrEqual(1000);
		}),
	);
});
