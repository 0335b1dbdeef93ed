import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DAY, HOUR, MINUTE } from '../../../support/clock';
import { person, SheetWorld } from './sheet-world';

const answer = (name: string): { status: number; body: unknown } => {
	const body = JSON.parse(
		readFileSync(join(__dirname, `../../../fixtures/google/sheets/error.${name}.json`), 'utf8'),
	) as { error: { code: number } };
	return { status: body.error.code, body };
};

let world: SheetWorld;
beforeEach(async () => {
	world = await SheetWorld.start({ rows: [person(1), person(2)] });
});
afterEach(() => world.stop());

const fault = async () => (await world.test.bridge.feeds()).find(({ source }) => source === 'diwali')?.fault ?? '';

test.each([
	['403-not-shared', /Share it with the service account's address messlo-bridge@acme-shop/],
	['404', /See that the id is right, and share it with/],
	['400-range', /has no sheet 'Broadcast': it was renamed or removed.*under 'sheet' of the source/],
	['429', /Google asks to slow down/],
])('what Google answers as %s is told with what to do, and over when it is over', async (name, text) => {
	world.google.fail('sheets', answer(name), { times: 3 });
	await world.test.drain();
	expect(await fault()).toMatch(text);
	expect(world.test.logLines.join('\n')).not.toMatch(/ya29\.|PRIVATE KEY|98765/);
	await world.settle(6);
	expect(await fault()).toBe('');
	expect(await world.told()).toEqual(['Person 1', 'Person 2']);
});

test('a sheet that was renamed is told with the names there are', async () => {
	world.tab.title = 'Diwali 2026';
	await world.test.drain();
	expect(await fault()).toContain("has no sheet 'Broadcast' (it has: Notes, Diwali 2026)");
	world.tab.title = 'Broadcast';
	await world.settle();
	expect(await world.told()).toHaveLength(2);
});

test.each([
	[['Name', 'Mobile'], /has no column 'Phone'; its first row has: Name, Mobile/],
	[['Phone', 'Name', ' phone'], /has the column 'Phone' twice/],
	[['', ' '], /The first row of the sheet 'Broadcast' is empty/],
])('a header %p is told, and nothing is sent', async (header, text) => {
	world.tab.rows[0] = header;
	await world.test.drain();
	expect(await fault()).toMatch(text);
	expect(await world.told()).toEqual([]);
});

test('names of columns are found however they are spaced and capitalised', async () => {
	world.tab.rows[0] = ['Name', ' PHONE ', 'status', '', 'Name'];
	world.tab.rows[1]?.push('', '', 'another name');
	await world.settle();
	expect(await world.told()).toEqual(['Person 1', 'Person 2']);
	expect(world.tab.rows[0].slice(0, 5)).toEqual(['Name', ' PHONE ', 'status', '', 'Name']);
});

test('a sheet that is full to its last column gets more', async () => {
	world.tab.columns = 3;
	await world.settle();
	expect(world.tab.columns).toBe(7);
	expect(await world.told()).toHaveLength(2);
});

test('Retry-After is waited for', async () => {
	world.google.fail('sheets', { ...answer('429'), headers: { 'retry-after': '120' } });
	await world.test.drain();
	const asked = world.google.requests.length;
	await world.test.later(110_000);
	expect(world.google.requests.length).toBe(asked);
	await world.test.later(11_000);
	expect(world.google.requests.length).toBeGreaterThan(asked);
});

test('writing that fails is tried again, and says why meanwhile', async () => {
	await world.test.drain();
	world.google.fail('sheets', answer('403-not-shared'), { times: 2, when: ({ method }) => method === 'POST' });
	world.tab.rows.push(person(3));
	await world.settle(10);
	expect(await world.told()).toEqual(['Person 1', 'Person 2', 'Person 3']);
	expect(world.statuses().every((status) => /^(sent|delivered|read)$/.test(status))).toBe(true);
});

test('a day without Google: afterwards every row has gone, once', async () => {
	await world.settle(1);
	world.tab.rows.push(person(3));
	world.google.outage(true);
	for (let hour = 0; hour < 24; hour += 1) await world.test.later(HOUR);
	world.tab.rows.splice(1, 0, person(4));
	expect(await fault()).toMatch(/cannot be reached/);
	world.google.outage(false);
	await world.test.later(5 * MINUTE);
	await world.settle(10);
	expect((await world.told()).sort()).toEqual(['Person 1', 'Person 2', 'Person 3', 'Person 4']);
	expect(world.statuses().every((status) => /^(sent|delivered|read)$/.test(status))).toBe(true);
});

test('a day without the bridge: what was added meanwhile goes when it is back', async () => {
	await world.settle(1);
	await world.test.bridge.stop();
	world.tab.rows.push(person(3));
	world.clock.advance(DAY);
	await world.test.startBridge();
	await world.settle();
	expect(await world.told()).toEqual(['Person 1', 'Person 2', 'Person 3']);
});

test('the quota of Google is never used up: a long sheet is read in several minutes', async () => {
	world.google.quota('sheets', 'read', 60);
	world.google.quota('sheets', 'write', 60);
	world.tab.spareRows = 400_000;
	await world.test.drain();
	const reads = () => world.google.requests.filter(({ method }) => method === 'GET').length;
	expect(reads()).toBeLessThanOrEqual(50);
	await world.settle(5);
	expect(world.google.requests.filter(({ status }) => status === 429)).toEqual([]);
	expect(await world.told()).toEqual(['Person 1', 'Person 2']);
});
