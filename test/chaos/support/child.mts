/**
 * A bridge in a process of its own, built and whole, that does what the suite tells it over IPC: its clock stands still until it
 * is moved, and it can be told to kill itself at a step of the ledger. Started by bridge-process.ts.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as ConfigRoom from '../../../bridge/src/config/read-config.ts';
import type * as LogRoom from '../../../bridge/src/log.ts';
import type * as Main from '../../../bridge/src/main.ts';
import type * as MappingRoom from '../../../bridge/src/mapping/load-mappings.ts';
import type * as PostgresRoom from '../../../bridge/src/store/postgres/open.ts';
import type * as StoreRoom from '../../../bridge/src/store/open.ts';
import type { Store } from '../../../bridge/src/store/store.ts';
import type { Arm, Command, Setup } from './bridge-process.ts';

let now = 0;
let arm: Arm | undefined;
let working: Promise<void> | undefined;
let resting = false;

process.once('disconnect', () => process.exit(1));
process.once('message', (setup: Setup) => {
	start(setup).catch((error: unknown) => {
		process.send?.({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) });
	});
});

async function start(setup: Setup): Promise<void> {
	const built = async (file: string): Promise<unknown> => import(pathToFileURL(join(setup.built, file)).href);
	const { readConfig } = (await built('config/read-config.js')) as typeof ConfigRoom;
	const { loadMappings } = (await built('mapping/load-mappings.js')) as typeof MappingRoom;
	const { openPostgres } = (await built('store/postgres/open.js')) as typeof PostgresRoom;
	const { openStore } = (await built('store/open.js')) as typeof StoreRoom;
	const { startBridge } = (await built('main.js')) as typeof Main;
	const { createLogger } = (await built('log.js')) as typeof LogRoom;
	now = setup.now;
	arm = setup.arm;
	const reading = readConfig({ file: 'chaos.yaml', text: setup.yaml, env: {}, baseDir: setup.folder });
	if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
	const { mappings, problems } = await loadMappings(reading.config.messages, { sources: ['acme', 'boutique'] });
	if (problems.length > 0) throw new Error(JSON.stringify(problems));
	const address = reading.config.store;
	// What another process takes over is free after the time of a lease: a minute in production.
	const store =
		address.kind === 'postgres'
			? await openPostgres(address.url, { leaseMs: setup.leaseMs })
			: await openStore(address);
	const bridge = await startBridge({
		config: reading.config,
		mappings,
		store: tapped(store),
		clock: { now: () => new Date(now) },
		run: setup.run,
		apiTimeoutMs: setup.apiTimeoutMs,
		log: createLogger('info', { write: (line: string) => void process.stderr.write(line) }),
	});
	process.on('message', ({ number, ...command }: Command & { number: number }) => {
		obey(command, bridge, store).then(
			(answer) => process.send?.({ number, answer }),
			(error: unknown) => process.send?.({ number, failed: error instanceof Error ? error.message : String(error) }),
		);
	});
	process.send?.({ ready: bridge.url });
}

async function obey(command: Command, bridge: Main.Bridge, store: Store): Promise<unknown> {
	if (command.to !== undefined) now = command.to;
	switch (command.do) {
		case 'arm':
			arm = command.arm;
			return;
		case 'drain':
			return bridge.drain();
		case 'work':
			resting = false;
			working ??= work(bridge);
			return;
		case 'rest':
			resting = true;
			await working;
			working = undefined;
			return;
		case 'look': {
			const { events, messages } = await store.counts();
			const next = [await store.nextDue(), await store.nextLook()].map((at) => at?.getTime() ?? Infinity);
			const open = [events['stored'], messages['waiting'], messages['sending'], messages['unknown']];
			return { open: open.reduce<number>((sum, count = 0) => sum + count, 0), next: Math.min(...next) };
		}
		case 'ledger':
			return {
				events: await all((cursor) => store.events({ cursor, limit: 500 })),
				messages: await all((cursor) => store.messages({ cursor, limit: 500 })),
			};
		case 'stop':
			await bridge.stop();
			setTimeout(() => process.exit(0), 5);
	}
}

/** Drains again and again, as the loops would with a clock that moves. What fails is tried again. */
async function work(bridge: Main.Bridge): Promise<void> {
	while (!resting) {
		await bridge.drain().catch(() => undefined);
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
}

async function all<T>(page: (cursor?: string) => Promise<{ items: T[]; next?: string }>): Promise<T[]> {
	const items: T[] = [];
	for (let cursor: string | undefined; ;) {
		const { items: more, next } = await page(cursor);
		items.push(...more);
		if (next === undefined) return items;
		cursor = next;
	}
}

/** The ledger, which ends this process at the step that is armed. */
function tapped(store: Store): Store {
	const die = () => {
		process.kill(process.pid, 'SIGKILL');
	};
	return new Proxy(store, {
		get: (target, name) => {
			const method: unknown = Reflect.get(target, name);
			if (typeof method !== 'function') return method;
			return (...args: unknown[]): unknown => {
				if (arm?.step !== name || (arm.nth -= 1) > 0) return method.apply(target, args);
				const { when } = arm;
				arm = undefined;
				if (when === 'before') die();
				const result = method.apply(target, args) as unknown;
				if (when === 'during') setImmediate(die);
				return result instanceof Promise
					? result.then((value: unknown) => {
							die();
							return value;
						})
					: result;
			};
		},
	});
}
