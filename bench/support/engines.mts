import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { ask, PostgresServer } from '../../test/support/postgres.ts';
import { cpuMs } from './processes.mts';

export interface Engine {
	name: 'SQLite' | 'PostgreSQL';
	/** The `store.url` of an empty ledger. */
	fresh(): Promise<string>;
	/** What its server has used so far; 0 where the bridge is the engine. NaN for a server that somebody else runs. */
	cpuMs(): number;
	stop(): Promise<void>;
}

const sqlite = (folder: string): Engine => ({
	name: 'SQLite',
	fresh: async () => `sqlite:${join(mkdtempSync(join(folder, 'ledger-')), 'bridge.db')}`,
	cpuMs: () => 0,
	stop: async () => {},
});

/** A server of the bench's own that syncs as a real one does (test servers do not), or the one of TEST_DATABASE_URL. */
export async function postgres(): Promise<Engine> {
	const given = process.env['TEST_DATABASE_URL'];
	const server = given ? undefined : await PostgresServer.start({ fsync: true });
	const main = given || (server?.url() ?? '');
	const made: string[] = [];
	const pid = Number(
		(await ask(main, "SELECT split_part(pg_read_file('postmaster.pid'), chr(10), 1) AS pid"))[0]?.['pid'],
	);
	return {
		name: 'PostgreSQL',
		fresh: async () => {
			const name = `messlo_bench_${process.pid}_${made.length}`;
			await ask(main, `CREATE DATABASE ${name}`);
			made.push(name);
			const url = new URL(main);
			url.pathname = `/${name}`;
			return url.href;
		},
		cpuMs: () => (server ? cpuMs(pid) : Number.NaN),
		stop: async () => {
			if (server) await server.remove();
			else for (const name of made) await ask(main, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
		},
	};
}

/** Both engines, or those that are named: `--engines sqlite`. */
export async function engines(folder: string, names: string): Promise<Engine[]> {
	const wanted = names.split(',');
	return [
		...(wanted.includes('sqlite') ? [sqlite(folder)] : []),
		...(wanted.includes('postgres') ? [await postgres()] : []),
	];
}
