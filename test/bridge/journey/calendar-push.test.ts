import { DAY, HOUR, MINUTE, SECOND } from '../../support/clock';
import { fixture } from '../sources/google-calendar/states';
import { type CalendarWorld, calendarWorld, type WorldOptions } from './calendar-world';

let world: CalendarWorld;
const open = async (options: WorldOptions = {}) =>
	(world = await calendarWorld({ remind: '[1h]', publicUrl: 'https://bridge.example', keys: 'every: 6h', ...options }));
afterEach(() => world.stop());

const WEDNESDAY = '2026-11-25T10:00:00+05:30';
const push = async (headers: Record<string, string>) => {
	const answer = await fetch(`${world.bridge.bridge.url}/webhooks/google-calendar/clinic`, { method: 'POST', headers });
	return { status: answer.status, body: (await answer.json()) as object };
};
const headersOf = (name: string, channel: { id: string; token?: string }, token = channel.token ?? '') => ({
	...Object.fromEntries(
		Object.entries(fixture<{ headers: Record<string, string> }>(name).headers).filter(([key]) =>
			key.startsWith('x-goog'),
		),
	),
	'x-goog-channel-id': channel.id,
	'x-goog-channel-token': token,
});

test('a push makes the calendar be looked at now', async () => {
	const { calendar, bridge, news } = await open();
	expect(calendar.channels.alive()).toMatchObject([
		{ address: 'https://bridge.example/webhooks/google-calendar/clinic' },
	]);
	calendar.book(WEDNESDAY);
	await bridge.later(MINUTE);
	expect(await news()).toEqual([]);
	expect(await calendar.push()).toEqual([200]);
	await bridge.drain();
	expect(await news()).toEqual(['booked: Wednesday, 25 November, 10:00']);
});

test('a push that is lost is made up for by the next regular look', async () => {
	const { calendar, bridge, news } = await open();
	calendar.channels.lose(true);
	calendar.book(WEDNESDAY);
	await calendar.push();
	await bridge.later(6 * HOUR);
	expect(await news()).toEqual(['booked: Wednesday, 25 November, 10:00']);
});

test('ten pushes at once are one look', async () => {
	const { calendar, bridge, google } = await open();
	calendar.book(WEDNESDAY);
	const before = google.calls('calendar');
	await Promise.all(Array.from({ length: 10 }, () => calendar.push()));
	await bridge.drain();
	expect(google.calls('calendar')).toBe(before + 1);
});

test('what is pushed is believed by channel and token only', async () => {
	const { calendar } = await open();
	const [channel] = calendar.channels.alive();
	if (!channel) throw new Error('no channel');
	const answers = [
		await push(headersOf('push.sync', channel)),
		await push(headersOf('push.exists', channel)),
		await push(headersOf('push.not-exists', channel)),
		await push(headersOf('push.wrong-token', channel, 'someone-else')),
		await push(headersOf('push.exists', { ...channel, token: '' })),
		await push(headersOf('push.exists', { ...channel, id: 'another' })),
		await push({}),
	];
	expect(
		answers.map(({ status, body }) => [status, 'received' in body ? body.received : 'reason' in body && body.reason]),
	).toEqual([
		[200, 'sync'],
		[200, 'changed'],
		[200, 'changed'],
		[401, 'bad-token'],
		[401, 'bad-token'],
		[404, 'unknown-channel'],
		[400, 'missing-headers'],
	]);
});

test('a channel is renewed a day before it ends: both are good for a while, then the old one is closed', async () => {
	const { calendar, bridge, news } = await open();
	const [first] = calendar.channels.alive();
	for (let hours = 0; hours < 6 * 24; hours += 6) await bridge.later(6 * HOUR);
	expect(calendar.channels.alive()).toHaveLength(2);
	calendar.book('2026-12-20T10:00:00+05:30');
	expect(await calendar.push()).toEqual([200, 200]);
	await bridge.drain();
	expect(await news()).toHaveLength(1);
	await bridge.later(6 * HOUR);
	expect(calendar.channels.stopped).toEqual([first?.id]);
	expect(calendar.channels.alive()).toHaveLength(1);
	for (let days = 0; days < 21; days += 1) await bridge.later(DAY);
	expect(calendar.channels.alive().length).toBeGreaterThan(0);
});

test('after a restart pushes are believed as before, and no second channel is opened', async () => {
	const { calendar, bridge, news, restart } = await open();
	await restart();
	await bridge.drain();
	expect(calendar.channels.alive()).toHaveLength(1);
	calendar.book(WEDNESDAY);
	await bridge.later(SECOND);
	expect(await calendar.push()).toEqual([200]);
	await bridge.drain();
	expect(await news()).toHaveLength(1);
});

test('down until the channel ended: another is opened', async () => {
	const { calendar, bridge, clock, restart } = await open();
	await restart(() => {
		clock.advance(8 * DAY);
	});
	expect(calendar.channels.alive()).toHaveLength(0);
	await bridge.drain();
	expect(calendar.channels.alive()).toHaveLength(1);
});

test('Google refuses the channel: told once an hour, and looks go on', async () => {
	const { calendar, google, bridge, news } = await open({ keys: 'every: 1m' });
	for (const { id, resourceId } of calendar.channels.alive()) calendar.channels.stop({ id, resourceId });
	const refusal = { status: 401, body: { error: { code: 401, message: 'Unauthorized WebHook callback channel' } } };
	google.fail('calendar', refusal, { times: 4, when: ({ path }) => path.endsWith('/watch') });
	world.clock.advance(8 * DAY);
	calendar.book('2026-12-02T10:00:00+05:30');
	await bridge.drain();
	await bridge.later(30 * MINUTE);
	expect(await news()).toEqual(['booked: Wednesday, 2 December, 10:00']);
	expect(google.calls('calendar', '/watch')).toBe(3);
	await bridge.later(31 * MINUTE);
	expect(google.calls('calendar', '/watch')).toBe(5);
});

test('without https no channel is asked for', async () => {
	const { google } = await open({ publicUrl: 'http://bridge.example' });
	expect(google.calls('calendar', '/watch')).toBe(0);
});
