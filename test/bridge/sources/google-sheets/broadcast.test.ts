import { HOUR } from '../../../support/clock';
import { person, SheetWorld } from './sheet-world';

let world: SheetWorld;
afterEach(() => world.stop());

test('every row goes once, and says what became of it', async () => {
	world = await SheetWorld.start({ rows: [person(1), person(2), [], person(3)] });
	await world.settle();
	expect(await world.told()).toEqual(['Person 1', 'Person 2', 'Person 3']);
	expect(world.tab.rows[0]).toEqual([
		'Name',
		'Phone',
		'Status',
		'WhatsApp message id',
		'WhatsApp time',
		'WhatsApp error',
		'WhatsApp id',
	]);
	const row = world.row('Person 2');
	expect(row['Status']).toMatch(/^(sent|delivered|read)$/);
	expect(row['WhatsApp message id']).not.toBe('');
	expect(row['WhatsApp time']).toMatch(/^2026-11-20 14:3\d:\d\d$/);
	expect(row['WhatsApp error']).toBe('');
	expect(new Set(world.tab.all('WhatsApp id').filter(Boolean)).size).toBe(3);
	expect(world.tab.rows[3]).toEqual([]);
	await world.settle();
	expect(await world.told()).toHaveLength(3);
});

test('a row that a person gave a status of their own is left alone', async () => {
	world = await SheetWorld.start({ rows: [[...person(1), 'called'], person(2)] });
	await world.settle();
	expect(await world.told()).toEqual(['Person 2']);
	expect(world.row('Person 1')).toMatchObject({ Status: 'called', 'WhatsApp id': '' });
});

test('a row is sent again when its status says so, as often as it does, and each time only once', async () => {
	world = await SheetWorld.start({ rows: [person(1), person(2)] });
	await world.settle();
	for (const mark of ['send', ' SEND ']) {
		world.tab.set(world.tab.find('Name', 'Person 1'), 'Status', mark);
		await world.settle();
	}
	await world.restart();
	await world.settle();
	expect(await world.told()).toEqual(['Person 1', 'Person 2', 'Person 1', 'Person 1']);
	expect(world.statuses()).not.toContain('queued');
});

test('with send: marked only marked rows go, by the words that were configured', async () => {
	world = await SheetWorld.start({
		rows: [person(1), [...person(2), 'Jetzt'], [...person(3), 'send']],
		keys: 'send: marked, marks: [go, JETZT]',
	});
	await world.settle();
	expect(await world.told()).toEqual(['Person 2']);
	expect(world.statuses()[0]).toBe('');
	expect(world.statuses()[2]).toBe('send');
});

test('two rows with the same content go once; the second says so, and goes when it is marked', async () => {
	world = await SheetWorld.start({ rows: [person(1), person(1)] });
	await world.settle();
	expect(await world.told()).toEqual(['Person 1']);
	const [, , second] = world.tab.rows;
	expect(world.tab.cell(second, 'Status')).toBe('skipped');
	expect(world.tab.cell(second, 'WhatsApp error')).toMatch(/^another row with the same content .* Write 'send'/);
	world.tab.set(second, 'Status', 'send');
	await world.settle();
	expect(await world.told()).toEqual(['Person 1', 'Person 1']);
});

test('a row that lost its id and its status is not sent again', async () => {
	world = await SheetWorld.start({ rows: [person(1)] });
	await world.settle();
	const row = world.tab.find('Name', 'Person 1');
	for (const column of ['Status', 'WhatsApp id']) world.tab.set(row, column, '');
	await world.settle();
	expect(await world.told()).toEqual(['Person 1']);
	expect(world.row('Person 1')['Status']).toBe('skipped');
});

test('a row whose status was cleared says again what became of it, also after an edit', async () => {
	world = await SheetWorld.start({ rows: [person(1)] });
	await world.settle();
	const row = world.tab.find('Name', 'Person 1');
	world.tab.set(row, 'Status', '');
	world.tab.set(row, 'Name', 'Person One');
	await world.settle();
	expect(await world.told()).toEqual(['Person 1']);
	expect(world.row('Person One')['Status']).toMatch(/^(sent|delivered|read)$/);
});

test('a copied row with its id and another number is a row of its own', async () => {
	world = await SheetWorld.start({ rows: [person(1)] });
	await world.settle();
	const copy = [...(world.tab.rows[1] ?? [])];
	[copy[0], copy[1], copy[2]] = ['Person 9', '+91 98765 49999', ''];
	world.tab.rows.splice(1, 0, copy);
	await world.settle();
	expect(await world.told()).toEqual(['Person 1', 'Person 9']);
	expect(new Set(world.tab.all('WhatsApp id')).size).toBe(2);
});

