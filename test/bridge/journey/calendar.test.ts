import { DAY, HOUR, MINUTE } from '../../support/clock';
import { type CalendarWorld, calendarWorld, type WorldOptions } from './calendar-world';

// The clock starts on Friday, 20 November 2026, 14:30 in India.
let world: CalendarWorld;
const open = async (options: WorldOptions = {}) => (world = await calendarWorld(options));
afterEach(() => world.stop());

const TUESDAY = '2026-11-24T16:30:00+05:30';
const WEDNESDAY = '2026-11-25T10:00:00+05:30';

test('an appointment is told when it is booked, and reminded of a day and an hour before', async () => {
	const { calendar, bridge, news, pass } = await open();
	calendar.book(TUESDAY);
	await bridge.later(MINUTE);
	expect(await news()).toEqual(['booked: Tuesday, 24 November, 16:30']);
	await pass(3 * DAY + 2 * HOUR - 2 * MINUTE);
	expect(await news()).toEqual([]);
	await bridge.later(MINUTE);
	expect(await news()).toEqual(['reminder: Tuesday, 24 November, 16:30']);
	await pass(22 * HOUR);
	expect(await news()).toEqual([]);
	await pass(3 * HOUR);
	expect(await news()).toEqual(['reminder: Tuesday, 24 November, 16:30']);
	expect((await bridge.taken()).map(({ to, contact_no }) => to ?? contact_no)).toEqual(Array(3).fill('919876543210'));
	expect((await bridge.taken())[0]?.templateVariables).toEqual({
		'1': 'Kaveri Salon',
		'2': 'Tuesday, 24 November, 16:30',
		'3': '14 MG Road, Bengaluru',
	});
});

test('what was in the calendar before is told to nobody, and reminded of', async () => {
	const { news, pass } = await open({
		before: (calendar) => {
			calendar.book(TUESDAY);
			calendar.book('2026-11-20T20:00:00+05:30');
			calendar.book('2026-11-20T09:00:00+05:30');
		},
	});
	expect(await news()).toEqual([]);
	// A day before the one this evening the bridge was not there: only its last hour is told.
	await pass(5 * HOUR);
	expect(await news()).toEqual(['reminder: Friday, 20 November, 20:00']);
	await pass(4 * DAY);
	expect(await news()).toEqual(Array(2).fill('reminder: Tuesday, 24 November, 16:30'));
});

test('an appointment that is moved is told, and reminded of only at its new time', async () => {
	const { calendar, bridge, news, pass, messages } = await open();
	const { id } = calendar.book(TUESDAY);
	await bridge.later(MINUTE);
	calendar.move(id, WEDNESDAY);
	await bridge.later(MINUTE);
	expect(await news()).toEqual(['booked: Tuesday, 24 November, 16:30', 'moved: Wednesday, 25 November, 10:00']);
	expect((await messages()).filter(({ state }) => state === 'skipped').map(({ reason }) => reason)).toEqual(
		Array(2).fill('the appointment was moved'),
	);
	await pass(6 * DAY);
	expect(await news()).toEqual(Array(2).fill('reminder: Wednesday, 25 November, 10:00'));
});

test('moved after its reminder went out, it is reminded of again', async () => {
	const { calendar, bridge, news, pass } = await open();
	const { id } = calendar.book(TUESDAY);
	await pass(4 * DAY - HOUR);
	expect(await news()).toEqual(['booked: Tuesday, 24 November, 16:30', 'reminder: Tuesday, 24 November, 16:30']);
	calendar.move(id, '2026-11-27T16:30:00+05:30');
	await pass(4 * DAY);
	expect(await news()).toEqual([
		'moved: Friday, 27 November, 16:30',
		'reminder: Friday, 27 November, 16:30',
		'reminder: Friday, 27 November, 16:30',
	]);
	expect((await bridge.messages()).filter(({ state }) => state === 'waiting')).toEqual([]);
});

test('moved there and back, the reminders of the first time stand', async () => {
	const { calendar, bridge, news, pass } = await open();
	const { id } = calendar.book(TUESDAY);
	await bridge.later(MINUTE);
	calendar.move(id, WEDNESDAY);
	await bridge.later(MINUTE);
	calendar.move(id, TUESDAY);
	await bridge.later(MINUTE);
	await pass(6 * DAY);
	expect((await news()).filter((each) => each.startsWith('reminder'))).toEqual(
		Array(2).fill('reminder: Tuesday, 24 November, 16:30'),
	);
});

