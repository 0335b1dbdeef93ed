import { person, SheetWorld } from '../sources/google-sheets/sheet-world';

test('a sheet of some thousand rows is named and stored in few requests, and over a stop in the middle', async () => {
	const mapping = 'on: sheet.row\ntemplate: sale\nwhen: row.Name == "nobody"\nvariables: { "1": x, "2": y }\n';
	const rows = Array.from({ length: 6000 }, (_, n) => person(n));
	const world = await SheetWorld.start({ rows, mappings: { 'sale.yaml': mapping } });
	try {
		let posts = 0;
		world.sheets.meanwhile(({ method }) => {
			posts += method === 'POST' ? 1 : 0;
			// The header, the ids, then: stored, and Google goes away before the statuses are written.
			return posts === 3 ? 'refuse' : undefined;
		});
		await world.test.drain();
		world.sheets.meanwhile(() => undefined);
		await world.restart();
		await world.settle(2);
		expect(new Set(world.tab.all('WhatsApp id')).size).toBe(6000);
		expect(new Set(world.statuses())).toEqual(new Set(['not sent']));
		const { items } = await world.test.admin<{ items: { duplicates: number }[] }>('/events?limit=1');
		expect(items).toHaveLength(1);
		expect(world.google.requests.length).toBeLessThan(40);
		const largest = Math.max(...world.google.requests.map(({ body }) => JSON.stringify(body ?? '').length));
		expect(largest).toBeLessThan(2_000_000);
	} finally {
		await world.stop();
	}
}, 120_000);
