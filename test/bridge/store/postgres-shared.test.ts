import { Client } from 'pg';
import type { Store } from '../../../bridge/src/store/store';
import { MINUTE } from '../../support/clock';
import { ask, dropDatabase, freshDatabase } from '../../support/postgres';
import { freshLedger, openForTest } from '../../support/postgres-ledger';
import { openPostgres } from '../../../bridge/src/store/postgres/open';
import { after, attempt, delivery, newMessage, NOW } from './battery/ledger';

/** What several processes on one database must do; each has connections of its own, as a process has. */
describe('several processes on one PostgreSQL', () => {
	let url: string;
	let one: Store;
	let two: Store;
	beforeEach(async () => {
		url = await freshLedger();
		[one, two] = await Promise.all([openForTest(url), openForTest(url)]);
	});
	afterEach(async () => {
		await Promise.all([one.close(), two.close()]);
		await dropDatabase(url);
	});
	const save = (store: Store, n: number) => store.saveEvent(delivery(n), { receivedAt: NOW, verifiedAt: NOW });
	const plan = async (store: Store, subjects: readonly string[]): Promise<string[]> => {
		const { id } = await save(store, (number += 1));
		const messages = subjects.map((subject) => newMessage({ subject, to: `+91${subject}` }));
		return (await store.planEvent(id, { state: 'mapped' }, messages, NOW)).map((row) => row.id);
	};
	let number = 1000;

	test('a delivery that reaches both at once is stored once, and both are told its id', async () => {
		const saved = await Promise.all(Array.from({ length: 60 }, (_, n) => save(n % 2 === 0 ? one : two, n >> 2)));
		expect(saved.filter(({ duplicate }) => !duplicate)).toHaveLength(15);
		for (let n = 0; n < 60; n += 4) expect(new Set(saved.slice(n, n + 4).map(({ id }) => id)).size).toBe(1);
		expect((await one.counts()).events).toEqual({ stored: 15 });
	});

	test('both plan, each its own events; those of one that ends are planned by the other', async () => {
		for (let n = 0; n < 30; n += 1) await save(one, n);
		const [a, b] = await Promise.all([one.unplannedEvents(10), two.unplannedEvents(10)]);
		const ids = [...a.mine, ...b.mine].map(({ id }) => id);
		expect(new Set(ids).size).toBe(20);
		expect((await one.unplannedEvents(10)).mine.map(({ id }) => id)).toEqual(a.mine.map(({ id }) => id));
		await one.close();
		expect((await two.unplannedEvents(30)).mine.map(({ id }) => id).length).toBe(30);
	});

	test('who finds its events taken in the very moment takes the next ones', async () => {
		for (let n = 0; n < 20; n += 1) await save(one, n);
		const other = new Client({ connectionString: url });
		await other.connect();
		await other.query('BEGIN');
		const { rows } = await other.query<{ id: string }>(
			`INSERT INTO claims SELECT 'e', id, 'another process', clock_timestamp() + interval '1 minute' FROM events ORDER BY id LIMIT 10 RETURNING id`,
		);
		const taking = one.unplannedEvents(10);
		// Until it waits for that transaction.
		while ((await ask(url, `SELECT 1 FROM pg_stat_activity WHERE wait_event = 'transactionid'`)).length === 0);
		await other.query('COMMIT');
		await other.end();
		const taken = (await taking).mine.map(({ id }) => id);
		expect(taken).toHaveLength(10);
		expect(rows.map(({ id }) => `evt_${id}`).filter((id) => taken.includes(id))).toEqual([]);
	});

	test('claims are disjoint, within both and between them, and every message is claimed', async () => {
		await plan(
			one,
			Array.from({ length: 60 }, (_, n) => `${n}`),
		);
		const claims = await Promise.all(
			Array.from({ length: 30 }, (_, n) => (n % 2 === 0 ? one : two).claimDue(NOW, 3, `w${n % 2}`)),
		);
		const ids = claims.flat().map(({ id }) => id);
		expect(new Set(ids).size).toBe(ids.length);
		const rest = await two.claimDue(NOW, 60, 'w1');
		expect(ids.length + rest.length).toBe(60);
	});

	test('a message behind another of its order is claimed by neither, until that one is done with by either', async () => {
		const [first = '', second = ''] = await plan(one, ['7', '7']);
		expect(await one.claimDue(NOW, 9, 'w0')).toMatchObject([{ id: first }]);
		expect(await two.claimDue(NOW, 9, 'w1')).toEqual([]);
		await one.finishAttempt(first, 'w0', attempt(), { state: 'sent' });
		expect(await two.claimDue(NOW, 9, 'w1')).toMatchObject([{ id: second }]);
	});

	test('two messages of one number to one person are not claimed within the time of the pair, whoever asks', async () => {
		const { id } = await save(one, (number += 1));
		const to = '+919876543211';
		await one.planEvent(
			id,
			{ state: 'mapped' },
			Array.from({ length: 8 }, (_, n) => newMessage({ subject: `${n}`, to })),
			NOW,
		);
		const claims = await Promise.all(
			Array.from({ length: 8 }, (_, n) => (n % 2 === 0 ? one : two).claimDue(NOW, 4, `w${n % 2}`, undefined, 6000)),
		);
		expect(claims.flat()).toHaveLength(1);
	});

	test('a turn and a lead are one process’s at a time, and end with its connection', async () => {
		const end = await one.tryTurn('acme/1');
		expect(end).toBeDefined();
		expect(await two.tryTurn('acme/1')).toBeUndefined();
		expect(await two.tryTurn('acme/2')).toBeDefined();
		await end?.();
		const again = await two.tryTurn('acme/1');
		expect(again).toBeDefined();
		expect(await one.tryTurn('acme/1')).toBeUndefined();
		expect([await one.leads('feed a'), await two.leads('feed a'), await one.leads('feed a')]).toEqual([
			true,
			false,
			true,
		]);
		await one.close();
		expect(await two.leads('feed a')).toBe(true);
	});

	test('a leader whose connection the server ended is leader no more when another was quicker', async () => {
		expect(await one.leads('feed a')).toBe(true);
		await ask(url, `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'`);
		for (let tries = 0; tries < 50 && !(await two.leads('feed a')); tries += 1);
		expect(await two.leads('feed a')).toBe(true);
		expect(await one.leads('feed a')).toBe(false);
	});

	test('a shared value that both change at once loses no change', async () => {
		const add = (store: Store) =>
			store.exchange('sum', (value) => ({ value: String(Number(value ?? 0) + 1), answer: Number(value ?? 0) }));
		const seen = await Promise.all(Array.from({ length: 100 }, (_, n) => add(n % 2 === 0 ? one : two)));
		expect(seen.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, n) => n));
	});

	test('what is looked up is looked up by one at a time, and by the other when it was changed', async () => {
		const ids = await plan(one, ['1', '2', '3', '4']);
		await one.claimDue(NOW, 9, 'w0');
		for (const id of ids) await one.finishAttempt(id, 'w0', attempt(), { state: 'unknown', dueAt: NOW });
		const [a, b] = await Promise.all([one.unknownDue(NOW, 2), two.unknownDue(NOW, 2)]);
		expect(new Set([...a, ...b].map(({ id }) => id)).size).toBe(4);
		await one.changeMessage(a[0]?.id ?? '', ['unknown'], { state: 'unknown', dueAt: after(MINUTE) });
		expect((await two.unknownDue(after(MINUTE), 9)).map(({ id }) => id)).toContain(a[0]?.id);
	});

	test('a feed of changes misses none, though commits end in another order than they began', async () => {
		await one.follow('acme');
		const seen = new Set<string>();
		let last = 0;
		let done = false;
		const reading = (async () => {
			for (let quiet = 0; quiet < 2;) {
				const changes = await two.changes('acme', last, 7);
				for (const { number: n, message } of changes) {
					expect(n).toBeGreaterThan(last);
					last = n;
					if (message) seen.add(message.id);
				}
				quiet = done && changes.length === 0 ? quiet + 1 : 0;
			}
		})();
		const made = await Promise.all(
			Array.from({ length: 60 }, (_, n) => plan(n % 2 === 0 ? one : two, [`s${n}`, `t${n}`])),
		);
		done = true;
		await reading;
		expect(seen).toEqual(new Set(made.flat()));
	});
});

