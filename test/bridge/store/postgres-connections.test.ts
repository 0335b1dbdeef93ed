import { Database } from '../../../bridge/src/store/postgres/database';
import { GroupCommit } from '../../../bridge/src/store/postgres/group-commit';
import { type Connection, statement } from '../../../bridge/src/store/postgres/statement';
import { ask, dropDatabase, freshDatabase } from '../../support/postgres';

const PID = statement(`SELECT pg_backend_pid() AS pid`);
const ADD = statement(`INSERT INTO things VALUES ($name)`);
const THINGS = statement(`SELECT name FROM things ORDER BY name`);
const SYNCS = statement(`SELECT current_setting('synchronous_commit') AS syncs`);

describe('connections to one PostgreSQL', () => {
	let url: string;
	let database: Database;
	beforeEach(async () => {
		url = await freshDatabase();
		await ask(url, `CREATE TABLE things (name text PRIMARY KEY)`);
		database = await Database.at(url);
	});
	afterEach(async () => {
		await database.close();
		await dropDatabase(url);
	});
	const pid = async () => Number((await PID.get(database.single))?.['pid']);
	const things = async (on: Connection = database.single) => (await THINGS.all(on)).map(({ name }) => name);

	test('what is asked in one tick goes over one connection, and each sees what the one before did', async () => {
		const [first, , seen, , again, second] = await Promise.all([
			pid(),
			ADD.run(database.single, { name: 'a' }),
			things(),
			ADD.run(database.single, { name: 'b' }),
			things(),
			pid(),
		]);
		expect([seen, again]).toEqual([['a'], ['a', 'b']]);
		expect(second).toBe(first);
		expect(await pid()).toBe(first);
	});

	test('a statement that is refused fails alone', async () => {
		const before = await pid();
		const [good, bad, other] = await Promise.allSettled([
			ADD.run(database.single, { name: 'a' }),
			ADD.run(database.single, { name: 'a' }),
			ADD.run(database.single, { name: 'b' }),
		]);
		expect([good.status, bad.status, other.status]).toEqual(['fulfilled', 'rejected', 'fulfilled']);
		expect(await things()).toEqual(['a', 'b']);
		expect(await pid()).toBe(before);
	});

	test('a connection that the server ends fails what was asked on it, and nothing after', async () => {
		const before = await pid();
		const end = statement(`SELECT pg_terminate_backend(pg_backend_pid())`);
		const asked = await Promise.allSettled([end.run(database.single), things()]);
		expect(asked.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
		expect(await things()).toEqual([]);
		expect(await pid()).not.toBe(before);
	});

	test('without a connection every question is told so', async () => {
		const away = await Database.at(url.replace(/:\d+\//, ':1/'));
		const asked = await Promise.allSettled([THINGS.all(away.single), THINGS.all(away.single)]);
		expect(asked.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
		await expect(THINGS.all(away.single)).rejects.toThrow(/ECONNREFUSED/);
		await away.close();
	});

	test('the commit goes with the last statement; one that is refused leaves nothing of the transaction', async () => {
		const add = (...names: string[]) =>
			database.transaction(async (on) => {
				for (const name of names.slice(0, -1)) await ADD.run(on, { name });
				const last = ADD.run(on, { name: names.at(-1) });
				on.last();
				return last;
			});
		expect(await add('a', 'b')).toBe(1);
		await expect(add('c', 'a')).rejects.toThrow(/duplicate key/);
		expect(await things()).toEqual(['a', 'b']);
		expect(await add('d')).toBe(1);
	});

	test('of writes that share a commit only the last one says when nothing more is asked', async () => {
		const commit = new GroupCommit(database);
		const add = (name: string) =>
			commit.write(async (on) => {
				const added = ADD.run(on, { name });
				on.last();
				await added;
				return things(on);
			});
		const [first] = await Promise.all([add('a'), add('b')]);
		expect(first).toEqual(['a']);
		expect(await things()).toEqual(['a', 'b']);
	});

	test('a commit is synced but where all that share it are lazy', async () => {
		const commit = new GroupCommit(database);
		const syncs = (lazy: boolean) => commit.write(async (on) => (await SYNCS.get(on))?.['syncs'], { lazy });
		expect(await Promise.all([syncs(true), syncs(true)])).toEqual(['off', 'off']);
		expect(await Promise.all([syncs(true), syncs(false)])).toEqual(['on', 'on']);
		expect(await syncs(true)).toBe('off');
		expect(await syncs(false)).toBe('on');
	});
});
