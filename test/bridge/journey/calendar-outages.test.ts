import { DAY, HOUR, MINUTE, SECOND } from '../../support/clock';
import { type CalendarWorld, calendarWorld, type WorldOptions } from './calendar-world';

// The clock starts on Friday, 20 November 2026, 14:30 in India.
let world: CalendarWorld;
const open = async (options: WorldOptions = {}) => (world = await calendarWorld(options));
afterEach(() => world.stop());

const at = (day: number, time: string) => `2026-11-${day}T${time}:00+05:30`;
const reasons = async (state: string) =>
	(await world.messages()).filter((each) => each.state === state).map(({ reason }) => reason);

test('the bridge was down for a day: reminders that still make sense go once, the others are shown as skipped', async () => {
	const { calendar, clock, bridge, news, pass, restart } = await open();
	const over = calendar.book(at(21, '11:00'));
	calendar.book(at(22, '10:00'));
	calendar.book(at(22, '14:50'));
	const gone = calendar.book(at(22, '14:00'));
	const moved = calendar.book(at(22, '15:00'));
	await bridge.later(MINUTE);
	expect(await news()).toHaveLength(5);
	expect(over.status).toBe('confirmed');
	await restart(() => {
		clock.advance(12 * HOUR);
		calendar.cancel(gone.id);
		calendar.move(moved.id, at(23, '16:00'));
		calendar.book(at(22, '18:00'), { location: 'Booked meanwhile' });
		clock.advance(12 * HOUR);
	});
	// Saturday, 14:31. Of 11:00 today nothing is sent any more; of tomorrow each is reminded of late, and once.
	await bridge.later(SECOND);
	expect((await news()).sort()).toEqual([
		'booked: Sunday, 22 November, 18:00',
		'cancelled: Sunday, 22 November, 14:00',
		'moved: Monday, 23 November, 16:00',
		'reminder: Sunday, 22 November, 10:00',
	]);
	expect((await reasons('skipped')).filter((reason) => reason?.startsWith('expired'))).toHaveLength(1);
	await pass(3 * DAY);
	expect((await news()).sort()).toEqual([
		...Array(2).fill('reminder: Monday, 23 November, 16:00'),
		'reminder: Sunday, 22 November, 10:00',
		...Array(2).fill('reminder: Sunday, 22 November, 14:50'),
		...Array(2).fill('reminder: Sunday, 22 November, 18:00'),
	]);
	expect(await reasons('waiting')).toEqual([]);
});

test('Google was away for a day: what was known is reminded of, what was booked meanwhile comes after', async () => {
	const { calendar, google, bridge, news, pass } = await open();
	calendar.book(at(22, '10:00'));
	await bridge.later(MINUTE);
	google.outage(true);
	calendar.book(at(23, '10:00'));
	await pass(DAY);
	expect(await news()).toEqual(['booked: Sunday, 22 November, 10:00', 'reminder: Sunday, 22 November, 10:00']);
	google.outage(false);
	await pass(4 * DAY);
	expect(await news()).toEqual([
		'booked: Monday, 23 November, 10:00',
		'reminder: Sunday, 22 November, 10:00',
		'reminder: Monday, 23 November, 10:00',
		'reminder: Monday, 23 November, 10:00',
	]);
});

test('the API was away when a reminder was due, and the appointment was moved meanwhile', async () => {
	const { calendar, bridge, news, pass } = await open();
	const { id } = calendar.book(at(22, '10:00'));
	const other = calendar.book(at(22, '10:10'));
	await bridge.later(MINUTE);
	await news();
	await bridge.control('POST', 'faults', [{ operation: 'sendMessage', status: 503, times: 1000 }]);
	await pass(20 * HOUR);
	calendar.move(id, at(24, '10:00'));
	calendar.edit(other.id, { summary: 'Haircut and colour' });
	await pass(MINUTE);
	await bridge.control('DELETE', 'faults');
	await pass(30 * MINUTE);
	expect(await news()).toEqual(['moved: Tuesday, 24 November, 10:00', 'reminder: Sunday, 22 November, 10:10']);
	expect(await reasons('skipped')).toContain('the appointment was changed or cancelled meanwhile');
});

test.each([
	['and planned in that second', true, 'the appointment was cancelled'],
	['and found when it is due', false, 'the appointment was changed or cancelled meanwhile'],
])('cancelled one second before its reminder is due, %s, it is not reminded of', async (_, atOnce, reason) => {
	const { calendar, clock, bridge, news, pass } = await open({ remind: '[1h]', publicUrl: 'https://bridge.example' });
	const pushed = calendar.book(at(21, '10:00'));
	await bridge.later(MINUTE);
	await pass(17 * HOUR);
	clock.advance(Date.parse(at(21, '09:00')) - clock.now().getTime() - SECOND);
	await bridge.drain();
	calendar.cancel(pushed.id);
	expect(await calendar.push()).toEqual([200]);
	if (atOnce) await bridge.drain();
	await bridge.later(SECOND);
	expect(await news()).toEqual(['booked: Saturday, 21 November, 10:00', 'cancelled: Saturday, 21 November, 10:00']);
	expect(await reasons('skipped')).toEqual([reason]);
});

test('cancelled where no push arrives and looks are rare: the calendar is asked once more before a reminder goes', async () => {
	const { calendar, google, bridge, news, clock } = await open({ remind: '[1h]', keys: 'every: 12h' });
	const gone = calendar.book(at(22, '10:00'));
	calendar.book(at(22, '10:30'));
	await bridge.later(12 * HOUR);
	await bridge.later(12 * HOUR);
	await news();
	// Looked at 14:30 and due again at 2:30; both reminders are due at 9:00 and 9:30.
	await bridge.later(12 * HOUR);
	clock.advance(Date.parse(at(22, '08:59')) - clock.now().getTime());
	calendar.cancel(gone.id);
	const asked = google.requests.length;
	await bridge.later(MINUTE);
	expect(google.requests.slice(asked).filter(({ status }) => status === 200)).toHaveLength(1);
	await bridge.later(SECOND);
	expect(await news()).toEqual(['cancelled: Sunday, 22 November, 10:00']);
	await bridge.later(30 * MINUTE);
	expect(await news()).toEqual(['reminder: Sunday, 22 November, 10:30']);
});

test('Google cannot be reached right when a reminder is due: it goes by what is known', async () => {
	const { calendar, google, bridge, news, pass } = await open({ remind: '[1h]', keys: 'every: 12h' });
	calendar.book(at(22, '10:00'));
	await bridge.later(12 * HOUR);
	await news();
	google.outage(true);
	await pass(2 * DAY);
	expect(await news()).toEqual(['reminder: Sunday, 22 November, 10:00']);
});

test('other reminders in the configuration: new ones are planned, old ones are not sent', async () => {
	const { calendar, bridge, news, pass, restart } = await open({ remind: '[24h, 1h]' });
	calendar.book(at(24, '10:00'));
	await bridge.later(MINUTE);
	await news();
	await restart(undefined, '[2h]');
	await pass(5 * DAY);
	expect(await news()).toEqual(['reminder: Tuesday, 24 November, 10:00']);
	expect(await reasons('skipped')).toEqual(Array(2).fill('the appointment or its reminders were changed meanwhile'));
});
