/**
 * Installs what is missing, and only that: `start` needs the two services, `all` the tools of tests and builds as well.
 * Runs on the machine's Node (20 or later); Node 24 itself comes with what is installed.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = new URL('..', import.meta.url).pathname;
const SETS = {
	start: ['--workspace', 'bridge', '--workspace', 'sandbox'],
	all: [],
};
const wanted = process.argv[2] ?? 'all';
if (!(wanted in SETS)) throw new Error(`install.mjs knows ${Object.keys(SETS).join(', ')}, not '${wanted}'`);

const lock = createHash('sha256')
	.update(readFileSync(join(root, 'package-lock.json')))
	.digest('hex');
const stamp = (set) => join(root, 'node_modules', `.installed-${set}`);
const has = (set) => existsSync(stamp(set)) && readFileSync(stamp(set), 'utf8') === lock;

if (!has('all') && !has(wanted)) {
	console.log(`Installing what '${wanted}' needs (once) …`);
	// The lock file is obeyed; packages' own install scripts run only for those named in allowScripts.
	execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel', 'error', ...SETS[wanted]], {
		cwd: root,
		stdio: 'inherit',
	});
	writeFileSync(stamp(wanted), lock);
}
