import { resolve } from 'node:path';
import { copyFromSqlite } from '../store/postgres/copy-from-sqlite';
import { withoutPassword } from '../without-password';

/** Moves a whole ledger from a file to an empty database; the bridge is stopped meanwhile. */
export async function migrate({ from, to }: { from: string; to: string }): Promise<void> {
	if (!from.startsWith('sqlite:')) throw new Error('--from is a file: sqlite:./data/bridge.db');
	if (!/^postgres(ql)?:\/\//.test(to)) throw new Error('--to is a database: postgres://user:password@host/database');
	const file = resolve(from.slice('sqlite:'.length));
	const copied = await copyFromSqlite(file, to);
	const counts = Object.entries(copied).map(([table, count]) => `${table} ${count}`);
	process.stdout.write(
		`Moved from ${file} to ${withoutPassword(to)}: ${counts.join(', ')}.\n` +
			`Now set store.url to that database and start the bridge. Keep ${file} until all is well, and never start a bridge on it again: it would send what it holds once more.\n`,
	);
}
