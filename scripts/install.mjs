/**
 * Installs what is missing, and only that: `start` needs the two services, `all` the tools of tests and builds as well,
 * n8n's own among them. Runs on the machine's Node (20 or later); Node 24 itself comes with what is installed.
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

/** One folder with a lock file, installed as that says and stamped with it. */
function folder(path) {
	const lock = createHash('sha256')
		.update(readFileSync(join(path, 'package-lock.json')))
		.digest('hex');
	const stamp = (set) => join(path, 'node_modules', `.installed-${set}`);
	return {
		has: (set) => existsSync(stamp(set)) && readFileSync(stamp(set), 'utf8') === lock,
		install(set, what) {
			console.log(`Installing ${what} (once) …`);
			// The lock file is obeyed; packages' own install scripts run only for those named in allowScripts.
			execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel', 'error', ...SETS[set]], {
				cwd: path,
				stdio: 'inherit',
			});
			writeFileSync(stamp(set), lock);
		},
	};
}

const project = folder(root);
if (!project.has('all') && !project.has(wanted)) project.install(wanted, `what '${wanted}' needs`);

const n8n = folder(join(root, 'tools/n8n'));
if (wanted === 'all' && !n8n.has('all')) n8n.install('all', "n8n's tools");
