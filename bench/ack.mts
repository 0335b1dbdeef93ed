/**
 * Acknowledged webhooks a second and their p99, beside the floor (bench/floor.mts), alternating in one run.
 * The bridge is the built one, as its command line starts it: signature, JSON check, ledger with fsync, log line, and in the
 * background every event read and mapped, which is waited for between rounds (by a mapping that wants none of them, so that no message leaves).
 * Run `npm run build`, then `npx node bench/ack.mts [pairs] [seconds]`.
 */
import { type ChildProcess, execFileSync, fork, spawn, spawnSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { load, type LoadResult } from './load.mts';

const root = resolve(import.meta.dirname, '..');
const [pairs, seconds] = [Number(process.argv[2] ?? 5), Number(process.argv[3] ?? 3)];
const CONNECTIONS = [20, 100];
const GOALS: Record<number, number> = { 20: 0.9, 100: 0.7 };
const SECRET = 'bench-secret-of-a-shop';
const folder = mkdtempSync(join(tmpdir(), 'messlo-ack-'));

mkdirSync(join(folder, 'messages'));

/** A real order, cut to 4 kB: what most orders of one or two lines are as Shopify sends them. */
const LEFT_OUT =
	/_set$|^client_details$|^landing|^original_|^current_|^billing_address$|_token$|^total_(weight|outstanding|tip)/;
const order = JSON.parse(
	readFileSync(join(root, 'test/fixtures/shopify/orders-create.in-phone-only-in-shipping.json'), 'utf8'),
) as Record<string, unknown>;
const body = Buffer.from(
	JSON.stringify(Object.fromEntries(Object.entries(order).filter(([key]) => !LEFT_OUT.test(key)))),
);
const signature = createHmac('sha256', SECRET).update(body).digest('base64');
const request = (n: number) =>
	Buffer.concat([
		Buffer.from(
			`POST /webhooks/shopify/acme HTTP/1.1\r\nhost: bench\r\ncontent-type: application/json\r\nx-shopify-topic: orders/create\r\n` +
				`x-shopify-shop-domain: acme.myshopify.com\r\nx-shopify-api-version: 2026-10\r\nx-shopify-webhook-id: w-${process.pid}-${n}\r\n` +
				`x-shopify-event-id: e-${process.pid}-${n}\r\nx-shopify-triggered-at: 2026-11-20T08:35:12Z\r\n` +
				`x-shopify-hmac-sha256: ${signature}\r\ncontent-length: ${body.length}\r\n\r\n`,
		),
		body,
	]);

writeFileSync(
	join(folder, 'messages', 'nobody.yaml'),
	"on: order.created\ntemplate: nothing\nlanguage: { fallback: en_US }\nwhen: order.name == 'nobody'\nvariables: { '1': '{{ order.name }}' }\n",
);
const config = join(folder, 'bridge.yaml');
writeFileSync(
	config,
	`messlo: { apiKey: bench-api-key, baseUrl: "http://127.0.0.1:9", sender: "911234567890", wabaId: "1" }
server: { port: 0, adminToken: bench-admin-token }
store: { url: "sqlite:./bridge.db" }
messages: ./messages
sources: [{ id: acme, kind: shopify, shop: acme.myshopify.com, secrets: [${SECRET}] }]
`,
);

const startFloor = () =>
	new Promise<{ child: ChildProcess; port: number }>((resolvePort) => {
		const child = fork(join(root, 'bench/floor.mts'), [join(folder, 'floor.log'), SECRET]);
		child.once('message', (port) => resolvePort({ child, port: Number(port) }));
	});

async function startBridge(prefix: string[] = []): Promise<{ child: ChildProcess; port: number }> {
	const log = join(folder, `bridge-${prefix.length}.log`);
	const [command = '', ...args] = [
		...prefix,
		process.execPath,
		join(root, 'bridge/dist/bridge/src/cli/main.js'),
		'start',
		'--config',
		config,
	];
	const child = spawn(command, args, { stdio: ['ignore', openSync(log, 'w'), 'inherit'], detached: true });
	for (;;) {
		const port = /"url":"http:\/\/127\.0\.0\.1:(\d+)"/.exec(readFileSync(log, 'utf8'))?.[1];
		if (port !== undefined) return { child, port: Number(port) };
		await new Promise((wait) => setTimeout(wait, 50));
	}
}

/** strace passes no signal on when it writes to a file, so the whole group is told. */
const stop = ({ pid }: ChildProcess) => process.kill(-(pid ?? 0), 'SIGTERM');

/** Until every acknowledged event is mapped: the next round is not to pay for this one. */
async function settled(port: number): Promise<void> {
	for (;;) {
		const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
		if (!/messlo_bridge_ledger\{table="events",state="stored"\} [1-9]/.test(text)) return;
		await new Promise((wait) => setTimeout(wait, 200));
	}
}

const median = (values: number[]): number =>
	[...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const floor = await startFloor();
const bridge = await startBridge();
console.log(`body ${body.length} bytes, ${pairs} alternating pairs of ${seconds} s, Node ${process.version}\n`);
console.log('connections  floor acked/s  bridge acked/s  ratio  floor p99 ms  bridge p99 ms  p99 ratio');
for (const connections of CONNECTIONS) {
	const rounds: { least: LoadResult; ours: LoadResult; ratio: number; tail: number }[] = [];
	await load({ port: bridge.port, connections, seconds: 1, request });
	for (let pair = 0; pair < pairs; pair += 1) {
		await settled(bridge.port);
		const least = await load({ port: floor.port, connections, seconds, request });
		const ours = await load({ port: bridge.port, connections, seconds, request });
		if (ours.other + least.other > 0)
			throw new Error(`${ours.other} and ${least.other} requests were not acknowledged`);
		rounds.push({ least, ours, ratio: ours.perSecond / least.perSecond, tail: ours.p99Ms / least.p99Ms });
	}
	const of = (pick: (round: (typeof rounds)[number]) => number) => median(rounds.map(pick));
	const ratio = of((round) => round.ratio);
	console.log(
		[
			String(connections).padStart(11),
			of(({ least }) => least.perSecond)
				.toFixed(0)
				.padStart(14),
			of(({ ours }) => ours.perSecond)
				.toFixed(0)
				.padStart(15),
			`${ratio.toFixed(2)}${ratio >= (GOALS[connections] ?? 0) ? ' ' : '!'}`.padStart(7),
			of(({ least }) => least.p99Ms)
				.toFixed(1)
				.padStart(13),
			of(({ ours }) => ours.p99Ms)
				.toFixed(1)
				.padStart(14),
			of((round) => round.tail)
				.toFixed(2)
				.padStart(10),
		].join(' '),
	);
}
await settled(bridge.port);
const stopped = new Promise((ended) => bridge.child.once('exit', ended));
stop(bridge.child);
floor.child.kill();
await stopped;

// That the answer really waits for the disk: the same bridge under strace, a short load, its syncs counted.
if (spawnSync('strace', ['-V']).status === 0) {
	const traced = await startBridge([
		'strace',
		'-f',
		'-qq',
		'-e',
		'trace=fsync,fdatasync',
		'-o',
		join(folder, 'sync.txt'),
	]);
	const result = await load({ port: traced.port, connections: 20, seconds: 2, request });
	const ended = new Promise((exit) => traced.child.once('exit', exit));
	stop(traced.child);
	await ended;
	const syncs = execFileSync('grep', ['-c', 'sync(', join(folder, 'sync.txt')], { encoding: 'utf8' }).trim();
	console.log(
		`\nunder strace: ${result.acknowledged} acknowledged with ${syncs} fsync/fdatasync calls (20 at most share one)`,
	);
} else console.log('\nstrace is not installed (apt-get install strace): the syncs were not counted');
rmSync(folder, { recursive: true, force: true });
