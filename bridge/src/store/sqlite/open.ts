import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { personKey } from '../../phone';
import type { Store } from '../store';
import { eventStore } from './events';
import { GroupCommit } from './group-commit';
import { eventInsert, intakeTables } from './insert-event';
import { Intake, type IntakeTables } from './intake/intake';
import { followStore } from './follow';
import { listStore } from './lists';
import { messageStore } from './messages';
import { peopleStore } from './people';
import { planStore } from './plan-event';
import { privacyStore } from './privacy';
import { messageRow, toDocument } from './rows';
import { MIGRATIONS } from './schema';
import { reasonOf } from '../../reason-of';

/**
 * Opens (and makes, and migrates) the embedded ledger. One process at a time: a second one is refused.
 * WAL with synchronous=FULL: SQLite's default for WAL in some builds is NORMAL, which lost 200 acknowledged rows in a power cut.
 */
export function openSqlite(file: string): Store {
	const database = open(file);
	const commit = new GroupCommit(database);
	const insert = eventInsert(database);
	const intake = openIntake(`${file}-intake`, database, intakeTables(database, commit, insert));
	const saveDocument = database.prepare(`
		INSERT INTO documents (id, message_id, name, content, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET content = excluded.content, expires_at = excluded.expires_at`);
	const document = database.prepare(`SELECT * FROM documents WHERE id = ?`);
	const makeSetting = database.prepare(`INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING`);
	const setting = database.prepare(`SELECT value FROM settings WHERE name = ?`);
	const replaceSetting = database.prepare(`UPDATE settings SET value = ? WHERE name = ? AND value = ?`);
	const ping = database.prepare(
		`INSERT INTO settings (name, value) VALUES ('ping', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
	);

	/** Values of `exchange`: this process is the only one. */
	const shared = new Map<string, string>();
	let closing: Promise<void> | undefined;
	async function close(): Promise<void> {
		try {
			await intake.close();
		} finally {
			try {
				commit.flush();
			} finally {
				database.close();
			}
		}
	}

	return {
		...eventStore(database, commit, intake, insert),
		...planStore(database, commit, intake),
		...messageStore(database, commit),
		...listStore(database, intake),
		...followStore(database, commit),
		...peopleStore(database, commit),
		...privacyStore(database, commit, intake),
		saveDocument: (made) =>
			commit.write(() => {
				const { id, message, name, content, createdAt, expiresAt } = made;
				saveDocument.run(id, messageRow(message), name, content, createdAt.getTime(), expiresAt.getTime());
			}),
		document: async (id) => {
			const row = document.get(id);
			return row && toDocument(row);
		},
		setting: (name, make) =>
			commit.write(() => {
				makeSetting.run(name, make());
				return String(setting.get(name)?.['value']);
			}),
		replaceSetting: (name, from, to) => commit.write(() => replaceSetting.run(to, name, from).changes === 1),
		personKey,
		// The lock on the file keeps every other process out.
		tryTurn: async () => async () => {},
		leads: async () => true,
		stillMine: () => true,
		exchange: async (name, change) => {
			const { value, answer } = change(shared.get(name));
			shared.set(name, value);
			return answer;
		},
		ping: async () => {
			await intake.ping();
			await commit.write(() => {
				ping.run(String(Date.now()));
			});
		},
		close: () => (closing ??= close()),
	};
}

function openIntake(path: string, database: DatabaseSync, tables: IntakeTables): Intake {
	try {
		return new Intake(path, tables);
	} catch (cause) {
		database.close();
		const why = reasonOf(cause);
		throw new Error(`The journal ${path} cannot be opened (${why}). ${adviceFor(why)}`, { cause });
	}
}

function open(file: string): DatabaseSync {
	let database: DatabaseSync | undefined;
	try {
		mkdirSync(dirname(file), { recursive: true });
		database = new DatabaseSync(file, { timeout: 0 });
		// Pages that hold whole orders: a quarter of the writes of the default 4 kB, and half the longest stall.
		// Exclusive locking makes a second process fail at once instead of two bridges sending from one ledger.
		database.exec(`
			PRAGMA page_size = 16384;
			PRAGMA locking_mode = EXCLUSIVE;
			PRAGMA journal_mode = WAL;
			PRAGMA synchronous = FULL;
			PRAGMA wal_autocheckpoint = 1000;
			PRAGMA foreign_keys = ON;
			PRAGMA secure_delete = ON;
			PRAGMA cache_size = -32000;
		`);
		migrate(database);
		return database;
	} catch (cause) {
		database?.close();
		const why = reasonOf(cause);
		throw new Error(`The ledger ${file} cannot be opened (${why}). ${adviceFor(why)}`, { cause });
	}
}

function adviceFor(why: string): string {
	if (/lock/.test(why))
		return 'Another messlo-bridge is running on it: stop that one, or give this one its own store.url.';
	if (/newer version/.test(why)) return 'Install that version, or give this one its own store.url.';
	if (/not a database|malformed/.test(why))
		return 'It is no ledger, or it is damaged: bring back its backup, or name another file in store.url.';
	return 'Check that the folder can be written to and that the disk is not full.';
}

function migrate(database: DatabaseSync): void {
	const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
	if (version > MIGRATIONS.length)
		throw new Error(
			`it was written by a newer version of messlo-bridge (schema ${version}, this one knows ${MIGRATIONS.length})`,
		);
	MIGRATIONS.slice(version).forEach((statements, index) => {
		database.exec(`BEGIN IMMEDIATE; ${statements}; PRAGMA user_version = ${version + index + 1}; COMMIT;`);
	});
	// Takes the exclusive lock now, also when there was nothing to migrate.
	database.exec('BEGIN IMMEDIATE; COMMIT;');
}
