/**
 * Runs a command with a real n8n at hand: `node scripts/with-n8n.mjs jest …` has its folder in MESSLO_N8N. The n8n of
 * tools/n8n/runtime (2.6 GB) is installed once, outside of the checkout: MESSLO_N8N_CACHE, else the user's cache folder.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const source = fileURLToPath(new URL('../tools/n8n/runtime', import.meta.url));
const version = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8')).dependencies.n8n;
const lock = createHash('sha256')
	.update(readFileSync(join(source, 'package-lock.json')))
	.digest('hex');
const cache =
	process.env.MESSLO_N8N_CACHE || join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'messlo-n8n');
const folder = join(cache, `${version}-${lock.slice(0, 8)}`);

function install() {
	console.log(`Installing n8n ${version} in ${folder} (once; five minutes, 2.6 GB) …`);
	mkdirSync(cache, { recursive: true });
	const work = mkdtempSync(join(cache, 'installing-'));
	try {
		for (const file of ['package.json', 'package-lock.json', '.npmrc']) cpSync(join(source, file), join(work, file));
		const node = join(dirname(process.execPath), '..');
		const headers = [node, join(node, 'node_modules', `node-${process.platform}-${process.arch}`)].find((folder) =>
			existsSync(join(folder, 'include/node')),
		);
		const npm = (...args) =>
			execFileSync('npm', [...args, '--loglevel', 'error'], {
				cwd: work,
				stdio: 'inherit',
				// Where nothing can be downloaded, sqlite3 is compiled with the headers that come with this Node.
				env: { ...process.env, ...(headers && { npm_config_nodedir: headers }) },
			});
		// Of some fifteen install scripts n8n needs one; others download, or compile what is not used here.
		npm('ci', '--ignore-scripts');
		npm('rebuild', 'sqlite3');
		// Only a whole installation gets the name that is looked for, also when two install at once.
		if (!existsSync(folder)) renameSync(work, folder);
	} finally {
		rmSync(work, { recursive: true, force: true });
	}
}

if (!existsSync(folder)) install();
const [command, ...args] = process.argv.slice(2);
if (command === undefined) console.log(folder);
else {
	const { status, error } = spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, MESSLO_N8N: folder } });
	if (error) throw error;
	process.exitCode = status ?? 1;
}
