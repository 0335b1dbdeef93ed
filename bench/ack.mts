/**
 * Acknowledged webhooks a second and their p99 on both engines, beside the floor (bench/support/floor.mts), alternating in one run.
 * The bridge is the built one, as its image starts it: signature, JSON check, ledger with fsync, log line. What it
 * does with events afterwards (read, mapped, by a mapping that wants none of them) is waited for before the next side's turn;
 * what it does while webhooks pour in without an end is measured in a round of its own.
 * Run `npm run build`, then `npx node bench/ack.mts [--pairs 5] [--seconds 2] [--engines sqlite,postgres]`.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startBridge } from './support/bridge.mts';
import { engines as open } from './support/engines.mts';
import { type Goal, goal, median, save } from './support/figures.mts';
import { load, type LoadResult } from './support/load.mts';
import { cpuMs } from './support/processes.mts';
import { startFloor } from './support/start-floor.mts';
import { webhooks } from './support/webhooks.mts';

const { values } = parseArgs({
	options: {
		pairs: { type: 'string', default: '5' },
		seconds: { type: 'string', default: '2' },
		engines: { type: 'string', default: 'sqlite,postgres' },
		/** Of the round without an end; 0 leaves it out. */
		storm: { type: 'string', default: '20' },
	},
});
const [pairs, seconds, storm] = [Number(values.pairs), Number(values.seconds), Number(values.storm)];
const CONNECTIONS = [20, 100] as const;
/** Rounds of each side that are not counted: until its code is compiled it takes half as many. */
const WARM_UP = 2;
const GOALS = { SQLite: { 20: 0.95, 100: 0.75 }, PostgreSQL: { 20: 0.35, 100: 0.35 } };
const P99_GOAL = 1.25;

/** One server and what was seen of it. */
interface Side {
	name: string;
	port: number;
	/** Of the server and, for an engine with one, its database. */
	cpuMs(): number;
	settled(): Promise<void>;
}
export interface AckRow {
	side: string;
	connections: number;
	perSecond: number;
	p50Ms: number;
	p99Ms: number;
	/** Of the server, database included. */
	cpuUs: number;
	/** Share of a processor that the load generator took. */
	generator: number;
	/** Of the floor in the same pair; medians. */
	ratio: number;
	p99Ratio: number;
}
export interface AckFigures {
	bodyBytes: number;
	pairs: number;
	seconds: number;
	rows: AckRow[];
	/** Webhooks without a pause: planning goes on beside them from the tenth second on. */
	storm: { side: string; seconds: number; perSecond: number; p99Ms: number; planned: number }[];
	syncs?: { acknowledged: number; calls: number };
}

const folder = mkdtempSync(join(tmpdir(), 'messlo-ack-'));
const { request, bytes } = webhooks(5000);
let next = 0;
async function round(port: number, connections: number, length = seconds): Promise<LoadResult> {
	const result = await load({ ports: [port], connections, seconds: length, request, first: next });
	next = result.next;
	if (result.other > 0) throw new Error(`${result.other} requests were not acknowledged`);
	return result;
}

const floor = await startFloor(folder);
const engines = await open(folder, values.engines);
const sides: Side[] = [{ name: 'floor', port: floor.port, cpuMs: () => cpuMs(floor.pid), settled: async () => {} }];
const bridges = [];
for (const engine of engines) {
	const bridge = await startBridge({ folder, store: await engine.fresh(), wants: 'nobody' });
	bridges.push(bridge);
	sides.push({
		name: engine.name,
		port: bridge.port,
		cpuMs: () => cpuMs(bridge.pid) + engine.cpuMs(),
		settled: bridge.settled,
	});
}

