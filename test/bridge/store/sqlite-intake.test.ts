import fc from 'fast-check';
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recordLength } from '../../../bridge/src/store/sqlite/intake/record';
import { openSqlite } from '../../../bridge/src/store/sqlite/open';
import type { Store } from '../../../bridge/src/store/store';
import { delivery, NOW } from './battery/ledger';

const TIMES = { receivedAt: NOW, verifiedAt: NOW };
const COUNT = 12;

let folder: string;
let running: Store;
let ids: string[];
/** What a machine that lost its power has on disk: the ledger with deliveries that are nowhere but in the journal. */
let crashed: string;
beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'messlo-intake-'));
	running = openSqlite(join(folder, 'running', 'bridge.db'));
	await running.saveEvent(delivery(0), TIMES);
	await running.unplannedEvents(1);
	ids = [];
	for (let n = 1; n <= COUNT; n += 1) {
		const body = Buffer.from(`{"id":${n},"name":"${'é'.repeat(n * n)}"}`);
		ids.push((await running.saveEvent({ ...delivery(n), body, triggeredAt: '2026-11-20' }, TIMES)).id);
	}
	crashed = join(folder, 'crashed');
	cpSync(join(folder, 'running'), crashed, { recursive: true });
});
afterAll(async () => {
	await running.close();
	rmSync(folder, { recursive: true, force: true });
});

let copies = 0;
/** A ledger opened on what the crash left, its journal changed. */
function reopened(change: (journal: Buffer) => Buffer = (journal) => journal): { store: Store; journal: string } {
	const copy = join(folder, `copy-${(copies += 1)}`);
	cpSync(crashed, copy, { recursive: true });
	const journal = join(copy, 'bridge.db-intake');
	writeFileSync(journal, change(readFileSync(journal)));
	return { store: openSqlite(join(copy, 'bridge.db')), journal };
}
/** Until nothing of what was moved can be read any more. */
async function forgotten(journal: string): Promise<void> {
	while (readFileSync(journal).some((byte) => byte !== 0)) await new Promise(setImmediate);
}
/** The ids of all events but the one that was in the tables before, oldest first. */
const recovered = async (store: Store): Promise<string[]> =>
	(await store.events({ limit: 100 })).items
		.map(({ id }) => id)
		.reverse()
		.slice(1);
/** How many bytes of the journal the first `count` records take, found by cutting it. */
const journalLength = () => statSync(join(crashed, 'bridge.db-intake')).size;

test('after a crash everything acknowledged is in the ledger, under the ids that were answered, once', async () => {
	const { store, journal } = reopened();
	expect(await recovered(store)).toEqual(ids);
	expect((await store.event(ids[4] ?? ''))?.body.toString()).toBe(`{"id":5,"name":"${'é'.repeat(25)}"}`);
	expect(statSync(journal).size).toBe(0);
	expect(await store.saveEvent(delivery(7), TIMES)).toEqual({ id: ids[6], duplicate: true });
	const next = await store.saveEvent(delivery(99), TIMES);
	expect(ids).not.toContain(next.id);
	await store.close();
});

test('a crash between the move into the tables and the emptying of the journal repeats nothing', async () => {
	const whole = readFileSync(join(crashed, 'bridge.db-intake'));
	const { store, journal } = reopened();
	await store.close();
	writeFileSync(journal, whole);
	const again = openSqlite(journal.replace(/-intake$/, ''));
	expect(await recovered(again)).toEqual(ids);
	await again.close();
});

test('what was moved leaves the journal a second later, not while its order is on its way', async () => {
	const timers = jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask', 'performance'] });
	const file = join(folder, 'emptied', 'bridge.db');
	const store = openSqlite(file);
	const size = () => statSync(`${file}-intake`).size;
	const save = (n: number) => store.saveEvent(delivery(n), TIMES);
	await save(1);
	const one = size();
	await store.unplannedEvents(9);
	expect(size()).toBe(one);
	await save(2);
	timers.advanceTimersByTime(1_000);
	expect(size()).toBeGreaterThan(one);
	expect((await store.unplannedEvents(9)).mine).toHaveLength(2);
	// A health check that is under way just then puts it off.
	const checked = store.ping();
	timers.advanceTimersByTime(1_000);
	await checked;
	timers.advanceTimersByTime(1_000);
	await forgotten(`${file}-intake`);
	await save(3);
	expect((await store.unplannedEvents(9)).mine).toHaveLength(3);
	timers.useRealTimers();
	await store.close();
	expect(size()).toBe(0);
});

