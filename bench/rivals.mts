/**
 * The same journey (signed webhook → check → map → call to the API) in the bridge on SQLite and as a workflow in a real n8n, with
 * its default and with its legacy expression engine, alternating in one run: acknowledged and delivered a second, p99, memory,
 * and what becomes of acknowledged orders after kill -9. The workflow: bench/support/n8n-workflow.mts, set up in three ways.
 * Run `npm run build`, then `npx node scripts/with-n8n.mjs node bench/rivals.mts [--pairs 5] [--seconds 6] [--kills 3]`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { now } from './support/api.mts';
import { startBridge } from './support/bridge.mts';
import { type Goal, goal, median, save } from './support/figures.mts';
import { load } from './support/load.mts';
import { SET_UPS, type SetUp } from './support/n8n-workflow.mts';
import { peakWithChildrenMb } from './support/processes.mts';
import { startApi } from './support/start-api.mts';
import { type N8nSide, startN8nSide } from './support/start-n8n.mts';
import { orderName, webhooks } from './support/webhooks.mts';

const { values } = parseArgs({
	options: {
		pairs: { type: 'string', default: '5' },
		seconds: { type: 'string', default: '6' },
		kills: { type: 'string', default: '3' },
	},
});
const [pairs, seconds, kills] = [Number(values.pairs), Number(values.seconds), Number(values.kills)];
const API_MS = 5;
const CONNECTIONS = 20;
/** Of the bridge: enough for a rate, and delivered before the next side's turn. */
const BRIDGE_ORDERS = 4000;
const ENGINES = { default: {}, legacy: { N8N_EXPRESSION_ENGINE: 'legacy' } } as const;
type ExpressionEngine = keyof typeof ENGINES;

interface Round {
	ackedPerSecond: number;
	p50Ms: number;
	p99Ms: number;
	deliveredPerSecond: number;
}
export interface RivalRow extends Round {
	/** "bridge", or the expression engine of n8n and how the workflow is set up. */
	side: string;
	setUp?: SetUp;
}
export interface KillRow {
	side: string;
	setUp?: SetUp;
	kills: number;
	/** Over all kills. */
	acknowledged: number;
	/** Acknowledged and, after the restart, never sent. */
	lost: number;
	/** Sent twice, after the shop had delivered again what was not acknowledged. */
	twice: number;
}
export interface RivalFigures {
	apiMs: number;
	pairs: number;
	seconds: number;
	connections: number;
	rows: RivalRow[];
	memory: { side: string; peakMb: number }[];
	kills: KillRow[];
}

const folder = mkdtempSync(join(tmpdir(), 'messlo-rivals-'));
const api = await startApi(API_MS);
let first = 0;
const take = (count: number): number => (first += count) - count;

async function round(port: number, path: string, limit: { seconds?: number; count?: number }): Promise<Round> {
	const most = limit.count ?? 2000;
	const from = take(most);
	const { request } = webhooks(most, { first: from, path });
	await api.ask({ reset: true });
	const started = now();
	const result = await load({ ports: [port], connections: CONNECTIONS, request, first: from, ...limit });
	if (result.other > 0) throw new Error(`${path}: ${result.other} were not acknowledged`);
	const { orders, lastAt } = await api.until(result.acknowledged);
	return {
		ackedPerSecond: result.perSecond,
		p50Ms: result.p50Ms,
		p99Ms: result.p99Ms,
		deliveredPerSecond: (orders * 1000) / (lastAt - started),
	};
}

const BRIDGE = '/webhooks/shopify/acme';
const store = `sqlite:${join(folder, 'bridge.db')}`;
const bridgeOptions = { folder, store, api: api.url, wants: 'everybody' } as const;
let bridge = await startBridge(bridgeOptions);
const n8n = new Map<ExpressionEngine, N8nSide>();
const nameOf = (engine: ExpressionEngine) => `n8n, ${engine} engine`;

interface Killed {
	acknowledged: Set<string>;
	delivered: Set<string>;
	twice: number;
}
/** Kills a server under load and starts it again; the shop then delivers once more what was not acknowledged. */
async function killed(
	port: () => number,
	paths: readonly string[],
	strike: () => Promise<void>,
	again: () => Promise<void>,
) {
	const result = new Map<string, Killed>();
	await api.ask({ reset: true });
	const runs = paths.map((path) => {
		const from = take(3000);
		const hooks = webhooks(3000, { first: from, path });
		const acknowledged = new Set<number>();
		let asked = from;
		const request = (n: number) => {
			asked = n + 1;
			return hooks.request(n);
		};
		const running = load({
			ports: [port()],
			connections: Math.ceil(CONNECTIONS / paths.length),
			count: 3000,
			request,
			first: from,
			mayBreak: true,
			acknowledged: (n) => acknowledged.add(n),
		});
		return { path, from, request: hooks.request, acknowledged, last: () => asked, running };
	});
	await strike();
	await Promise.all(runs.map(({ running }) => running));
	await again();
	for (const { from, request, acknowledged, last } of runs)
		for (let n = from; n < last(); n += 1)
			if (!acknowledged.has(n)) await load({ ports: [port()], connections: 1, count: 1, request, first: n });
	// Until nothing has come for 25 s: the bridge reads threads for 15 s before it sends again what may have arrived.
	const wanted = runs.reduce((sum, { from, last }) => sum + last() - from, 0);
	await api.until(wanted, 25_000).catch(() => undefined);
	await wait(2000);
	const { times = [], repeated = [] } = await api.ask({ orders: true });
	const delivered = new Set(times.map(([name]) => name));
	for (const { path, from, acknowledged, last } of runs) {
		const names = new Set(Array.from({ length: last() - from }, (_, index) => orderName(from + index)));
		result.set(path, {
			acknowledged: new Set([...acknowledged].map(orderName)),
			delivered,
			twice: repeated.filter((name) => names.has(name)).length,
		});
	}
	return result;
}

