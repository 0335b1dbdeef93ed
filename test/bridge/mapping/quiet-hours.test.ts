import fc from 'fast-check';
import { afterQuietHours } from '../../../bridge/src/mapping/quiet-hours';
import { recipientZone } from '../../../bridge/src/mapping/recipient-zone';

const NIGHT = { from: '21:00', to: '09:00' };

describe('quiet hours', () => {
	test.each([
		['in the evening, until the next morning', '2026-11-20T16:00:00Z', NIGHT, 'Asia/Kolkata', '2026-11-21T03:30:00Z'],
		['after midnight, until the same morning', '2026-11-20T20:00:00Z', NIGHT, 'Asia/Kolkata', '2026-11-21T03:30:00Z'],
		['by day, not at all', '2026-11-20T08:35:12Z', NIGHT, 'Asia/Kolkata', '2026-11-20T08:35:12Z'],
		['at their first minute', '2026-11-20T15:30:00Z', NIGHT, 'Asia/Kolkata', '2026-11-21T03:30:00Z'],
		['at their end, not any more', '2026-11-21T03:30:00Z', NIGHT, 'Asia/Kolkata', '2026-11-21T03:30:00Z'],
		['within one day', '2026-11-20T12:30:00Z', { from: '12:00', to: '15:00' }, 'UTC', '2026-11-20T15:00:00Z'],
		['over the end of a month', '2026-11-30T23:00:00Z', NIGHT, 'UTC', '2026-12-01T09:00:00Z'],
		['over the end of a year', '2026-12-31T23:00:00Z', NIGHT, 'UTC', '2027-01-01T09:00:00Z'],
		// Europe: clocks go forward on 29 March 2026 at 01:00 UTC, back on 25 October 2026 at 01:00 UTC.
		['in the night that is an hour short', '2026-03-28T22:00:00Z', NIGHT, 'Europe/Berlin', '2026-03-29T07:00:00Z'],
		['in the night that is an hour long', '2026-10-24T22:00:00Z', NIGHT, 'Europe/Berlin', '2026-10-25T08:00:00Z'],
		[
			'until an hour that clocks skip',
			'2026-03-28T23:00:00Z',
			{ from: '22:00', to: '02:30' },
			'Europe/Berlin',
			'2026-03-29T01:30:00Z',
		],
		[
			'until an hour that clocks show twice',
			'2026-10-24T22:00:00Z',
			{ from: '22:00', to: '02:30' },
			'Europe/Berlin',
			'2026-10-25T00:30:00Z',
		],
		// The United States: back on 1 November 2026 at 06:00 UTC in New York.
		['across the change in New York', '2026-11-01T03:00:00Z', NIGHT, 'America/New_York', '2026-11-01T14:00:00Z'],
	])('hold a message %s', (_, instant, hours, zone, expected) => {
		expect(afterQuietHours(new Date(instant), hours, zone).toISOString()).toBe(new Date(expected).toISOString());
	});

	test('never send within them, never early, and never a day late, in any zone', () => {
		const zones = [
			'Asia/Kolkata',
			'Europe/Berlin',
			'America/New_York',
			'Australia/Lord_Howe',
			'Africa/Casablanca',
			'Pacific/Apia',
			'America/Sao_Paulo',
			'Asia/Kathmandu',
		];
		const time = fc
			.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
			.map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
		const instant = fc.date({ min: new Date('2025-01-01'), max: new Date('2027-12-31'), noInvalidDate: true });
		fc.assert(
			fc.property(instant, time, time, fc.constantFrom(...zones), (given, from, to, zone) => {
				const due = afterQuietHours(given, { from, to }, zone);
				expect(due.getTime()).toBeGreaterThanOrEqual(given.getTime());
				expect(due.getTime() - given.getTime()).toBeLessThanOrEqual(26 * 3_600_000);
				expect(afterQuietHours(due, { from, to }, zone)).toEqual(due);
			}),
			{ numRuns: 500 },
		);
	});
});

describe("a recipient's zone", () => {
	test.each([
		['+919876543210', 'UTC', 'Asia/Kolkata'],
		['+4915112345678', 'Asia/Kolkata', 'Europe/Berlin'],
		['+5511987654321', 'America/Sao_Paulo', 'America/Sao_Paulo'],
		['+5511987654321', 'Asia/Kolkata', 'Asia/Kolkata'],
		['+14155552671', 'America/Chicago', 'America/Chicago'],
		['+85291234567', 'UTC', 'Asia/Hong_Kong'],
	])('%s with %s by default is in %s', (phone, fallback, zone) => expect(recipientZone(phone, fallback)).toBe(zone));
	test('is the default where there is no number', () =>
		expect(recipientZone(undefined, 'Asia/Kolkata')).toBe('Asia/Kolkata'));
});
