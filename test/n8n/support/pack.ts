import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

interface Packed {
	version: string;
	tarball: string;
	files: string[];
}

/** What `npm publish` would send, made into that folder. */
export function pack(root: string, into: string): Packed {
	const printed = execFileSync('npm', ['pack', '--json', '--loglevel', 'error', '--pack-destination', into], {
		cwd: root,
		encoding: 'utf8',
	});
	const [{ version, filename, files }] = JSON.parse(printed) as [
		{ version: string; filename: string; files: { path: string }[] },
	];
	return { version, tarball: join(into, filename), files: files.map(({ path }) => path).sort() };
}
