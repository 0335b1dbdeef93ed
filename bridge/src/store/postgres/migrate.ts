import type { Database } from './database';
import { MIGRATIONS } from './schema';
import { type Connection, statement } from './statement';

const TABLE = statement(`CREATE TABLE IF NOT EXISTS schema_version (version integer NOT NULL)`);
const VERSION = statement(`SELECT coalesce(max(version), 0) AS version FROM schema_version`);
const REACHED = statement(`INSERT INTO schema_version (version) VALUES ($version)`);
const SERVER = statement(`SELECT current_setting('server_version_num')::int AS version`);
const OLDEST = 140_000;

/** Brings the schema to the newest version, in one transaction, while no other process does; throws when it is newer than this program. */
export async function migrate(database: Database): Promise<void> {
	const server = Number((await SERVER.get(database.single))?.['version']);
	if (server < OLDEST) throw new Error('the server is older than PostgreSQL 14');
	await database.transaction(async (on: Connection) => {
		await TABLE.run(on);
		const version = Number((await VERSION.get(on))?.['version']);
		if (version > MIGRATIONS.length)
			throw new Error(
				`it was written by a newer version of messlo-bridge (schema ${version}, this one knows ${MIGRATIONS.length})`,
			);
		for (const [index, statements] of MIGRATIONS.entries()) {
			if (index < version) continue;
			await on.query({ text: statements, values: [] });
			await REACHED.run(on, { version: index + 1 });
		}
	});
}