test('rows that say that they are rehearsals or opted out are not sent', async () => {
	world = await SheetWorld.start({
		header: ['Name', 'Phone', 'Rehearsal', 'No messages', 'Status'],
		rows: [
			[...person(1), 'yes'],
			[...person(2), '', 'TRUE'],
			['', '+91 98765 40003', 'x'],
			['Person 4', '12', 'yes'],
		],
		keys: 'dryRun: Rehearsal, optOut: No messages',
	});
	await world.settle();
	expect(await world.told()).toEqual([]);
	expect(world.row('Person 1')['Status']).toBe(
		'dry run: would send sale (en_US) to +919876540001 · {{1}} Person 1 · {{2}} DIWALI',
	);
	expect(world.row('Person 2')['Status']).toBe('opted out');
	expect(world.statuses()[2]).toMatch(/would not send sale .*: variable 1 of 'sale' is empty: row.Name is missing/);
	expect(world.statuses()[3]).toMatch(/would not send sale .*'12' is not a phone number/);

	world.tab.set(world.tab.find('Name', 'Person 1'), 'Rehearsal', '');
	await world.settle();
	expect(await world.told()).toEqual(['Person 1']);
});

test('a message that is held says why, and goes when the row was mended and marked', async () => {
	world = await SheetWorld.start({ rows: [['Person 1', '12345']] });
	await world.settle();
	expect(world.row('Person 1')).toMatchObject({
		Status: 'held',
		'WhatsApp error': expect.stringMatching(/is not a phone number.*then write 'send' into the status cell/) as string,
	});
	const row = world.tab.find('Name', 'Person 1');
	world.tab.set(row, 'Phone', '+91 98765 43210');
	world.tab.set(row, 'Status', 'send');
	await world.settle();
	expect(await world.told()).toEqual(['Person 1']);
});

test('a row that no mapping wants says so', async () => {
	const mapping = 'on: sheet.row\ntemplate: sale\nwhen: row.City == "Pune"\nvariables: { "1": "{{ row.Name }}" }\n';
	world = await SheetWorld.start({
		header: ['Name', 'Phone', 'City'],
		rows: [[...person(1), 'Goa']],
		mappings: { 'sale.yaml': mapping },
	});
	await world.settle();
	expect(world.row('Person 1')).toMatchObject({ Status: 'not sent' });
	expect(world.row('Person 1')['WhatsApp error']).toContain('row.City == "Pune"');
});

test('rows that are added, moved, sorted and deleted later are found where they are', async () => {
	world = await SheetWorld.start({ rows: [person(1), person(2), person(3)] });
	await world.test.drain();
	const [header = [], one = [], two = [], three = []] = world.tab.rows;
	world.tab.rows.splice(0, 4, header, person(4), three, one, two);
	await world.settle(1);
	world.tab.rows.splice(4, 1);
	await world.settle();
	expect((await world.told()).sort()).toEqual(['Person 1', 'Person 2', 'Person 3', 'Person 4']);
	expect(world.statuses().every((status) => /^(sent|delivered|read)$/.test(status))).toBe(true);
});

test('columns may be moved and added while it runs', async () => {
	world = await SheetWorld.start({ rows: [person(1)] });
	await world.settle(1);
	for (const row of world.tab.rows) row.splice(1, 0, row === world.tab.rows[0] ? 'City' : 'Pune');
	world.tab.rows.push(['Person 2', 'Goa', '+91 98765 40002']);
	await world.settle();
	expect(await world.told()).toEqual(['Person 1', 'Person 2']);
	expect(world.tab.all('City')).toEqual(['Pune', 'Goa']);
	expect(world.tab.all('Phone')).toEqual(['+91 98765 40001', '+91 98765 40002']);
	expect(world.row('Person 1')['Status']).toMatch(/^(sent|delivered|read)$/);
});

test('progress tells how many are sent and how long the rest takes', async () => {
	world = await SheetWorld.start({ rows: Array.from({ length: 30 }, (_, n) => person(n)) });
	await world.test.control('POST', 'faults', [
		{ operation: 'sendMessage', status: 429, headers: { 'retry-after': '600' }, times: 16 },
	]);
	await world.settle(1);
	const states = async () => (await world.test.bridge.feeds()).find(({ source }) => source === 'diwali')?.progress;
	expect(await states()).toMatchObject({ sent: 0, waiting: 30, perSecond: null, etaSeconds: null, rows: 30 });
	await world.test.later(HOUR);
	await world.settle(1);
	expect(await states()).toMatchObject({ sent: 30, waiting: 0, etaSeconds: 0 });
	expect(world.test.logLines.some((line) => line.includes('"stage":"progress"') && line.includes('"waiting":30'))).toBe(
		true,
	);
});
