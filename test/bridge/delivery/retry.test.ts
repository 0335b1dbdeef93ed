import fc from 'fast-check';
import { nextAttempt, RETRY } from '../../../bridge/src/delivery/retry';
import { readRetryAfter } from '../../../bridge/src/messlo/client';

const NOW = new Date('2026-11-20T09:00:00Z');
const attempts = fc.integer({ min: 1, max: RETRY.maxAttempts - 1 });
const random = fc.double({ min: 0, max: 0.999_999, noNaN: true });
const waitOf = (failure: Omit<Parameters<typeof nextAttempt>[0], 'now'>): number =>
	(nextAttempt({ now: NOW, ...failure })?.getTime() ?? Number.NaN) - NOW.getTime();

describe('our own waits', () => {
	test('are in the future, bounded, and lengthened by the jitter at most', () => {
		fc.assert(
			fc.property(attempts, random, (made, chance) => {
				const [least, wait] = [waitOf({ attempts: made, random: 0 }), waitOf({ attempts: made, random: chance })];
				expect(RETRY.waitsMs).toContain(least);
				expect(wait).toBeGreaterThanOrEqual(least);
				expect(wait).toBeLessThanOrEqual(least * (1 + RETRY.jitter));
			}),
		);
	});

	test('grow with every attempt, until there are enough', () => {
		for (let made = 1; made < RETRY.maxAttempts - 1; made += 1)
			expect(waitOf({ attempts: made + 1, random: 0 })).toBeGreaterThanOrEqual(waitOf({ attempts: made, random: 0 }));
		expect(nextAttempt({ attempts: RETRY.maxAttempts, now: NOW, random: 0 })).toBeUndefined();
	});

	test('cover an API that is away for most of a day', () => {
		let all = 0;
		for (let made = 1; made < RETRY.maxAttempts; made += 1) all += waitOf({ attempts: made, random: 0 });
		expect(all).toBeGreaterThan(20 * 3_600_000);
	});

	test('are no shorter than what a pair has to wait', () => {
		fc.assert(
			fc.property(attempts, random, fc.nat(100_000), (made, chance, leastMs) => {
				expect(waitOf({ attempts: made, random: chance, leastMs })).toBeGreaterThanOrEqual(leastMs);
			}),
		);
	});
});

describe('the server’s word', () => {
	const seconds = fc.oneof(fc.nat(200_000), fc.bigInt({ min: 0n, max: 10n ** 40n }));

	test('in seconds wins, within reason, and no later than a second after', () => {
		fc.assert(
			fc.property(attempts, random, seconds, (made, chance, asked) => {
				const afterMs = readRetryAfter(String(asked), NOW.getTime());
				if (afterMs === undefined) throw new Error('not read');
				const wait = waitOf({ attempts: made, random: chance, afterMs });
				const meant = Math.min(Math.max(Number(asked) * 1000, RETRY.leastAskedMs), RETRY.longestAskedMs);
				expect(wait).toBeGreaterThanOrEqual(meant);
				expect(wait).toBeLessThanOrEqual(meant + 1000);
			}),
		);
	});

	test('as a date wins too, and one that has gone by is not in the past', () => {
		fc.assert(
			fc.property(fc.integer({ min: -10_000_000, max: 10_000_000 }), (offset) => {
				const date = new Date(Math.floor(NOW.getTime() / 1000 + offset) * 1000);
				const afterMs = readRetryAfter(date.toUTCString(), NOW.getTime());
				expect(afterMs).toBe(Math.max(0, date.getTime() - NOW.getTime()));
				expect(waitOf({ attempts: 1, random: 0, afterMs: afterMs ?? -1 })).toBeGreaterThanOrEqual(RETRY.leastAskedMs);
			}),
		);
	});

	test('may be a date in the old spellings', () => {
		for (const header of [
			'Friday, 20-Nov-26 09:01:00 GMT',
			'Fri Nov 20 09:01:00 2026',
			'Fri, 20 Nov 2026 09:01:00 GMT',
		])
			expect([header, readRetryAfter(header, NOW.getTime())]).toEqual([header, 60_000]);
	});

	test('is left out when it is none', () => {
		for (const header of [null, '', ' ', 'soon', '-5', '1.5e3', '12 seconds', '0x10', 'NaN', 'Infinity', '5, 10'])
			expect([header, readRetryAfter(header, NOW.getTime())]).toEqual([header, undefined]);
	});

	test('whatever text it is, a wait is a number of milliseconds, none in the past', () => {
		fc.assert(
			fc.property(fc.string(), (header) => {
				const afterMs = readRetryAfter(header, NOW.getTime());
				if (afterMs === undefined) return;
				const wait = waitOf({ attempts: 1, random: 0, afterMs });
				expect(wait).toBeGreaterThanOrEqual(RETRY.leastAskedMs);
				expect(wait).toBeLessThanOrEqual(RETRY.longestAskedMs);
			}),
		);
	});
});
