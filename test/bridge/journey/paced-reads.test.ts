import fc from 'fast-check';
import { pacedReads } from '../../../bridge/src/journey/paced-reads';
import { TestClock } from '../../support/clock';

test('whenever it is woken, and however many threads a round reads: in no second are more read than half of what may be sent', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.integer({ min: 1, max: 40 }),
			fc.array(fc.record({ reads: fc.nat(20), waitMs: fc.nat(3000) }), { minLength: 1, maxLength: 60 }),
			async (perSecond, wakes) => {
				const clock = new TestClock();
				const at: number[] = [];
				const { read, paced } = pacedReads(
					async () => {
						at.push(clock.now().getTime());
						return [];
					},
					perSecond,
					clock,
				);
				for (const { reads, waitMs } of wakes) {
					await paced(async () => {
						for (let n = 0; n < reads; n += 1) await read('919876543211', clock.now());
						return undefined;
					});
					clock.advance(waitMs);
				}
				const start = at[0] ?? 0;
				// One round may be taken at once: 20 of each kind at most.
				for (const end of at)
					expect(at.filter((time) => time <= end).length).toBeLessThanOrEqual(
						20 + ((end - start) / 1000) * perSecond * 0.5,
					);
			},
		),
	);
});

test('a round that is not begun says when it may be; a clock set back does not stop it', async () => {
	const clock = new TestClock();
	const { read, paced } = pacedReads(async () => [], 20, clock);
	const round = async () => {
		for (let n = 0; n < 20; n += 1) await read('919876543211', clock.now());
		return clock.now();
	};
	const begun = clock.now().getTime();
	expect((await paced(round))?.getTime()).toBe(begun + 2000);
	clock.advance(1999);
	expect((await paced(async () => Promise.reject(new Error('not yet'))))?.getTime()).toBe(begun + 2000);
	clock.advance(-3_600_000);
	expect((await paced(round))?.getTime()).toBe(begun + 1999 - 3_600_000 + 2000);
});