const killRows = new Map<string, KillRow>();
function note(side: string, setUp: SetUp | undefined, { acknowledged, delivered, twice }: Killed): void {
	const key = `${side} ${setUp}`;
	const row = killRows.get(key) ?? { side, ...(setUp && { setUp }), kills: 0, acknowledged: 0, lost: 0, twice: 0 };
	const lost = [...acknowledged].filter((name) => !delivered.has(name)).length;
	killRows.set(key, {
		...row,
		kills: row.kills + 1,
		acknowledged: row.acknowledged + acknowledged.size,
		lost: row.lost + lost,
		twice: row.twice + twice,
	});
	console.log(`kill -9, ${key}: ${acknowledged.size} acknowledged, ${lost} lost, ${twice} sent twice`);
}

try {
	for (const [engine, env] of Object.entries(ENGINES))
		n8n.set(engine as ExpressionEngine, await startN8nSide(folder, api.url, env));
	const seen = new Map<string, { side: string; setUp?: SetUp; rounds: Round[] }>();
	const keep = (side: string, setUp: SetUp | undefined, made: Round) => {
		const key = `${side} ${setUp}`;
		const entry = seen.get(key) ?? { side, ...(setUp && { setUp }), rounds: [] };
		entry.rounds.push(made);
		seen.set(key, entry);
		console.log(
			`${key}: acked ${made.ackedPerSecond.toFixed(1)}/s, p99 ${made.p99Ms.toFixed(0)} ms, delivered ${made.deliveredPerSecond.toFixed(1)}/s`,
		);
	};
	const setUps = Object.keys(SET_UPS) as SetUp[];
	for (let pair = -1; pair < pairs; pair += 1) {
		const ours = await round(bridge.port, BRIDGE, { count: pair < 0 ? 1000 : BRIDGE_ORDERS });
		if (pair >= 0) keep('bridge', undefined, ours);
		await bridge.readBack();
		for (const [engine, side] of n8n)
			for (const setUp of setUps) {
				const theirs = await round(side.port(), `/webhook/${setUp}`, { seconds: pair < 0 ? 2 : seconds });
				if (pair >= 0) keep(nameOf(engine), setUp, theirs);
			}
	}
	const memory = [
		{ side: 'bridge', peakMb: peakWithChildrenMb(bridge.pid) },
		...[...n8n].map(([engine, side]) => ({ side: nameOf(engine), peakMb: side.peakMb() })),
	];

	for (let count = 0; count < kills; count += 1) {
		for (const [engine, side] of n8n) {
			const paths = setUps.map((setUp) => `/webhook/${setUp}`);
			const strike = async () => {
				await wait(4000 + Math.random() * 2000);
				await side.kill();
			};
			const result = await killed(
				() => side.port(),
				paths,
				strike,
				() => side.restart(),
			);
			for (const setUp of setUps) {
				const found = result.get(`/webhook/${setUp}`);
				if (found) note(nameOf(engine), setUp, found);
			}
		}
		const strike = async () => {
			await wait(700 + Math.random() * 300);
			await bridge.kill();
		};
		const result = await killed(
			() => bridge.port,
			[BRIDGE],
			strike,
			async () => void (bridge = await startBridge(bridgeOptions)),
		);
		const found = result.get(BRIDGE);
		if (found) note('bridge', undefined, found);
	}

	const rows = [...seen.values()].map(({ rounds, ...row }): RivalRow => {
		const of = (key: keyof Round) => median(rounds.map((each) => each[key]));
		return {
			...row,
			ackedPerSecond: of('ackedPerSecond'),
			p50Ms: of('p50Ms'),
			p99Ms: of('p99Ms'),
			deliveredPerSecond: of('deliveredPerSecond'),
		};
	});
	const roundsOf = (side: string, setUp?: SetUp) => seen.get(`${side} ${setUp}`)?.rounds ?? [];
	const ours = roundsOf('bridge');
	const ratioTo = (setUp: SetUp, what: 'ackedPerSecond' | 'deliveredPerSecond') => {
		const theirs = roundsOf(nameOf('default'), setUp);
		return median(ours.map((each, index) => each[what] / (theirs[index]?.[what] ?? Number.NaN)));
	};
	const bridgeKills = killRows.get('bridge undefined');
	const goals: Goal[] = [
		goal(
			"acks beside n8n's workflow, default engine, as it comes",
			ratioTo('at-once', 'ackedPerSecond'),
			'≥',
			100,
			' ×',
		),
		goal('acknowledged orders lost by the bridge after kill -9', bridgeKills?.lost ?? Number.NaN, '≤', 0),
		goal('orders sent twice by the bridge after kill -9', bridgeKills?.twice ?? Number.NaN, '≤', 0),
	];
	const figures: RivalFigures = {
		apiMs: API_MS,
		pairs,
		seconds,
		connections: CONNECTIONS,
		rows,
		memory,
		kills: [...killRows.values()],
	};
	await save('rivals', figures, goals);
} finally {
	await bridge.kill();
	for (const side of n8n.values()) await side.stop();
	api.stop();
	rmSync(folder, { recursive: true, force: true });
}