test('a journal that was cut anywhere gives every whole delivery before the cut and no part of one', async () => {
	const seen: number[] = [];
	await fc.assert(
		fc.asyncProperty(fc.nat(journalLength()), async (at) => {
			const { store } = reopened((journal) => journal.subarray(0, at));
			const found = await recovered(store);
			expect(found).toEqual(ids.slice(0, found.length));
			seen.push(found.length);
			// And it is written on: the torn piece hides nothing that comes after it.
			const next = await store.saveEvent(delivery(500), TIMES);
			expect((await store.event(next.id))?.body).toEqual(delivery(500).body);
			await store.close();
		}),
		{ numRuns: 40, examples: [[0], [1], [journalLength()], [journalLength() - 1]] },
	);
	expect(Math.max(...seen)).toBe(COUNT);
	expect(new Set(seen).size).toBeGreaterThan(3);
});

test('what a storm left is written over in place; a crash meanwhile takes none of it for new', async () => {
	const [home, crash] = [join(folder, 'storms'), join(folder, 'storms-crashed')];
	const store = openSqlite(join(home, 'bridge.db'));
	const journal = join(home, 'bridge.db-intake');
	const storm = async (from: number, to: number) => {
		const all = Array.from({ length: to - from }, (_, n) => ({
			...delivery(from + n),
			body: Buffer.alloc(5_000, 'x'),
		}));
		return (await Promise.all(all.map((each) => store.saveEvent(each, TIMES)))).map(({ id }) => id);
	};
	// Keys of as many digits each, so that records are as long, and begin where older ones began.
	const first = await storm(1_000, 1_600);
	const before = statSync(journal).size;
	await store.events({ limit: 1 });
	const both = [...first, ...(await storm(2_000, 2_100))];
	cpSync(home, crash, { recursive: true });
	expect(statSync(journal).size).toBe(before);
	expect(readFileSync(join(crash, 'bridge.db-intake')).subarray(-1_000).equals(Buffer.alloc(1_000))).toBe(false);
	const again = openSqlite(join(crash, 'bridge.db'));
	expect((await again.events({ limit: 2_000 })).items.map(({ id }) => id).reverse()).toEqual(both);
	expect(statSync(join(crash, 'bridge.db-intake')).size).toBe(0);
	await again.close();
	await store.events({ limit: 1 });
	await forgotten(journal);
	expect(statSync(journal).size).toBe(before);
	await store.close();
	expect(statSync(journal).size).toBe(0);
});

test('records of older rows behind the last one are what stood there before: nothing of them comes back', async () => {
	const { store } = reopened((journal) => {
		// The first one is that of the tables.
		const ends = Array.from({ length: COUNT + 1 }).reduce<number[]>(
			(all) => [...all, (all.at(-1) ?? 0) + (recordLength(journal.subarray(all.at(-1) ?? 0)) ?? NaN)],
			[],
		);
		const cut = (from: number, to: number) => journal.subarray(ends[from - 1], ends[to - 1]);
		return Buffer.concat([cut(6, 9), cut(2, 5), cut(9, 12)]);
	});
	expect(await recovered(store)).toEqual(ids.slice(5, 8));
	await store.close();
});

test('a byte that the disk changed ends the reading there: nothing wrong enters the ledger', async () => {
	await fc.assert(
		fc.asyncProperty(fc.nat(journalLength() - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
			const { store } = reopened((journal) => {
				journal[at] = (journal[at] ?? 0) ^ flip;
				return journal;
			});
			const found = await recovered(store);
			expect(found).toEqual(ids.slice(0, found.length));
			expect(found.length).toBeLessThan(COUNT);
			for (const id of found) expect((await store.event(id))?.body.toString()).toMatch(/^\{"id":\d+,"name":"é+"\}$/);
			await store.close();
		}),
		{ numRuns: 40 },
	);
});

test('what is asked for while it waits in the journal is found, counted and repeated by nothing', async () => {
	const store = openSqlite(join(folder, 'asked', 'bridge.db'));
	const saved = await Promise.all(Array.from({ length: 1000 }, (_, n) => store.saveEvent(delivery(n), TIMES)));
	expect((await store.counts()).events).toEqual({ stored: 1000 });
	const again = await Promise.all([...saved.keys()].map((n) => store.saveEvent(delivery(n), TIMES)));
	expect(again).toEqual(saved.map(({ id }) => ({ id, duplicate: true })));
	expect((await store.unplannedEvents(2000)).mine.map(({ id }) => id)).toEqual(saved.map(({ id }) => id));
	expect((await store.counts()).events).toEqual({ stored: 1000 });
	await store.close();
});

test('an event in the journal is found also when a younger one went past it into the tables', async () => {
	const store = openSqlite(join(folder, 'passed', 'bridge.db'));
	await store.saveEvent(delivery(1), TIMES);
	// Kept as unreadable, and so written into the tables at once, while the other waits in the journal.
	const unreadable = store.saveEvent(delivery(2), TIMES, 'unreadable-body');
	await new Promise(setImmediate);
	const waiting = await store.saveEvent(delivery(3), TIMES);
	await unreadable;
	expect((await store.event(waiting.id))?.body).toEqual(delivery(3).body);
	await store.close();
});
