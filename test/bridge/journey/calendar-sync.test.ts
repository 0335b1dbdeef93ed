import { DAY, MINUTE } from '../../support/clock';
import { type CalendarWorld, calendarWorld, type WorldOptions } from './calendar-world';

// The clock starts on Friday, 20 November 2026, 14:30 in India.
let world: CalendarWorld;
const open = async (options: WorldOptions = {}) => (world = await calendarWorld({ remind: '[1h]', ...options }));
afterEach(() => world.stop());

const at = (day: number, time: string) => `2026-11-${day}T${time}:00+05:30`;
const lists = () =>
	world.google.requests
		.filter(({ path, status }) => path.endsWith('/events') && status === 200)
		.map(({ query }) => query);
const PUBLIC = 'https://bridge.example';

test('only changes are asked for; everything once a day, and when Google forgot the token', async () => {
	const { calendar, bridge, news } = await open();
	await bridge.later(MINUTE);
	await bridge.later(MINUTE);
	expect(lists().map((query) => 'syncToken' in query)).toEqual([false, true, true]);
	expect(lists()[0]).toMatchObject({ timeMin: '2026-11-19T09:00:00.000Z', timeMax: '2027-11-20T09:00:00.000Z' });
	calendar.book(at(25, '10:00'));
	const gone = calendar.book(at(26, '10:00'));
	await bridge.later(MINUTE);
	expect(await news()).toHaveLength(2);
	calendar.forgetTokens();
	calendar.cancel(gone.id);
	calendar.book(at(27, '10:00'));
	await bridge.later(MINUTE);
	// Nothing is announced twice, and what was deleted while the token was lost is not missed.
	expect((await news()).sort()).toEqual([
		'booked: Friday, 27 November, 10:00',
		'cancelled: Thursday, 26 November, 10:00',
	]);
	const before = lists().length;
	await bridge.later(DAY);
	await bridge.later(MINUTE);
	expect(
		lists()
			.slice(before)
			.map((query) => 'syncToken' in query),
	).toEqual([false, true]);
	expect(await news()).toEqual([]);
});

test('pages are read to the last; the line cut in between, it begins again and tells nothing twice', async () => {
	const { calendar, google, bridge, news } = await open();
	calendar.pagesOf(2);
	for (const day of [23, 24, 25, 26, 27]) calendar.book(at(day, '10:00'));
	google.fail('calendar', 'cut', { when: ({ query }) => query.has('pageToken') });
	await bridge.later(MINUTE);
	expect(await news()).toEqual([]);
	expect((await bridge.messages()).length).toBe(0);
	await bridge.later(5_000);
	expect(await news()).toHaveLength(5);
	await bridge.later(MINUTE);
	expect(await news()).toEqual([]);
});

test('stopped between what was stored and the token, the next start stores nothing twice', async () => {
	const { calendar, bridge, google, news, restart } = await open();
	for (const day of [23, 24, 25]) calendar.book(at(day, '10:00'));
	await bridge.later(MINUTE);
	expect(await news()).toHaveLength(3);
	// As if the token had not been saved: the same changes come once more, with one that is new.
	await restart(() => {
		calendar.forgetTokens();
		calendar.book(at(26, '10:00'));
	});
	await bridge.later(MINUTE);
	expect(await news()).toEqual(['booked: Thursday, 26 November, 10:00']);
	expect(google.calls('calendar')).toBeGreaterThan(3);
});

test('Google asks to slow down, with 403: it is left alone for a minute, pushes or not', async () => {
	const { calendar, google, bridge, news } = await open({ publicUrl: PUBLIC });
	calendar.book(at(25, '10:00'));
	google.quota('calendar', 'requests', 0);
	await bridge.later(MINUTE);
	const asked = google.calls('calendar');
	await calendar.push();
	await bridge.later(30_000);
	expect(google.calls('calendar')).toBe(asked);
	google.quota('calendar', 'requests', 100);
	await bridge.later(30_000);
	expect(await news()).toEqual(['booked: Wednesday, 25 November, 10:00']);
});

