/**
 * From the signed webhook to the message that an API has taken, which needs 5 ms for its answer, on both engines: messages a
 * second, time and memory when there is nothing else to do, and what a message costs with 100 and with 100,000 waiting.
 * Every order has its own buyer; delivery states are read back as in life, which costs two further calls a message.
 * Run `npm run build`, then `npx node bench/deliver.mts [--pairs 5] [--orders 2000] [--waiting 100000] [--engines sqlite,postgres]`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { now } from './support/api.mts';
import { type BridgeProcess, startBridge } from './support/bridge.mts';
import { type Engine, engines as open } from './support/engines.mts';
import { type Goal, goal, median, quantile, save } from './support/figures.mts';
import { load } from './support/load.mts';
import { childrenOf, cpuMs, memoryMb } from './support/processes.mts';
import { type Api, startApi } from './support/start-api.mts';
import { fillLedger } from './support/waiting.mts';
import { orderName, webhooks } from './support/webhooks.mts';

const { values } = parseArgs({
	options: {
		pairs: { type: 'string', default: '5' },
		orders: { type: 'string', default: '2000' },
		waiting: { type: 'string', default: '100000' },
		engines: { type: 'string', default: 'sqlite,postgres' },
	},
});
const [pairs, orders, waiting] = [Number(values.pairs), Number(values.orders), Number(values.waiting)];
const API_MS = 5;
const CONNECTIONS = 20;
/** One at a time, with pauses; in as many rounds as there are pairs. */
const IDLE = { orders: 30, pauseMs: 150, settleMs: 10_000 };
/** While messages wait: as many come in a second as may leave, so that as many go on waiting. */
const STEADY = { perSecond: 100, seconds: 10, few: 100, rounds: 3 };

export interface DeliverRow {
	engine: string;
	/** All of a burst, from the first byte of the first webhook to the last answer of the API. */
	endToEndPerSecond: number;
	/** While the burst was coming in. */
	ackedPerSecond: number;
	idleP50Ms: number;
	idleP99Ms: number;
	/** Resident, in MB: the bridge, and its child that lays out invoices. */
	memory: { started: number; layoutChild: number; afterBursts: number };
	/** Processor time of bridge and database for one message, from webhook to answer, with so many others waiting. */
	waiting: { messages: number; cpuMs: number; perSecond: number }[];
}
export interface DeliverFigures {
	apiMs: number;
	orders: number;
	pairs: number;
	rows: DeliverRow[];
}

const folder = mkdtempSync(join(tmpdir(), 'messlo-deliver-'));
let first = 0;
/** Numbers of orders that nobody has used yet. */
const take = (count: number): number => (first += count) - count;

async function burst(bridge: BridgeProcess, api: Api, count: number) {
	const from = take(count);
	const { request } = webhooks(count, { first: from });
	await api.ask({ reset: true });
	const started = now();
	const acked = await load({ ports: [bridge.port], connections: CONNECTIONS, count, request, first: from });
	const { lastAt, twice } = await api.until(count);
	if (acked.other > 0 || twice > 0) throw new Error(`${acked.other} refused, ${twice} sent twice`);
	const result = { endToEnd: (count * 1000) / (lastAt - started), acked: acked.perSecond };
	console.log(`${count} orders: acked ${result.acked.toFixed(0)}/s, delivered ${result.endToEnd.toFixed(0)}/s`);
	return result;
}

/** Time from a webhook to the API's answer, for orders that come one by one. */
async function idle(bridge: BridgeProcess, api: Api): Promise<number[]> {
	const from = take(IDLE.orders);
	const { request } = webhooks(IDLE.orders, { first: from });
	await api.ask({ reset: true });
	const sent = new Map<string, number>();
	for (let n = from; n < from + IDLE.orders; n += 1) {
		sent.set(orderName(n), now());
		await load({ ports: [bridge.port], connections: 1, count: 1, request, first: n });
		await wait(IDLE.pauseMs);
	}
	await api.until(IDLE.orders);
	const { times = [] } = await api.ask({ orders: true });
	return times.map(([name, at]) => at - (sent.get(name) ?? Number.NaN));
}

/** Memory of a bridge with the shipped mappings, its layout child started, before anything happens: the median of three starts. */
async function memoryOf(engine: Engine, api: Api): Promise<{ started: number; layoutChild: number }> {
	const seen: { started: number; layoutChild: number }[] = [];
	for (let start = 0; start < 3; start += 1) {
		const bridge = await startBridge({ folder, store: await engine.fresh(), api: api.url, wants: 'shipped' });
		await wait(IDLE.settleMs);
		const layoutChild = childrenOf(bridge.pid).reduce((sum, pid) => sum + memoryMb(pid), 0);
		seen.push({ started: memoryMb(bridge.pid), layoutChild });
		await bridge.stop();
	}
	return {
		started: median(seen.map((each) => each.started)),
		layoutChild: median(seen.map((each) => each.layoutChild)),
	};
}

/** The address of a ledger in which so many messages wait. */
async function waitingLedger(engine: Engine, count: number): Promise<string> {
	const store = await engine.fresh();
	await fillLedger(store, count, take(count));
	return store;
}