test('a cancelled one is told, and not reminded of; one that comes back is booked again', async () => {
	const { calendar, bridge, news, pass, messages } = await open();
	const { id } = calendar.book(TUESDAY);
	await bridge.later(MINUTE);
	calendar.cancel(id);
	await bridge.later(MINUTE);
	expect(await news()).toEqual(['booked: Tuesday, 24 November, 16:30', 'cancelled: Tuesday, 24 November, 16:30']);
	expect((await messages()).filter(({ state }) => state === 'skipped').map(({ reason }) => reason)).toEqual(
		Array(2).fill('the appointment was cancelled'),
	);
	calendar.edit(id, { status: 'confirmed' });
	await bridge.later(MINUTE);
	expect(await news()).toEqual(['booked: Tuesday, 24 November, 16:30']);
	await pass(5 * DAY);
	expect(await news()).toEqual(Array(2).fill('reminder: Tuesday, 24 November, 16:30'));
});

test('what a customer does not care for is not told, and what is written is used', async () => {
	const { calendar, bridge, news, pass } = await open();
	const { id } = calendar.book(TUESDAY);
	await bridge.later(MINUTE);
	await news();
	calendar.edit(id, { colorId: '5' } as object);
	await bridge.later(MINUTE);
	calendar.edit(id, { description: '+91 98123 45670, likes tea' });
	await bridge.later(MINUTE);
	expect(await news()).toEqual([]);
	await pass(5 * DAY);
	expect((await bridge.taken()).map(({ to, contact_no }) => to ?? contact_no)).toEqual([
		'919876543210',
		'919812345670',
		'919812345670',
	]);
});

test('a new place is told', async () => {
	const { calendar, bridge, news } = await open();
	const { id } = calendar.book(TUESDAY);
	await bridge.later(MINUTE);
	calendar.edit(id, { location: 'Second floor' });
	await bridge.later(MINUTE);
	expect(await news()).toEqual(['booked: Tuesday, 24 November, 16:30', 'moved: Tuesday, 24 November, 16:30']);
	expect((await bridge.taken())[1]?.templateVariables?.['3']).toBe('Second floor');
});

test('booked within the time of a reminder, that reminder is none', async () => {
	const { calendar, news, pass } = await open();
	calendar.book('2026-11-20T18:00:00+05:30');
	await pass(5 * HOUR);
	expect(await news()).toEqual(['booked: Friday, 20 November, 18:00', 'reminder: Friday, 20 November, 18:00']);
});

test('an appointment without a number is shown, and goes out when the number is added', async () => {
	const { calendar, bridge, news, pass, messages } = await open();
	const { id } = calendar.book(TUESDAY, { description: 'Walk-in' });
	await bridge.later(MINUTE);
	expect(await news()).toEqual([]);
	const held = (await messages()).filter(({ state }) => state === 'held');
	expect(held).toHaveLength(3);
	expect(held[0]?.reason).toMatch(/no number to send to: there is none in the description.*Mend the appointment/);
	calendar.edit(id, { description: 'Walk-in, +91 98765 43210' });
	await pass(5 * DAY);
	expect((await news()).filter((each) => each.startsWith('reminder'))).toEqual(
		Array(2).fill('reminder: Tuesday, 24 November, 16:30'),
	);
});

test('an all-day event is reminded of by the day', async () => {
	const { calendar, bridge, news, pass } = await open({ remind: '[24h]' });
	calendar.book(TUESDAY, { start: { date: '2026-11-26' }, end: { date: '2026-11-27' } });
	await bridge.later(MINUTE);
	expect(await news()).toEqual(['booked: Thursday, 26 November']);
	await pass(4 * DAY + 18 * HOUR + 28 * MINUTE);
	expect(await news()).toEqual([]);
	await bridge.later(MINUTE);
	expect(await news()).toEqual(['reminder: Thursday, 26 November']);
	expect(world.clock.now().toISOString()).toBe('2026-11-25T03:30:00.000Z');
});
