import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, SECRET, SHOP } from './webhooks.mts';

const ADMIN_TOKEN = 'bench-admin-token';

/** What the mappings make of an order: no message, a message of two values, or what is shipped (with invoices). */
export type Wants = 'nobody' | 'everybody' | 'shipped';

export interface BridgeOptions {
	/** Its configuration, ledger and log. */
	folder: string;
	/** `store.url` */
	store: string;
	/** Where the API is; by default nothing listens there. */
	api?: string;
	wants: Wants;
	perSecond?: number;
	/** Put before its command, such as strace. */
	prefix?: readonly string[];
}

export interface BridgeProcess {
	port: number;
	/** Of the bridge itself, or of what it was started by. */
	pid: number;
	/** Rows of the ledger in this state, as /metrics tells. */
	count(table: 'events' | 'messages', state: string): Promise<number>;
	/** Until every acknowledged event is mapped, and nothing is written any more: the next round is not to pay for this one. */
	settled(): Promise<void>;
	/** Until the states of all that was sent are read back, or for so long: the next round is not to pay for it. */
	readBack(longestMs?: number): Promise<void>;
	stop(): Promise<void>;
	kill(): Promise<void>;
}

const MAPPING = (wants: Wants): string => `on: order.created
template: order_update
language: { fallback: en_US }
${wants === 'nobody' ? `when: order.name == 'nobody'\n` : ''}variables: { '1': "{{ order.delivery.name }}", '2': '{{ order.name }}' }
`;

let started = 0;
const running = new Set<ChildProcess>();
// A bench that is broken off leaves no bridge behind.
process.once('exit', () => {
	for (const { pid } of running) process.kill(-(pid ?? 0), 'SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

/** The built bridge as the image starts it, with a shop; resolves when it listens. */
export async function startBridge(options: BridgeOptions): Promise<BridgeProcess> {
	const { folder, store, api = 'http://127.0.0.1:9', wants, perSecond = 1000, prefix = [] } = options;
	const home = join(folder, `bridge-${(started += 1)}`);
	mkdirSync(join(home, 'messages'), { recursive: true });
	writeFileSync(join(home, 'messages/order-update.yaml'), MAPPING(wants));
	const config = join(home, 'bridge.yaml');
	writeFileSync(
		config,
		`messlo: { apiKey: bench-api-key, baseUrl: "${api}", sender: "911234567890", wabaId: "1", perSecond: ${perSecond} }
server: { port: 0, adminToken: ${ADMIN_TOKEN} }
store: { url: "${store}" }
defaults: { country: IN, timezone: Asia/Kolkata }
${wants === 'shipped' ? '' : 'messages: ./messages\n'}sources: [{ id: acme, kind: shopify, shop: ${SHOP}, secrets: [${SECRET}] }]
`,
	);
	const log = join(home, 'log');
	const main = join(root, 'bridge/dist/bridge/src/cli/main.js');
	const [command = '', ...args] = [...prefix, process.execPath, ...flagsOfImage(), main, 'start', '--config', config];
	const output = openSync(log, 'w');
	const child = spawn(command, args, {
		cwd: home,
		stdio: ['ignore', output, output],
		detached: true,
		env: { PATH: process.env['PATH'] },
	});
	running.add(child);
	const ended = once(child, 'exit').finally(() => running.delete(child));
	const port = await listening(child, log);
	const end = async (signal: NodeJS.Signals) => {
		if (child.exitCode !== null || child.signalCode !== null) return;
		// strace passes no signal on when it writes to a file, so the whole group is told.
		process.kill(-(child.pid ?? 0), signal);
		await ended;
	};
	/** By this process to a disk, as Linux counts; elsewhere always 0. */
	const writtenBytes = (pid = 0): number =>
		existsSync(`/proc/${pid}/io`)
			? Number(/^write_bytes: (\d+)/m.exec(readFileSync(`/proc/${pid}/io`, 'utf8'))?.[1])
			: 0;
	const count = async (table: string, state: string): Promise<number> => {
		const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
		return Number(new RegExp(`messlo_bridge_ledger{table="${table}",state="${state}"} (\\d+)`).exec(text)?.[1] ?? 0);
	};
	return {
		port,
		pid: child.pid ?? 0,
		count,
		settled: async () => {
			while ((await count('events', 'stored')) > 0) await new Promise((wait) => setTimeout(wait, 200));
			for (let before = NaN, now = writtenBytes(child.pid); now !== before; now = writtenBytes(child.pid)) {
				before = now;
				await new Promise((wait) => setTimeout(wait, 200));
			}
		},
		readBack: async (longestMs = 20_000) => {
			const end = performance.now() + longestMs;
			while (performance.now() < end && (await count('messages', 'sent')) > 0)
				await new Promise((wait) => setTimeout(wait, 200));
		},
		stop: () => end('SIGTERM'),
		kill: () => end('SIGKILL'),
	};
}

/** Node's flags, as the image starts the bridge. */
function flagsOfImage(): string[] {
	const command = /^CMD (.+)$/m.exec(readFileSync(join(root, 'Dockerfile'), 'utf8'))?.[1] ?? '[]';
	return (JSON.parse(command) as string[]).filter((word) => word.startsWith('--'));
}

async function listening(child: ChildProcess, log: string): Promise<number> {
	for (;;) {
		const text = readFileSync(log, 'utf8');
		const port = /"url":"http:\/\/127\.0\.0\.1:(\d+)"/.exec(text)?.[1];
		if (port !== undefined) return Number(port);
		if (child.exitCode !== null) throw new Error(`The bridge ended with ${child.exitCode}:\n${text}`);
		await new Promise((wait) => setTimeout(wait, 50));
	}
}
