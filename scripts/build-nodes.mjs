/**
 * Builds the n8n package into dist/, from nothing, so that no file of yesterday is published. n8n's own `n8n-node build`
 * is tsc and a copy of every picture of the repository: here only the icons come along.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
rmSync(join(root, 'dist'), { recursive: true, force: true });
execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.nodes.json'], {
	cwd: root,
	stdio: 'inherit',
});
for (const folder of ['nodes', 'credentials'])
	cpSync(join(root, folder), join(root, 'dist', folder), {
		recursive: true,
		filter: (path) => !/\.[^/]+$/.test(path) || path.endsWith('.svg'),
	});