describe('leases', () => {
	let url: string;
	beforeEach(async () => {
		url = await freshLedger();
	});
	afterEach(() => dropDatabase(url));

	test('only what a process took so long ago that its lease has ended is taken over; late, it changes nothing', async () => {
		const [slow, dead, other] = await Promise.all([
			openPostgres(url, { leaseMs: 60_000 }),
			openPostgres(url, { leaseMs: 60_000, takeOverMs: 0 }),
			openPostgres(url),
		]);
		const { id } = await slow.saveEvent(delivery(1), { receivedAt: NOW, verifiedAt: NOW });
		const [first = '', second = ''] = (
			await slow.planEvent(id, { state: 'mapped' }, [newMessage({ subject: '1' }), newMessage({ subject: '2' })], NOW)
		).map((row) => row.id);
		await dead.claimDue(NOW, 1, 'dead');
		await slow.claimDue(NOW, 1, 'slow');
		expect(await other.recoverSending('other', NOW)).toBe(1);
		expect([(await other.message(first))?.state, (await other.message(second))?.state]).toEqual(['unknown', 'sending']);
		// Found missing in the thread, it is sent by another; what the first one says then is not heeded.
		await other.changeMessage(first, ['unknown'], { state: 'waiting' });
		expect(await other.claimDue(NOW, 9, 'other')).toMatchObject([{ id: first }]);
		expect(await dead.changeMessage(first, ['sending'], { state: 'waiting' })).toBe(false);
		expect(await dead.finishAttempt(first, 'dead', attempt(), { state: 'failed' })).toBe(false);
		expect(await other.finishAttempt(first, 'other', attempt(), { state: 'sent' })).toBe(true);
		await Promise.all([slow.close(), dead.close(), other.close()]);
	});

	test('a message that was taken too long ago may not be sent any more', async () => {
		const store = await openPostgres(url, { leaseMs: 1 });
		const { id } = await store.saveEvent(delivery(1), { receivedAt: NOW, verifiedAt: NOW });
		const [row] = await store.planEvent(id, { state: 'mapped' }, [newMessage()], NOW);
		await store.claimDue(NOW, 1, 'w');
		expect(store.stillMine(row?.id ?? '')).toBe(false);
		await store.close();
	});
});

