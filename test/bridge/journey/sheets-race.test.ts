import fc from 'fast-check';
import { MINUTE } from '../../support/clock';
import { person, SheetWorld } from '../sources/google-sheets/sheet-world';

const HEADER = ['Name', 'Phone', 'Code', 'Status'];
const START = 6;

/** What happens just before a request to Google is done, or to its answer. */
const happening = fc.oneof(
	{ weight: 4, arbitrary: fc.constant({ what: 'nothing' as const, from: 0, to: 0 }) },
	{
		weight: 5,
		arbitrary: fc.record({
			what: fc.constantFrom('move', 'reverse', 'insert', 'insert-empty', 'remove', 'edit', 'fill'),
			from: fc.nat(20),
			to: fc.nat(20),
		}),
	},
	{
		weight: 1,
		arbitrary: fc.record({ what: fc.constantFrom('refuse', 'lose-answer'), from: fc.constant(0), to: fc.constant(0) }),
	},
);
type Happening = { what: string; from: number; to: number };

/** A person who works in the sheet while the bridge does; Name stands for the row and is never edited. */
class Person {
	private made = START;
	readonly removed = new Set<string>();
	constructor(private readonly world: SheetWorld) {}

	do({ what, from, to }: Happening): void {
		const { tab } = this.world;
		const place = (n: number) => 1 + (n % Math.max(1, tab.rows.length - 1));
		const row = tab.rows[place(from)];
		if (what === 'insert') tab.rows.splice(place(from), 0, [...this.newcomer(), `C${to}`]);
		if (what === 'insert-empty') tab.rows.splice(place(from), 0, []);
		if (tab.rows.length < 2 || !row) return;
		if (what === 'move') tab.rows.splice(place(to), 0, ...tab.rows.splice(place(from), 1));
		if (what === 'reverse') tab.rows.splice(1, tab.rows.length, ...tab.rows.slice(1).reverse());
		if (what === 'edit' && row[0]) tab.set(row, 'Code', `edited ${to}`);
		if (what === 'fill') this.fill();
		if (what === 'remove') {
			if (row[0]) this.removed.add(row[0]);
			tab.rows.splice(place(from), 1);
		}
	}

	/** Somebody types a person into a row that was left empty. */
	fill(): void {
		const empty = this.world.tab.rows.find((row, index) => index > 0 && (row[0] ?? '') === '');
		if (!empty) return;
		const [name = '', phone = ''] = this.newcomer();
		this.world.tab.set(empty, 'Name', name);
		this.world.tab.set(empty, 'Phone', phone);
	}

	private newcomer(): string[] {
		this.made += 1;
		return person(this.made);
	}
}

const count = (names: readonly string[]) =>
	Object.fromEntries([...new Set(names)].sort().map((name) => [name, names.filter((each) => each === name).length]));

async function play(happenings: readonly Happening[], restarts: readonly number[]): Promise<void> {
	const rows = Array.from({ length: START }, (_, n) => [...person(n + 1), 'A']);
	const world = await SheetWorld.start({ header: HEADER, rows, keys: 'every: 10s' });
	try {
		const someone = new Person(world);
		let requests = 0;
		world.sheets.meanwhile(() => {
			const now = happenings[requests];
			requests += 1;
			if (now?.what === 'refuse' || now?.what === 'lose-answer') return now.what;
			if (now) someone.do(now);
			return undefined;
		});
		for (let round = 0; requests < happenings.length && round < 60; round += 1) {
			await world.test.later(11_000);
			if (restarts.includes(round)) await world.restart();
		}
		world.sheets.meanwhile(() => undefined);
		// After its last failure the bridge waits for up to five minutes.
		await world.test.later(6 * MINUTE);
		someone.fill();
		await world.settle(4);
		const told = await world.told();
		const there = world.tab.all('Name').filter(Boolean);
		expect(count(told.filter((name) => !someone.removed.has(name)))).toEqual(count(there));
		expect(Object.values(count(told)).filter((times) => times > 1)).toEqual([]);
		const open = world.tab.rows
			.slice(1)
			.filter((row) => row[0])
			.map((row) => [row[0], world.tab.cell(row, 'Status')])
			.filter(([, status]) => !/^(sent|delivered|read)$/.test(status ?? ''));
		expect(open).toEqual([]);
	} finally {
		await world.stop();
	}
}

const script = (text: string): Happening[] =>
	text.split(' ').map((each) => {
		const [what = '', from, to] = each.split(':');
		return { what, from: Number(from), to: Number(to) };
	});
// A seed found it: a new id landed on a row that was queued and had moved there, and its status was told no more.
const NAMED_BY_MISTAKE: [Happening[], number[]] = [
	script(
		'nothing:0:0 nothing:0:0 nothing:0:0 lose-answer:0:0 refuse:0:0 remove:10:2 insert-empty:3:19 lose-answer:0:0 refuse:0:0 nothing:0:0 insert-empty:18:14 edit:16:16 nothing:0:0 remove:4:13 edit:5:2 nothing:0:0 remove:1:12 insert:18:6 insert-empty:11:13 remove:19:14',
	),
	[7],
];

// Another: a status landed on an empty row that had an id; the bridge was started anew, and a person filled that row.
const OVERTAKEN: [Happening[], number[]] = [
	script(
		'nothing:0:0 nothing:0:0 nothing:0:0 insert:17:1 nothing:0:0 nothing:0:0 reverse:3:9 reverse:12:11 insert-empty:16:19 reverse:7:13 nothing:0:0 refuse:0:0 nothing:0:0 insert:15:18 remove:20:19',
	),
	[1],
];
// And a third: a new id landed on a row that was just being stored by the one it had.
const NAMED_WHILE_STORED: [Happening[], number[]] = [
	script(
		'nothing:0:0 remove:3:4 nothing:0:0 remove:3:6 fill:7:4 fill:6:11 fill:3:20 refuse:0:0 nothing:0:0 nothing:0:0 lose-answer:0:0 edit:1:15 lose-answer:0:0 edit:0:6 move:3:12 insert:5:20 reverse:19:9 reverse:11:20 nothing:0:0',
	),
	[5, 7],
];

const RUNS = Number(process.env['SHEET_RACES'] ?? 10);

test('whatever a person does to the rows between any two requests, and wherever the bridge stops: each row goes once', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(happening, { minLength: 5, maxLength: 40 }),
			fc.array(fc.nat(12), { maxLength: 3 }),
			play,
		),
		{ numRuns: RUNS, endOnFailure: true, examples: [NAMED_BY_MISTAKE, OVERTAKEN, NAMED_WHILE_STORED] },
	);
}, 3_600_000);
