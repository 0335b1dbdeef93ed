import { DAY, MINUTE } from '../../../support/clock';
import { person, SheetWorld } from './sheet-world';

let world: SheetWorld;
afterEach(() => world.stop());

test('every row goes once, and says what became of it', async () => {
	world = await SheetWorld.start({ rows: [person(1), person(2), person(3)] });
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
	expect(new Set(world.tab.all('WhatsApp id')).size).toBe(3);
	await world.settle();
	expect(await world.told()).toHaveLength(3);
});
void [DAY, MINUTE];
