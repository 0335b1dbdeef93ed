import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ask, dropDatabase, freshDatabase, PostgresServer } from '../../support/postgres';
import { Disk } from './mounts';

export type EngineName = 'SQLite' | 'PostgreSQL';

/** Where one ledger is. */
export interface Place {
	/** `store.url` of the configuration. */
	url: string;
	/** What paths in it are relative to. */
	folder: string;
	/** The disk that it has for itself. */
	disk?: Disk;
	/** The server that it has for itself. */
	server?: PostgresServer;
	close(): Promise<void>;
}

/** An empty ledger: a file in a folder of its own, or a database on the run's server. */
export async function openPlace(engine: EngineName): Promise<Place> {
	const folder = mkdtempSync(join(tmpdir(), 'messlo-chaos-'));
	const database = engine === 'PostgreSQL' ? await freshDatabase() : undefined;
	return {
		url: database ?? 'sqlite:./ledger/bridge.db',
		folder,
		close: async () => {
			if (database !== undefined) await dropDatabase(database);
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

/** An empty ledger on a disk of its own; what is acknowledged is synced. */
export async function onDisk(engine: EngineName, megabytes: number): Promise<Place> {
	const disk = Disk.make(megabytes);
	if (engine === 'SQLite')
		return { url: 'sqlite:./bridge.db', folder: disk.mounted, disk, close: async () => disk.remove() };
	const folder = join(disk.mounted, 'postgres');
	mkdirSync(folder);
	const server = await PostgresServer.start({ fsync: true, folder });
	// initdb does not sync here.
	execFileSync('sync', ['-f', disk.mounted]);
	const close = async () => {
		// Its disk may be gone, and with it the file that says which process it is.
		await server.stop().catch(() => undefined);
		disk.remove();
	};
	return { url: server.url(), folder: disk.mounted, disk, server, close };
}

/** An empty ledger on a PostgreSQL of its own. */
export async function onOwnServer(): Promise<Place> {
	const folder = mkdtempSync(join(tmpdir(), 'messlo-chaos-'));
	const server = await PostgresServer.start();
	return {
		url: server.url(),
		folder,
		server,
		close: async () => {
			await server.remove();
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

/** Starts a server again that may have ended by itself. */
export async function revive(server: PostgresServer): Promise<void> {
	const answers = () =>
		ask(server.url(), 'SELECT 1').then(
			() => true,
			() => false,
		);
	for (const until = performance.now() + 3_000; performance.now() < until; await wait(50)) if (await answers()) return;
	await server.stop();
	await server.resume();
}

/** All processes of a server, as its folder tells. */
export function processesOf({ folder }: PostgresServer): number[] {
	const main = Number(readFileSync(join(folder, 'data/postmaster.pid'), 'utf8').split('\n')[0]);
	const isChild = (pid: string) => {
		try {
			return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1] === String(main);
		} catch {
			return false;
		}
	};
	return [
		main,
		...readdirSync('/proc')
			.filter((name) => /^\d+$/.test(name) && isChild(name))
			.map(Number),
	];
}
