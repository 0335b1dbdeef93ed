import fc from 'fast-check';
import { remindersOf } from '../../../../bridge/src/sources/google-calendar/reminders';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const ZONES = [
	'Asia/Kolkata',
	'America/Sao_Paulo',
	'America/New_York',
	'Europe/Berlin',
	'Europe/London',
	'Australia/Lord_Howe',
	'Pacific/Auckland',
	'Africa/Casablanca',
	'Asia/Kathmandu',
	'America/St_Johns',
	'Pacific/Apia',
	'UTC',
];

/** "2026-11-24 16:30", as the clocks of the zone show it. */
const clocks = new Map(
	ZONES.map((timeZone) => [
		timeZone,
		new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }),
	]),
);
const wall = (instant: number, zone: string): string => clocks.get(zone)?.format(instant) ?? '';
const settled = { settledAt: new Date(0), occurredAt: '2026-01-01T00:00:00.000Z' };
const appointment = (start: number | string, timezone: string, allDay = false) => ({
	id: 'x',
	start: typeof start === 'number' ? new Date(start).toISOString() : start,
	timezone,
	allDay,
	attendees: [],
	properties: {},
});
const dueOf = (start: number, offset: number, zone: string): number =>
	Date.parse(remindersOf(appointment(start, zone), { remind: [offset], allDayAt: '09:00' }, settled)[0]?.dueAt ?? '');

const instants = fc.integer({ min: Date.UTC(2026, 0, 1) / MINUTE_MS, max: Date.UTC(2029, 0, 1) / MINUTE_MS });

test('hours and minutes are elapsed time, in every zone', () => {
	fc.assert(
		fc.property(instants, fc.constantFrom(...ZONES), fc.integer({ min: 1, max: 20_000 }), (minute, zone, offset) => {
			fc.pre((offset * MINUTE_MS) % DAY_MS !== 0);
			expect(dueOf(minute * MINUTE_MS, offset * MINUTE_MS, zone)).toBe((minute - offset) * MINUTE_MS);
		}),
		{ numRuns: 500 },
	);
});

test('a day before is the same time on the clock a day before, or the first that is, across every change of the clocks', () => {
	fc.assert(
		fc.property(instants, fc.constantFrom(...ZONES), fc.integer({ min: 1, max: 10 }), (minute, zone, days) => {
			const start = minute * MINUTE_MS;
			const due = dueOf(start, days * DAY_MS, zone);
			const [date = '', time] = wall(start, zone).split(' ');
			const before = new Date(Date.parse(`${date}T00:00Z`) - days * DAY_MS).toISOString().slice(0, 10);
			const wanted = `${before} ${time}`;
			// Every minute within two hours of the plain difference, looked up one by one.
			const near = Array.from({ length: 361 }, (_, index) => start - days * DAY_MS + (index - 180) * MINUTE_MS);
			const showing = near.filter((each) => wall(each, zone) === wanted);
			if (showing.length > 0) expect(due).toBe(showing[0]);
			// Clocks that jumped over it: the next that they showed.
			else {
				expect(wall(due, zone) > wanted).toBe(true);
				expect(due - start + days * DAY_MS).toBeLessThanOrEqual(2 * 60 * MINUTE_MS);
			}
		}),
		{ numRuns: 300 },
	);
});

test.each([
	['spring in Berlin', '2026-03-29T10:00:00+02:00', 'Europe/Berlin', '2026-03-28T09:00:00.000Z'],
	['autumn in Berlin', '2026-10-25T10:00:00+01:00', 'Europe/Berlin', '2026-10-24T08:00:00.000Z'],
	['spring in New York', '2026-03-08T09:00:00-04:00', 'America/New_York', '2026-03-07T14:00:00.000Z'],
	['autumn in New York', '2026-11-01T09:00:00-05:00', 'America/New_York', '2026-10-31T13:00:00.000Z'],
	['spring in Auckland', '2026-09-27T10:00:00+13:00', 'Pacific/Auckland', '2026-09-25T22:00:00.000Z'],
	['autumn in Auckland', '2026-04-05T10:00:00+12:00', 'Pacific/Auckland', '2026-04-03T21:00:00.000Z'],
	[
		'a time that the clocks skip the day before',
		'2026-03-30T02:30:00+02:00',
		'Europe/Berlin',
		'2026-03-29T01:30:00.000Z',
	],
	['a time that they show twice', '2026-10-26T02:30:00+01:00', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
])('24h before, %s', (_, start, zone, due) => {
	expect(new Date(dueOf(Date.parse(start), DAY_MS, zone)).toISOString()).toBe(due);
});

test('each makes sense until the next is due; two that fall together are one', () => {
	// The night in which Berlin's clocks go back is 25 hours long: a day before is 25 hours before.
	const reminders = remindersOf(
		appointment('2026-10-25T10:00:00+01:00', 'Europe/Berlin'),
		{ remind: [60 * MINUTE_MS, DAY_MS, 25 * 60 * MINUTE_MS, DAY_MS], allDayAt: '09:00' },
		settled,
	);
	expect(reminders.map(({ reminder, dueAt, staleAt }) => [reminder?.minutes, dueAt, staleAt])).toEqual([
		[1500, '2026-10-24T08:00:00.000Z', '2026-10-24T08:00:00.000Z'],
		[1440, '2026-10-24T08:00:00.000Z', '2026-10-25T08:00:00.000Z'],
		[60, '2026-10-25T08:00:00.000Z', '2026-10-25T09:00:00.000Z'],
	]);
});

test('an all-day event counts from its time of day, named by its date', () => {
	const [reminder] = remindersOf(
		appointment('2026-03-29T00:00:00+01:00', 'Europe/Berlin', true),
		{ remind: [2 * 60 * MINUTE_MS], allDayAt: '18:00' },
		settled,
	);
	expect(reminder).toMatchObject({ dueAt: '2026-03-29T14:00:00.000Z', key: 'reminder 120 2026-03-29' });
});
