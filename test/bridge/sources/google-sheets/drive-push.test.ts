import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { driveChannel } from '../../../../bridge/src/sources/google-sheets/drive-channel';
import type { FeedRoom } from '../../../../bridge/src/sources/feed';
import { HOUR } from '../../../support/clock';
import { person, SheetWorld, SPREADSHEET } from './sheet-world';

const fixture = (name: string) =>
	(
		JSON.parse(readFileSync(join(__dirname, `../../../fixtures/google/drive/push.${name}.json`), 'utf8')) as {
			headers: Record<string, string>;
		}
	).headers;

describe('notifications as Google sends them', () => {
	const door = async () => {
		const channel = driveChannel({ id: 'orders', spreadsheet: SPREADSHEET } as never);
		const { 'x-goog-channel-id': id, 'x-goog-channel-token': token } = fixture('sync');
		const room = {
			now: () => new Date('2026-11-23T00:00:00Z'),
			publicUrl: 'http://127.0.0.1',
			cursor: async () => JSON.stringify([{ id, token, expiresAt: Date.parse('2026-11-23T13:06:40Z') }]),
		};
		await channel.keep(room as unknown as FeedRoom);
		return channel.door;
	};
	test.each([
		['sync', { ok: true, result: 'sync' }],
		['update-content', { ok: true, result: 'update', look: true }],
		['update-permissions', { ok: true, result: 'nothing to read: permissions' }],
		['trash', { ok: true, result: 'trash', look: true }],
	])('%s', async (name, verdict) => {
		expect((await door())({ headers: fixture(name), body: undefined })).toEqual(verdict);
	});
	test.each([
		{ 'x-goog-channel-token': 'sheet-orders-2' },
		{ 'x-goog-channel-token': undefined },
		{ 'x-goog-channel-id': 'another' },
	])('%p is nobody we know', async (changes) => {
		const headers = { ...fixture('update-content'), ...changes };
		expect((await door())({ headers, body: undefined })).toMatchObject({
			ok: false,
			status: 401,
			reason: 'unknown-channel',
		});
	});
});

describe('a channel', () => {
	let world: SheetWorld;
	beforeEach(async () => {
		world = await SheetWorld.start({ rows: [person(1)], publicUrl: 'https://bridge.example.com', keys: 'every: 6h' });
		world.drive.channels.reach(world.test.bridge.url);
		await world.test.drain();
	});
	afterEach(() => world.stop());
	const alive = () => world.drive.channels.alive(SPREADSHEET);

	test('is made, and what is pushed is looked at long before the next look is due', async () => {
		expect(alive()).toMatchObject([{ address: 'https://bridge.example.com/webhooks/google-drive/diwali' }]);
		world.tab.rows.push(person(2));
		expect(await world.drive.channels.notify(SPREADSHEET, 'update', { 'x-goog-changed': 'content' })).toEqual([200]);
		await world.test.drain();
		expect(await world.told()).toEqual(['Person 1', 'Person 2']);
	});

	test('is renewed before it ends, the new one first; and is known after a restart', async () => {
		const [first] = alive();
		await world.test.later(22 * HOUR);
		const [second, third] = alive();
		expect(third).toBeUndefined();
		expect(second?.id).not.toBe(first?.id);
		expect(world.drive.channels.stopped).toEqual([first?.id]);
		await world.restart();
		world.drive.channels.reach(world.test.bridge.url);
		await world.test.drain();
		expect(alive()).toEqual([second]);
		expect(await world.drive.channels.notify(SPREADSHEET, 'update', { 'x-goog-changed': 'content' })).toEqual([200]);
	});

	test('that loses its notifications loses no row', async () => {
		world.drive.channels.lose(true);
		world.tab.rows.push(person(2));
		await world.test.later(6 * HOUR);
		expect(await world.told()).toEqual(['Person 1', 'Person 2']);
	});
});

test('without a channel the sheet is looked at all the same', async () => {
	const world = await SheetWorld.start({ rows: [person(1)] });
	try {
		await world.test.drain();
		expect(world.google.calls('drive')).toBe(0);
		expect(await world.told()).toEqual(['Person 1']);
	} finally {
		await world.stop();
	}
});

test('a channel that Google refuses is told once in a while and not asked for all the time', async () => {
	const world = await SheetWorld.start({ rows: [person(1)], publicUrl: 'https://bridge.example.com' });
	try {
		const body = { error: { code: 403, message: 'off', errors: [{ reason: 'accessNotConfigured' }] } };
		world.google.fail('drive', { status: 403, body }, { times: 99 });
		await world.settle(3);
		expect(world.google.calls('drive')).toBe(1);
		expect(world.test.logLines.filter((line) => line.includes('does not push changes'))).toHaveLength(1);
		expect(await world.told()).toEqual(['Person 1']);
	} finally {
		await world.stop();
	}
});