const figures: AckFigures = { bodyBytes: bytes, pairs, seconds, rows: [], storm: [] };
const goals: Goal[] = [];
try {
	console.log(`body ${bytes} bytes, ${pairs} alternating rounds of ${seconds} s, Node ${process.version}`);
	for (const connections of CONNECTIONS) {
		const seen = new Map(sides.map(({ name }) => [name, [] as (LoadResult & { cpuUs: number })[]]));
		for (let pair = -WARM_UP; pair < pairs; pair += 1)
			// The order turns, so that none always has the quiet moment after a pause.
			for (const side of [...sides.keys()].map((index) => sides[(index + pair + 1) % sides.length])) {
				if (!side) continue;
				const before = side.cpuMs();
				const result = await round(side.port, connections);
				const cpuUs = ((side.cpuMs() - before) * 1000) / result.acknowledged;
				await side.settled();
				if (pair >= 0) seen.get(side.name)?.push({ ...result, cpuUs });
			}
		const least = seen.get('floor') ?? [];
		for (const { name } of sides) {
			const rounds = seen.get(name) ?? [];
			const of = (pick: (result: (typeof rounds)[number]) => number) => median(rounds.map(pick));
			const over = (pick: (result: LoadResult) => number) =>
				median(rounds.map((result, index) => pick(result) / pick(least[index] ?? result)));
			const row: AckRow = {
				side: name,
				connections,
				perSecond: of((result) => result.perSecond),
				p50Ms: of((result) => result.p50Ms),
				p99Ms: of((result) => result.p99Ms),
				cpuUs: of((result) => result.cpuUs),
				generator: of((result) => result.busy),
				ratio: over((result) => result.perSecond),
				p99Ratio: over((result) => result.p99Ms),
			};
			figures.rows.push(row);
			console.log(
				`${String(connections).padStart(3)} connections ${name.padEnd(10)} ${row.perSecond.toFixed(0).padStart(6)}/s  p50 ${row.p50Ms.toFixed(1)} p99 ${row.p99Ms.toFixed(1)} ms` +
					`  cpu ${row.cpuUs.toFixed(0)} µs  ratio ${row.ratio.toFixed(2)} p99 ratio ${row.p99Ratio.toFixed(2)}  generator ${row.generator.toFixed(2)}`,
			);
			if (name !== 'SQLite' && name !== 'PostgreSQL') continue;
			goals.push(
				goal(
					`acks beside the floor, ${name}, ${connections} connections`,
					row.ratio,
					'≥',
					GOALS[name][connections],
					' ×',
				),
			);
			// PostgreSQL is asked for a third of the floor's rate: its tail is told, and promised for the embedded engine.
			if (name === 'SQLite')
				goals.push(
					goal(`p99 beside the floor's, ${name}, ${connections} connections`, row.p99Ratio, '≤', P99_GOAL, ' ×'),
				);
		}
	}

	// That the answer really waits for the disk: the same bridge under strace, a short load, its syncs counted.
	if (spawnSync('strace', ['-V']).status === 0 && values.engines.includes('sqlite')) {
		const trace = join(folder, 'sync.txt');
		const traced = await startBridge({
			folder,
			store: `sqlite:${join(folder, 'traced.db')}`,
			wants: 'nobody',
			prefix: ['strace', '-f', '-qq', '-y', '-e', 'trace=fsync,fdatasync,pwritev', '-o', trace],
		});
		const { acknowledged } = await round(traced.port, 20, 2);
		await traced.stop();
		// The journal is opened with O_DSYNC, so that each write to it ends on disk.
		const calls = Number(
			execFileSync('grep', ['-cE', 'sync\\(|pwritev\\([0-9]+<[^>]*-intake>', trace], { encoding: 'utf8' }),
		);
		figures.syncs = { acknowledged, calls };
		console.log(`under strace: ${acknowledged} acknowledged with ${calls} syncs (20 at most share one)`);
	}

	for (const [index, side] of storm > 0 ? sides.entries() : []) {
		const result = await round(side.port, 20, storm);
		const planned = result.acknowledged - ((await bridges[index - 1]?.count('events', 'stored')) ?? 0);
		figures.storm.push({ side: side.name, seconds: storm, perSecond: result.perSecond, p99Ms: result.p99Ms, planned });
		console.log(
			`${storm} s without a pause, ${side.name}: ${result.perSecond.toFixed(0)}/s, p99 ${result.p99Ms.toFixed(1)} ms`,
		);
		// Its backlog is not to be worked on beside the next.
		await bridges[index - 1]?.kill();
	}
	await save('ack', figures, goals, engines.length === 2);
} finally {
	floor.stop();
	for (const bridge of bridges) await bridge.kill();
	for (const engine of engines) await engine.stop();
	rmSync(folder, { recursive: true, force: true });
}