/** Processor time a message while as many come as leave, so that as many wait in the ledger afterwards as before. */
async function costOn(store: string, engine: Engine, api: Api): Promise<{ cpuMs: number; perSecond: number }> {
	await api.ask({ reset: true });
	const { perSecond, seconds } = STEADY;
	const bridge = await startBridge({ folder, store, api: api.url, wants: 'everybody', perSecond });
	const coming = perSecond * (seconds + 5);
	const from = take(coming);
	const { request } = webhooks(coming, { first: from });
	let n = from;
	const post = () => load({ ports: [bridge.port], connections: 1, count: 1, request, first: n++ });
	// As many as leave at once by a full bucket, then one every 10 ms, whatever becomes of the one before.
	const posts: Promise<unknown>[] = [];
	const start = performance.now();
	const timer = setInterval(() => {
		while (n < from + coming && (n - from - perSecond) * 1000 < (performance.now() - start) * perSecond)
			posts.push(post());
	}, 5);
	// The burst that a full bucket allows, and what starting costs, are over by then.
	await wait(3000);
	const used = () => cpuMs(bridge.pid) + engine.cpuMs();
	const [before, cpu, at] = [(await api.ask()).taken, used(), performance.now()];
	await wait(seconds * 1000);
	const taken = (await api.ask()).taken - before;
	const spent = used() - cpu;
	const rate = (taken * 1000) / (performance.now() - at);
	clearInterval(timer);
	await Promise.all(posts);
	const left = await bridge.count('messages', 'waiting');
	await bridge.stop();
	console.log(
		`${engine.name}, ${left} waiting: ${(spent / taken).toFixed(2)} ms of CPU a message at ${rate.toFixed(0)}/s`,
	);
	return { cpuMs: spent / taken, perSecond: rate };
}

const api = await startApi(API_MS);
const engines = await open(folder, values.engines);
const goals: Goal[] = [];
try {
	const sides = [];
	for (const engine of engines) {
		const memory = await memoryOf(engine, api);
		const bridge = await startBridge({ folder, store: await engine.fresh(), api: api.url, wants: 'everybody' });
		sides.push({ engine, bridge, memory, bursts: [] as { endToEnd: number; acked: number }[], idle: [] as number[][] });
	}
	for (const { bridge } of sides) await burst(bridge, api, 1000);
	// Nothing else to do: what they have sent is read back.
	for (const { bridge } of sides) await bridge.readBack(60_000);
	for (let pair = 0; pair < pairs; pair += 1)
		for (const side of pair % 2 ? [...sides].reverse() : sides) side.idle.push(await idle(side.bridge, api));
	for (let pair = 0; pair < pairs; pair += 1)
		for (const side of pair % 2 ? [...sides].reverse() : sides) {
			// The states of the last burst are read back before the next one begins.
			for (const { bridge } of sides) await bridge.readBack();
			side.bursts.push(await burst(side.bridge, api, orders));
		}
	const rows: DeliverRow[] = [];
	for (const { engine, bridge, memory, bursts, idle } of sides) {
		await wait(IDLE.settleMs);
		const afterBursts = memoryMb(bridge.pid);
		await bridge.stop();
		const [few, many]: { cpuMs: number; perSecond: number }[][] = [[], []];
		const ledgers = [await waitingLedger(engine, STEADY.few), await waitingLedger(engine, waiting)] as const;
		for (let count = 0; count < STEADY.rounds; count += 1) {
			few?.push(await costOn(ledgers[0], engine, api));
			many?.push(await costOn(ledgers[1], engine, api));
		}
		const cost = (messages: number, rounds: typeof few = []) => ({
			messages,
			cpuMs: median(rounds.map((each) => each.cpuMs)),
			perSecond: median(rounds.map((each) => each.perSecond)),
		});
		const row: DeliverRow = {
			engine: engine.name,
			endToEndPerSecond: median(bursts.map((each) => each.endToEnd)),
			ackedPerSecond: median(bursts.map((each) => each.acked)),
			idleP50Ms: median(idle.map(median)),
			idleP99Ms: quantile(idle.flat(), 0.99),
			memory: { ...memory, afterBursts },
			waiting: [cost(STEADY.few, few), cost(waiting, many)],
		};
		rows.push(row);
		console.log(JSON.stringify(row));
		const ratio = median((many ?? []).map((each, index) => each.cpuMs / (few?.[index]?.cpuMs ?? Number.NaN)));
		goals.push(
			goal(`idle, webhook to API's answer, median, ${engine.name}`, row.idleP50Ms, '<', 20, ' ms'),
			goal(`idle memory of the bridge's process, ${engine.name}`, memory.started, '<', 150, ' MB'),
			// What two rounds of the same differ by.
			goal(`a message with ${waiting} waiting beside ${STEADY.few}, ${engine.name}`, ratio, '≤', 1.1, ' ×'),
		);
	}
	await save<DeliverFigures>('deliver', { apiMs: API_MS, orders, pairs, rows }, goals, engines.length === 2);
} finally {
	api.stop();
	for (const engine of engines) await engine.stop();
	rmSync(folder, { recursive: true, force: true });
}
