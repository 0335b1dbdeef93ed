/**
 * One, two and three bridges on one PostgreSQL: delivered a second with an API that answers after 600 and 200 ms (as one on the
 * internet does: each bridge then mostly waits, with so many messages in flight) and after 5 ms, and acknowledged a second. The
 * processors are shared by bridges, database, API and load generator; how many of them are busy tells what the limit is.
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
		/** Orders of a burst with the slow APIs, and with the fast one. */
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
/** Of the API, in ms. Two cores are enough for three bridges at the first one alone. */
const LATENCIES = [600, 200, 5] as const;
/** Delivering is measured at all of them; the goal is for this one. */
const WAITS = 0;
const CONNECTIONS = 60;

interface Burst {
	/** Delivered. */
	perSecond: number;
	/** Of one process, in the same pair. */
	ratio: number;
	/** Cores that bridges and database used meanwhile. */
	busy: number;
	/** Most messages that were under way to the API at once. */
	inFlight: number;
}
interface Round {
	/** In the order of the latencies. */
	bursts: Omit<Burst, 'ratio'>[];
	acked: number;
}
export interface ScaleFigures {
	pairs: number;
	latenciesMs: readonly number[];
	/** Medians. */
	rows: { processes: number; bursts: Burst[]; acked: number; ackedRatio: number }[];
}

const folder = mkdtempSync(join(tmpdir(), 'messlo-scale-'));
const api = await startApi(5);
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
	return { perSecond: (count * 1000) / elapsed, busy: (cpu() - before) / elapsed, inFlight: mostInFlight };
}

async function round(processes: number): Promise<Round> {
	const store = await engine.fresh();
	const bridges: BridgeProcess[] = [];
	// One after the other: the first makes the tables.
	for (let count = 0; count < processes; count += 1)
		bridges.push(await startBridge({ folder, store, api: api.url, wants: 'everybody' }));
	try {
		await burst(bridges, 300, 5);
		const bursts = [];
		for (const ms of LATENCIES) bursts.push(await burst(bridges, ms > 100 ? slow : fast, ms));
		// Last, as its backlog is thrown away with the database.
		const most = 5000;
		const from = take(most * 20);
		const { request } = webhooks(most, { first: from });
		const ports = bridges.map(({ port }) => port);
		const acked = await load({ ports, connections: CONNECTIONS, seconds, request, first: from });
		if (acked.other > 0) throw new Error(`${acked.other} were not acknowledged`);
		return { bursts, acked: acked.perSecond };
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
			const each = made.bursts.map(
				({ perSecond, busy, inFlight }, index) =>
					`${perSecond.toFixed(0)}/s at ${LATENCIES[index] ?? ''} ms (${inFlight} in flight, ${busy.toFixed(2)} cores busy)`,
			);
			console.log(`${processes} processes: ${each.join(', ')}, acked ${made.acked.toFixed(0)}/s`);
		}
	const one = seen.get(1) ?? [];
	const figures: ScaleFigures = {
		pairs,
		latenciesMs: LATENCIES,
		rows: [...seen].map(([processes, rounds]) => {
			const of = (pick: (round: Round) => number) => median(rounds.map(pick));
			const over = (pick: (round: Round) => number) =>
				median(rounds.map((round, index) => pick(round) / pick(one[index] ?? round)));
			const bursts = LATENCIES.map((_, at): Burst => {
				const key = (name: keyof Round['bursts'][number]) => (round: Round) => round.bursts[at]?.[name] ?? Number.NaN;
				return {
					perSecond: of(key('perSecond')),
					ratio: over(key('perSecond')),
					busy: of(key('busy')),
					inFlight: of(key('inFlight')),
				};
			});
			return { processes, bursts, acked: of(({ acked }) => acked), ackedRatio: over(({ acked }) => acked) };
		}),
	};
	const three = figures.rows.find(({ processes }) => processes === 3)?.bursts[WAITS]?.ratio ?? Number.NaN;
	await save('scale', figures, [
		goal(`3 bridges beside one, delivered to an API that answers after ${LATENCIES[WAITS]} ms`, three, '≥', 2, ' ×'),
	]);
} finally {
	api.stop();
	await engine.stop();
	rmSync(folder, { recursive: true, force: true });
}
