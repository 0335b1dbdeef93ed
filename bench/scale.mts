/**
 * One, two and three bridges on one PostgreSQL: delivered a second with an API that answers after 200 ms (as one on the internet
 * does: each bridge then mostly waits, with so many messages in flight) and after 5 ms (then processors are the limit), and
 * acknowledged a second. The processors are shared by bridges, database, API and load generator.
 * Run `npm run build`, then `npx node bench/scale.mts [--pairs 5] [--slow 600] [--fast 1500] [--seconds 2]`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { now } from './support/api.mts';
import { type BridgeProcess, startBridge } from './support/bridge.mts';
import { postgres } from './support/engines.mts';
import { goal, median, save } from './support/figures.mts';
import { load } from './support/load.mts';
import { cpuMs } from './support/processes.mts';
import { startApi } from './support/start-api.mts';
import { webhooks } from './support/webhooks.mts';

const { values } = parseArgs({
	options: {
		pairs: { type: 'string', default: '5' },
		/** Orders of a burst with the slow API, and with the fast one. */
		slow: { type: 'string', default: '600' },
		fast: { type: 'string', default: '1500' },
		seconds: { type: 'string', default: '2' },
	},
});
const [pairs, slow, fast, seconds] = [values.pairs, values.slow, values.fast, values.seconds].map(Number) as [
	number,
	number,
	number,
	number,
];
const LATENCY = { slow: 200, fast: 5 };
const CONNECTIONS = 60;

interface Round {
	slow: number;
	fast: number;
	acked: number;
	/** Cores that bridges and database used while delivering to the fast API. */
	busy: number;
	/** Most messages in flight at the slow API. */
	inFlight: number;
}
export interface ScaleFigures {
	pairs: number;
	latencyMs: typeof LATENCY;
	rows: ({ processes: number } & Round)[];
	/** Of one process, in the same pair; medians. */
	ratios: { processes: number; slow: number; fast: number; acked: number }[];
}

const folder = mkdtempSync(join(tmpdir(), 'messlo-scale-'));
const api = await startApi(LATENCY.fast);
const engine = await postgres();
let first = 0;
const take = (count: number): number => (first += count) - count;

async function burst(bridges: readonly BridgeProcess[], count: number, latencyMs: number) {
	const from = take(count);
	const { request } = webhooks(count, { first: from });
	await api.ask({ reset: true, latencyMs });
	const cpu = () => bridges.reduce((sum, { pid }) => sum + cpuMs(pid), engine.cpuMs());
	const [started, before] = [now(), cpu()];
	const ports = bridges.map(({ port }) => port);
	await load({ ports, connections: CONNECTIONS, count, request, first: from });
	const { lastAt, twice, mostInFlight } = await api.until(count);
	if (twice > 0) throw new Error(`${twice} orders were sent twice`);
	const elapsed = lastAt - started;
	return { perSecond: (count * 1000) / elapsed, busy: (cpu() - before) / elapsed, mostInFlight };
}

async function round(processes: number): Promise<Round> {
	const store = await engine.fresh();
	const bridges: BridgeProcess[] = [];
	// One after the other: the first makes the tables.
	for (let count = 0; count < processes; count += 1)
		bridges.push(await startBridge({ folder, store, api: api.url, wants: 'everybody' }));
	try {
		await burst(bridges, 300, LATENCY.fast);
		const waits = await burst(bridges, slow, LATENCY.slow);
		const works = await burst(bridges, fast, LATENCY.fast);
		// Last, as its backlog is thrown away with the database.
		const most = 5000;
		const from = take(most * 20);
		const { request } = webhooks(most, { first: from });
		const ports = bridges.map(({ port }) => port);
		const acked = await load({ ports, connections: CONNECTIONS, seconds, request, first: from });
		if (acked.other > 0) throw new Error(`${acked.other} were not acknowledged`);
		return {
			slow: waits.perSecond,
			fast: works.perSecond,
			acked: acked.perSecond,
			busy: works.busy,
			inFlight: waits.mostInFlight,
		};
	} finally {
		await Promise.all(bridges.map((bridge) => bridge.kill()));
	}
}

try {
	const seen = new Map<number, Round[]>([1, 2, 3].map((processes) => [processes, []]));
	for (let pair = 0; pair < pairs; pair += 1)
		for (const processes of pair % 2 ? [3, 2, 1] : [1, 2, 3]) {
			const made = await round(processes);
			seen.get(processes)?.push(made);
			console.log(
				`${processes} processes: ${made.slow.toFixed(0)}/s at ${LATENCY.slow} ms (${made.inFlight} in flight), ${made.fast.toFixed(0)}/s at ${LATENCY.fast} ms (${made.busy.toFixed(2)} cores busy), acked ${made.acked.toFixed(0)}/s`,
			);
		}
	const one = seen.get(1) ?? [];
	const figures: ScaleFigures = {
		pairs,
		latencyMs: LATENCY,
		rows: [...seen].map(([processes, rounds]) => {
			const of = (key: keyof Round) => median(rounds.map((each) => each[key]));
			return {
				processes,
				slow: of('slow'),
				fast: of('fast'),
				acked: of('acked'),
				busy: of('busy'),
				inFlight: of('inFlight'),
			};
		}),
		ratios: [...seen].map(([processes, rounds]) => {
			const over = (key: keyof Round) =>
				median(rounds.map((each, index) => each[key] / (one[index]?.[key] ?? Number.NaN)));
			return { processes, slow: over('slow'), fast: over('fast'), acked: over('acked') };
		}),
	};
	const three = figures.ratios.find(({ processes }) => processes === 3)?.slow ?? Number.NaN;
	await save('scale', figures, [
		goal(`3 bridges beside one, delivered to an API that answers after ${LATENCY.slow} ms`, three, '≥', 2, ' ×'),
	]);
} finally {
	api.stop();
	await engine.stop();
	rmSync(folder, { recursive: true, force: true });
}
