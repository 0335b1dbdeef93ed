import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { MIGRATIONS } from '../../../bridge/src/store/sqlite/schema';
import { openSqlite } from '../../../bridge/src/store/sqlite/open';
import { builtBridge } from '../../support/built';
import { delivery, NOW } from './battery/ledger';

const TIMES = { receivedAt: NOW, verifiedAt: NOW };
const reasonToRefuse = (file: string): string => {
	try {
		void openSqlite(file).close();
		return 'opened';
	} catch (error) {
		return (error as Error).message;
	}
};

let folder: string;
let file: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'messlo-opening-'));
	file = join(folder, 'new', 'folder', 'bridge.db');
});
afterEach(() => {
	jest.restoreAllMocks();
	rmSync(folder, { recursive: true, force: true });
});

test('write-ahead log with a sync at every commit, not with SQLite’s laxer default', async () => {
	const opened = jest.spyOn(DatabaseSync.prototype, 'exec');
	const store = openSqlite(file);
	const database = opened.mock.contexts[0] as DatabaseSync;
	const pragma = (name: string) => Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0];
	expect({
		journal: pragma('journal_mode'),
		synchronous: pragma('synchronous'),
		locking: pragma('locking_mode'),
		foreignKeys: pragma('foreign_keys'),
	}).toEqual({ journal: 'wal', synchronous: 2, locking: 'exclusive', foreignKeys: 1 });
	await store.close();
});

describe('a ledger that cannot be opened is refused with what to do', () => {
	test('another bridge of this process has it', async () => {
		const store = openSqlite(file);
		expect(reasonToRefuse(file)).toMatch(
			/^The ledger .*bridge\.db cannot be opened \(database is locked\)\. Another messlo-bridge is running on it: stop that one, or/,
		);
		await store.close();
		expect(reasonToRefuse(file)).toBe('opened');
	});

	test('another process has it, also one that has not written for long', async () => {
		const store = openSqlite(file);
		await store.saveEvent(delivery(1), TIMES);
		const open = `require(${JSON.stringify(builtBridge('store/sqlite/open.js'))}).openSqlite(${JSON.stringify(file)})`;
		const other = spawnSync(process.execPath, ['-e', open], { encoding: 'utf8' });
		expect(other.status).toBe(1);
		expect(other.stderr).toContain('Another messlo-bridge is running on it');
		expect((await store.saveEvent(delivery(2), TIMES)).duplicate).toBe(false);
		await store.close();
	});

	test('a newer bridge wrote it: nothing is changed, and the bridge that wrote it opens it again', async () => {
		await openSqlite(file).close();
		const setVersion = (version: number) => {
			const database = new DatabaseSync(file);
			database.exec(`PRAGMA user_version = ${version}`);
			database.close();
		};
		setVersion(99);
		const reason = reasonToRefuse(file);
		expect(reason).toMatch(/written by a newer version of messlo-bridge \(schema 99, this one knows \d+\)/);
		expect(reason).toMatch(/Install that version, or give this one its own store\.url/);
		expect(reason).not.toContain('disk is not full');
		setVersion(MIGRATIONS.length);
		expect(reasonToRefuse(file)).toBe('opened');
	});

	test.each(MIGRATIONS.slice(1).map((_, index) => index + 1))(
		'version %i wrote it: it is brought up to date',
		async (version) => {
			mkdirSync(dirname(file), { recursive: true });
			const database = new DatabaseSync(file);
			database.exec(`${MIGRATIONS.slice(0, version).join(';')}; PRAGMA user_version = ${version}`);
			database
				.prepare(
					`INSERT INTO events (source, topic, delivery_key, received_at, verified_at, headers, body, state)
				VALUES ('acme', 'orders/create', 'delivery-1', 1, 1, '{}', ?, 'ignored')`,
				)
				.run(Buffer.from('{"id":1}'));
			database.close();
			const store = openSqlite(file);
			expect(await store.event('evt_1')).toMatchObject({ state: 'ignored', body: Buffer.from('{"id":1}') });
			expect(await store.recordsOf({ source: 'acme' })).toHaveLength(1);
			expect(await store.saveEvent(delivery(1), TIMES)).toEqual({ id: 'evt_1', duplicate: true });
			await store.close();
		},
	);

	test('it is a folder', () => {
		mkdirSync(file, { recursive: true });
		expect(reasonToRefuse(file)).toMatch(
			/bridge\.db cannot be opened \(.+\)\. Check that the folder can be written to/,
		);
	});

	test('its folder is a file', () => {
		writeFileSync(join(folder, 'new'), 'a file');
		expect(reasonToRefuse(file)).toMatch(
			/bridge\.db cannot be opened \(.+\)\. Check that the folder can be written to/,
		);
	});

	test('its folder takes no writing', () => {
		// /proc refuses new files to everyone, root included.
		expect(reasonToRefuse('/proc/bridge.db')).toMatch(
			/^The ledger \/proc\/bridge\.db cannot be opened \(.+\)\. Check that the folder can be written to/,
		);
	});

	test('it is something else than a ledger', () => {
		mkdirSync(join(folder, 'new', 'folder'), { recursive: true });
		writeFileSync(file, 'Dear diary,\n'.repeat(1000));
		expect(reasonToRefuse(file)).toMatch(/\(file is not a database\)\. .*store\.url/);
	});
});