describe('opening', () => {
	test('processes that start at once on an empty database all open it', async () => {
		const url = await freshDatabase();
		const stores = await Promise.all(Array.from({ length: 4 }, () => openPostgres(url)));
		await Promise.all(stores.map((store) => store.ping()));
		await Promise.all(stores.map((store) => store.close()));
		expect(await ask(url, 'SELECT version FROM schema_version ORDER BY version')).toHaveLength(2);
		await dropDatabase(url);
	});

	test('a newer schema is refused, with what to do', async () => {
		const url = await freshLedger();
		await ask(url, 'INSERT INTO schema_version (version) VALUES (999)');
		await expect(openPostgres(url)).rejects.toThrow(/newer version .*schema 999.*Install that version/);
		await dropDatabase(url);
	});

	test.each([
		['a wrong password', (url: URL) => (url.password = 'sesame'), /Check the user and the password/],
		['a missing database', (url: URL) => (url.pathname = '/nowhere'), /database "nowhere" does not exist.*Make it/],
		['a port where nobody is', (url: URL) => (url.port = '9'), /Check that the server runs/],
	])('%s is told with what to do, and never with the password', async (_, spoil, told) => {
		const url = new URL(await freshDatabase());
		const good = url.href;
		url.password = 'sesame-test';
		if (!String(told).includes('password')) url.password = new URL(good).password;
		spoil(url);
		const error = await openPostgres(url.href).catch((reason: unknown) => reason);
		expect(String(error)).toMatch(told);
		expect(String(error)).not.toContain('sesame');
		expect(String(error)).not.toContain(':test@');
		await dropDatabase(good);
	});
});
