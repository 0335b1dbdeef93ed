import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Packed {
	version: string;
	files: string[];
	tarball: Buffer;
}

/** What `npm publish` would send. */
export function pack(root: string): Packed {
	const folder = mkdtempSync(join(tmpdir(), 'messlo-pack-'));
	try {
		const printed = execFileSync('npm', ['pack', '--json', '--loglevel', 'error', '--pack-destination', folder], {
			cwd: root,
			encoding: 'utf8',
		});
		const [{ version, filename, files }] = JSON.parse(printed) as [
			{ version: string; filename: string; files: { path: string }[] },
		];
		return { version, files: files.map(({ path }) => path).sort(), tarball: readFileSync(join(folder, filename)) };
	} finally {
		rmSync(folder, { recursive: true });
	}
}