test('a calendar that is not shared says with whom to share it, and is read when it is', async () => {
	const { calendar, bridge, news } = await open();
	calendar.share(false);
	calendar.book(at(25, '10:00'));
	await bridge.later(MINUTE);
	expect(bridge.logLines.join('\n')).toMatch(/share it with the service account's address messlo-bridge@acme-shop/);
	calendar.share(true);
	await bridge.later(MINUTE);
	expect(await news()).toEqual(['booked: Wednesday, 25 November, 10:00']);
});

describe('a series', () => {
	const mondays = [30, 23].map((day) => at(day, '07:00')).concat('2026-12-07T07:00:00+05:30');
	test('is told once, for its next date, and each date is reminded of', async () => {
		const { calendar, bridge, news, pass } = await open();
		calendar.bookSeries(mondays);
		await bridge.later(MINUTE);
		expect(await news()).toEqual(['booked: Monday, 23 November, 07:00']);
		await pass(20 * DAY);
		expect(await news()).toEqual(
			['23 November', '30 November', '7 December'].map((day) => `reminder: Monday, ${day}, 07:00`),
		);
	});
	test('one date moved, one cancelled: each is told, the others stand', async () => {
		const { calendar, bridge, news, pass } = await open();
		const [second, first, third] = calendar.bookSeries(mondays);
		await bridge.later(MINUTE);
		await news();
		calendar.move(second?.id ?? '', '2026-12-01T08:00:00+05:30');
		world.clock.advance(10);
		calendar.cancel(third?.id ?? '');
		await bridge.later(MINUTE);
		expect(await news()).toEqual(['moved: Tuesday, 1 December, 08:00', 'cancelled: Monday, 7 December, 07:00']);
		await pass(20 * DAY);
		expect(await news()).toEqual(['reminder: Monday, 23 November, 07:00', 'reminder: Tuesday, 1 December, 08:00']);
		expect(first?.status).toBe('confirmed');
	});
	test('moved or deleted as a whole is told once', async () => {
		const { calendar, bridge, news, pass } = await open();
		const dates = calendar.bookSeries(mondays);
		await bridge.later(MINUTE);
		await news();
		for (const { id, start } of dates) calendar.move(id, (start?.dateTime ?? '').replace('T07', 'T08'));
		await bridge.later(MINUTE);
		expect(await news()).toEqual(['moved: Monday, 23 November, 08:00']);
		await pass(4 * DAY);
		expect(await news()).toEqual(['reminder: Monday, 23 November, 08:00']);
		for (const { id } of dates) calendar.cancel(id);
		await bridge.later(MINUTE);
		expect(await news()).toEqual(['cancelled: Monday, 30 November, 08:00']);
		await pass(20 * DAY);
		expect(await news()).toEqual([]);
	});
});

test('moved far away and back', async () => {
	const { calendar, bridge, news, pass } = await open({ keys: 'ahead: 30d' });
	const { id } = calendar.book(at(25, '10:00'));
	await bridge.later(MINUTE);
	calendar.move(id, '2028-01-10T10:00:00+05:30');
	await pass(10 * DAY);
	expect(await news()).toEqual(['booked: Wednesday, 25 November, 10:00', 'moved: Monday, 10 January, 10:00']);
	calendar.move(id, '2026-12-10T10:00:00+05:30');
	await pass(15 * DAY);
	expect(await news()).toEqual(['moved: Thursday, 10 December, 10:00', 'reminder: Thursday, 10 December, 10:00']);
});

test('booked beyond what is looked at, it is reminded of when it comes near, and not told as new', async () => {
	const { calendar, bridge, news, pass } = await open({
		keys: 'ahead: 30d',
		before: (each) => void each.book('2027-01-20T10:00:00+05:30'),
	});
	expect(await bridge.messages()).toEqual([]);
	for (let day = 0; day < 40; day += 1) await bridge.later(DAY);
	expect(await news()).toEqual([]);
	await pass(30 * DAY);
	expect(await news()).toEqual(['reminder: Wednesday, 20 January, 10:00']);
	expect(calendar.get('ev1').status).toBe('confirmed');
});
