import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { withoutPassword } from '../../without-password';
import { openSqlite } from '../sqlite/open';
import type { Row } from '../sqlite/rows';
import { Database } from './database';
import { migrate } from './migrate';
import { asJson, type Connection, statement } from './statement';
import { whatToDo } from './what-to-do';

/** In this order: rows point to rows of tables before. */
const TABLES = [
	'events',
	'messages',
	'attempts',
	'documents',
	'suppressions',
	'settings',
	'followed',
	'changes',
] as const;
export type Copied = Record<(typeof TABLES)[number], number>;

/** Columns of the embedded ledger that are worked out from others. */
const DERIVED = new Set(['head', 'lane']);
/** What one statement carries. */
const MOST = { rows: 500, bytes: 4 * 1024 * 1024 };

const COLUMNS = statement(`
	SELECT attname AS name, format_type(atttypid, atttypmod) AS type FROM pg_attribute
	WHERE attrelid = to_regclass($table) AND attnum > 0 AND NOT attisdropped`);
const SEQUENCE = statement(`SELECT setval(pg_get_serial_sequence($table, $column), greatest(1, $last), $last > 0)`);

/**
 * Copies a whole embedded ledger, with what its journal holds, into an empty database: all or nothing. Ids stay. The file stays as it is.
 * Throws with what to do when the file is in use, or the database is not empty.
 */
export async function copyFromSqlite(file: string, url: string): Promise<Copied> {
	if (!existsSync(file)) throw new Error(`There is no ledger ${file}. Check the path of --from.`);
	// Opening it brings its schema to the newest version and moves what the journal holds into the tables; and fails while a bridge runs on it.
	await openSqlite(file).close();
	const source = new DatabaseSync(file, { timeout: 0 });
	const database = await Database.at(url);
	try {
		source.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE;');
		await database
			.alone('messlo-bridge schema', () => migrate(database))
			.catch((error: unknown) => {
				throw whatToDo(url, error);
			});
		const copied = await database.transaction(async (on) => {
			await on.query({ text: `LOCK TABLE ${TABLES.join(', ')} IN ACCESS EXCLUSIVE MODE`, values: [] });
			await refuseUnlessEmpty(on, url);
			const copied: Partial<Copied> = {};
			for (const table of TABLES) copied[table] = await copyTable(source, on, table);
			for (const table of ['events', 'messages', 'attempts', 'suppressions'])
				await SEQUENCE.run(on, { table, column: 'id', last: lastOf(source, `SELECT max(id) AS last FROM ${table}`) });
			const last = lastOf(source, `SELECT seq AS last FROM sqlite_sequence WHERE name = 'changes'`);
			await SEQUENCE.run(on, { table: 'changes', column: 'number', last });
			return copied as Copied;
		});
		// Until it knows how many rows there are, the server reads all of them for each message.
		await statement(`ANALYZE ${TABLES.join(', ')}`).run(database.single);
		return copied;
	} finally {
		source.close();
		await database.close();
	}
}

async function refuseUnlessEmpty(on: Connection, url: string): Promise<void> {
	for (const table of TABLES) {
		const { rows } = await on.query({ text: `SELECT 1 FROM ${table} LIMIT 1`, values: [] });
		if (rows.length > 0)
			throw new Error(
				`The ledger ${withoutPassword(url)} is not empty (${table}): nothing was moved. Name an empty database, which no bridge has been started on.`,
			);
	}
}

async function copyTable(source: DatabaseSync, on: Connection, table: string): Promise<number> {
	const known = new Set(
		source
			.prepare(`SELECT name FROM pragma_table_xinfo(?)`)
			.all(table)
			.map(({ name }) => name),
	);
	const columns = (await COLUMNS.all(on, { table }))
		.map(({ name, type }) => ({ name: String(name), type: String(type) }))
		.filter(({ name }) => known.has(name));
	const missing = [...known].filter(
		(name) => !DERIVED.has(String(name)) && !columns.some((each) => each.name === name),
	);
	if (missing.length > 0)
		throw new Error(`${table}.${missing.join(', ')} has no place on PostgreSQL: this is a fault of the bridge`);
	const names = columns.map(({ name }) => `"${name}"`).join(', ');
	const insert = statement(`
		INSERT INTO ${table} (${names})
		SELECT ${columns.map(({ name, type }) => (type === 'bytea' ? `decode("${name}", 'base64')` : `"${name}"`)).join(', ')}
		FROM json_to_recordset($rows::json) AS given (${columns.map(({ name, type }) => `"${name}" ${type === 'bytea' ? 'text' : type}`).join(', ')})`);

	let [count, bytes] = [0, 0];
	let batch: Row[] = [];
	const flush = async () => {
		if (batch.length > 0) count += await insert.run(on, { rows: asJson(batch) });
		[batch, bytes] = [[], 0];
	};
	for (const row of source.prepare(`SELECT ${names} FROM ${table} ORDER BY rowid`).iterate()) {
		for (const [name, value] of Object.entries(row)) {
			if (value instanceof Uint8Array) row[name] = Buffer.from(value).toString('base64');
			bytes += typeof row[name] === 'string' ? row[name].length : 8;
		}
		batch.push(row);
		if (batch.length >= MOST.rows || bytes >= MOST.bytes) await flush();
	}
	await flush();
	return count;
}

const lastOf = (source: DatabaseSync, question: string): number =>
	Number(source.prepare(question).get()?.['last'] ?? 0);
