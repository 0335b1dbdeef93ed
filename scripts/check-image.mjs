/**
 * Runs the steps of the Dockerfile in a clean folder, as no container engine is at hand here, and starts what they make as
 * the image would: as a user without rights, on files it cannot write, with an empty environment. Needs root, for the user.
 */
import { execFileSync, spawn } from 'node:child_process';
import {
	chmodSync,
	chownSync,
	cpSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = new URL('..', import.meta.url).pathname;
const NOBODY = 65534;
const work = mkdtempSync(join(tmpdir(), 'messlo-image-'));
const [build, image, data, config] = ['build', 'image', 'data', 'config'].map((name) => join(work, name));
for (const folder of [build, image, data, config]) mkdirSync(folder);
chmodSync(work, 0o755);

/** The Dockerfile itself is what is followed: its COPY and RUN lines, in order. */
const [first, second] = readFileSync(join(root, 'Dockerfile'), 'utf8')
	.replaceAll('\\\n', ' ')
	.split(/^FROM .*$/m)
	.slice(1);
const lines = (stage) => [...stage.matchAll(/^(COPY|RUN|CMD) (.*)$/gm)].map(([, verb, rest]) => ({ verb, rest }));
const copy = (from, sources, to) => {
	for (const source of sources) {
		const folder = to.endsWith('/') || to === '.';
		const target = folder ? join(to, source) : to;
		mkdirSync(dirname(target), { recursive: true });
		cpSync(join(from, source), target, {
			recursive: true,
			filter: (path) => !/\/(node_modules|dist)$/.test(path) || from !== root,
		});
	}
};

const run = (command, cwd) =>
	execFileSync('sh', ['-c', command], {
		cwd,
		stdio: ['ignore', 'inherit', 'inherit'],
		env: { ...process.env, NODE_ENV: undefined },
	});
for (const { verb, rest } of lines(first)) {
	console.log(`build: ${verb} ${rest}`);
	if (verb === 'RUN') run(rest, build);
	else copy(root, rest.split(' ').slice(0, -1), join(build, rest.split(' ').at(-1)).replace(/\/\.\/?$/, '/'));
}
let command = [];
for (const { verb, rest } of lines(second)) {
	if (verb === 'RUN') continue; // makes /data, which is `data` here
	if (verb === 'CMD') {
		// HEALTHCHECK's own CMD stands on its line's continuation and comes first.
		command = JSON.parse(rest);
		continue;
	}
	console.log(`image: ${verb} ${rest}`);
	const [source, to] = rest.replace('--from=build ', '').split(' ');
	const from = rest.startsWith('--from=build') ? join(build, source.replace(/^\/app\//, '')) : join(root, source);
	mkdirSync(dirname(join(image, to)), { recursive: true });
	cpSync(from, join(image, to), { recursive: true });
}
console.log(`image: ${execFileSync('du', ['-sh', image], { encoding: 'utf8' }).split('\t')[0]} beside Node itself`);
for (const leaked of ['node_modules/typescript', 'node_modules/node', 'node_modules/jest', 'sandbox', 'test'])
	if (exists(join(image, leaked))) throw new Error(`${leaked} must not be in the image`);

chownSync(data, NOBODY, NOBODY);
execFileSync('chmod', ['-R', 'a-w,a+rX', image]);
writeFileSync(
	join(config, 'messlo-bridge.yaml'),
	`messlo: { apiKey: "\${MESSLO_API_KEY}", baseUrl: "http://127.0.0.1:9", sender: "911234567890", wabaId: "1" }
server: { host: 127.0.0.1, port: 0, adminToken: "\${BRIDGE_ADMIN_TOKEN}" }
store: { url: "sqlite:${data}/bridge.db" }
sources: [{ id: acme, kind: shopify, shop: acme.myshopify.com, secrets: [secret-of-the-shop] }]
`,
);
const child = spawn(process.execPath, command.slice(1), {
	cwd: image,
	uid: NOBODY,
	gid: NOBODY,
	env: {
		NODE_ENV: 'production',
		BRIDGE_CONFIG: join(config, 'messlo-bridge.yaml'),
		MESSLO_API_KEY: 'key',
		BRIDGE_ADMIN_TOKEN: 'token-of-the-admin',
	},
	stdio: ['ignore', 'pipe', 'inherit'],
});
const ended = new Promise((resolve) => child.once('exit', resolve));
let log = '';
const url = await new Promise((resolve, reject) => {
	child.stdout.on('data', (chunk) => {
		log += chunk;
		const ready = /"stage":"ready","url":"([^"]+)"/.exec(log);
		if (ready) resolve(ready[1]);
	});
	void ended.then((code) => reject(new Error(`the bridge ended with ${code}\n${log}`)));
});
const health = await fetch(`${url}/healthz`);
const sample = await fetch(`${url}/documents/sample-invoice.pdf`);
if (!health.ok || sample.headers.get('content-type') !== 'application/pdf')
	throw new Error(`health ${health.status}, sample invoice ${sample.status}`);
child.kill('SIGTERM');
const code = await ended;
if (code !== 0) throw new Error(`stopping ended with ${code}`);
if (statSync(join(data, 'bridge.db')).uid !== NOBODY) throw new Error('the ledger is not the user’s own');
rmSync(work, { recursive: true, force: true });
console.log(
	'The image’s steps work: started without rights on read-only files, healthy, made an invoice, stopped cleanly.',
);

function exists(path) {
	try {
		statSync(path);
		return true;
	} catch {
		return false;
	}
}
