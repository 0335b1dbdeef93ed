import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Sandbox, startSandbox } from '../../../sandbox/src/sandbox';
import { DAY, HOUR, SECOND, TestClock } from '../../support/clock';
import { control } from '../../support/sandbox-control';
import { SHOPIFY_SECRET, SHOPIFY_SHOP } from '../../support/shopify';
import { BOUTIQUE } from '../../support/woocommerce';
import { type Arm, BridgeProcess } from './bridge-process';
import { type Acknowledged, check, type Findings, type Ranks, type Taken } from './check';
import { openPlace, type EngineName, type Place } from './engines';
import { type ApiGate, openGate } from './gate';
import { type Kind, KINDS, makeOrder, type Order, type Webhook, webhook } from './orders';

const ACME = `{ id: acme, kind: shopify, shop: ${SHOPIFY_SHOP}, secrets: [${SHOPIFY_SECRET}] }`;
/** Long enough for a call to the API, short enough to wait for. */
const LEASE_MS = 1_500;
/** How long a shop waits for a bridge that is started again. */
const PATIENCE_MS = 20_000;
/** As Shopify waits, but no longer than a test can. */
const ANSWER_MS = 3_000;
/** Looks at a ledger that does not come to rest. */
const STEPS = 400;

export interface WorldOptions {
	place?: (engine: EngineName) => Promise<Place>;
	apiTimeoutMs?: number;
	ranks?: Ranks;
}

/** A sandbox, a ledger, the bridge on it, and two shops that send until they are told 200. */
export class World {
	readonly acknowledged = new Map<string, Acknowledged>();
	/** Processes that ended by SIGKILL. */
	kills = 0;
	/** Webhooks that were answered with an error, or not at all. */
	refused = 0;
	/** What this round is about, for whoever reads of its failure. */
	notes: string[] = [];
	/** As they stood after the last round. */
	totals = { acknowledged: 0, sent: 0, held: 0, notSent: 0 };
	/** Where documents are fetched, whatever port the bridge has. */
	private front!: ApiGate;
	private bridges: BridgeProcess[] = [];
	private skewMs = 0;
	private turn = 0;
	private orders = 0;
	private readonly doubts: string[] = [];

	private constructor(
		readonly place: Place,
		readonly sandbox: Sandbox,
		readonly gate: ApiGate,
		readonly clock: TestClock,
		private readonly messages: string,
		private readonly options: WorldOptions,
	) {}

	static async open(engine: EngineName, options: WorldOptions = {}): Promise<World> {
		const place = await (options.place ?? openPlace)(engine);
		const clock = new TestClock();
		const sandbox = await startSandbox({ clock });
		const gate = await openGate(() => sandbox.url);
		const messages = writeMappings();
		const world = new World(place, sandbox, gate, clock, messages, options);
		world.front = await openGate(() => world.bridge.url);
		await world.prepareSandbox();
		return world;
	}

	/** By the bridge's clock. */
	get now(): number {
		return this.clock.now().getTime() + this.skewMs;
	}

	/** The first bridge that is running. */
	get bridge(): BridgeProcess {
		const running = this.bridges.find(({ isAlive }) => isAlive);
		if (!running) throw new Error('no bridge is running');
		return running;
	}

	/** Starts a bridge; one that is armed may die in its start, and then another is started. */
	async start({ arm, run = false }: { arm?: Arm; run?: boolean } = {}): Promise<BridgeProcess> {
		const yaml = `
messlo: { apiKey: sandbox-api-key, baseUrl: "${this.gate.url}", sender: "911234567890", perSecond: 1000 }
server: { port: 0, adminToken: chaos-admin-token, publicUrl: "${this.front.url}" }
store: { url: "${this.place.url}" }
defaults: { country: IN, timezone: Asia/Kolkata }
messages: ${this.messages}
sources: [${ACME}, ${BOUTIQUE}]`;
		const { folder } = this.place;
		const { apiTimeoutMs = 5_000 } = this.options;
		for (let left = arm; ; left = undefined) {
			const setup = {
				folder,
				yaml,
				now: this.now,
				run,
				apiTimeoutMs,
				leaseMs: LEASE_MS,
				...(left ? { arm: left } : {}),
			};
			const bridge = await BridgeProcess.start(setup);
			if (!bridge) {
				this.kills += 1;
				if (!left) throw new Error('the bridge was killed in its start, and nobody told it to');
				continue;
			}
			this.bridges.push(bridge);
			void bridge.ended.then((how) => {
				if (how === 'SIGKILL') this.kills += 1;
			});
			return bridge;
		}
	}

	/** Orders that nobody has placed yet; a third of them in the second shop. */
	newOrders(count: number, invoice = false): Order[] {
		return Array.from({ length: count }, (_, at) => {
			this.orders += 1;
			return makeOrder(this.orders, at % 3 === 2 ? 'boutique' : 'acme', new Date(this.now - HOUR), invoice && at === 0);
		});
	}

	/** All webhooks of these orders, each order's one after the other, each until it is acknowledged. */
	async placeOrders(orders: readonly Order[], kinds: readonly Kind[] = KINDS, pauseMs = 0): Promise<void> {
		await Promise.all(
			orders.map(async (order, at) => {
				if (pauseMs > 0) await wait(at * pauseMs);
				for (const kind of kinds) await this.postUntilTaken(webhook(order, kind));
			}),
		);
	}

	async postUntilTaken(sent: Webhook): Promise<void> {
		for (const until = performance.now() + PATIENCE_MS; !(await this.post(sent)); await wait(20))
			if (performance.now() > until) throw new Error(`nobody took ${sent.kind} of ${sent.order.id}\n${this.log()}`);
	}

	/** True when it was acknowledged. */
	async post({ path, headers, body, ...sent }: Webhook): Promise<boolean> {
		const bridge = this.running[this.turn % Math.max(1, this.running.length)];
		this.turn += 1;
		if (!bridge) return false;
		try {
			const signal = AbortSignal.timeout(ANSWER_MS);
			const answer = await fetch(bridge.url + path, { method: 'POST', headers, body: new Uint8Array(body), signal });
			if (answer.status !== 200) {
				this.refused += 1;
				return false;
			}
			const { event } = (await answer.json()) as { event: string };
			const key = `${sent.order.source}/${sent.order.id} ${sent.kind}`;
			const known = this.acknowledged.get(key);
			if (known && known.event !== event) this.doubts.push(`${key}: acknowledged as ${known.event} and as ${event}`);
			this.acknowledged.set(key, { webhook: { path, headers, body, ...sent }, event });
			return true;
		} catch {
			this.refused += 1;
			return false;
		}
	}

	async clearFaults(): Promise<void> {
		await fetch(`${this.sandbox.url}/__sandbox/faults`, { method: 'DELETE' });
	}

	/** Moves the clock of the bridge alone. */
	async jump(ms: number): Promise<void> {
		this.skewMs += ms;
		await this.move(0);
	}

	/** Moves every clock; that of the sandbox for sure, those of these bridges. */
	async move(ms: number, bridges = this.running): Promise<void> {
		this.clock.advance(ms);
		await Promise.all(bridges.map((bridge) => bridge.tell({ do: 'clock', to: this.now })));
	}

	/** Lets time pass until nothing waits any more. What never comes to rest is found by `findings`. */
	async settle(): Promise<void> {
		await this.all('rest');
		for (let [step, before, idle] = [0, -1, 0]; step < STEPS; step += 1) {
			await this.all('drain');
			const { open, next } = await this.bridge.look();
			if (open === 0) break;
			// Leases are of real time.
			if (open === before) await wait(20);
			// A sender that is stopped is not told of: longer and longer steps come to its end.
			idle = open === before ? idle + 1 : 0;
			before = open;
			await this.move(Math.min(Math.max(SECOND * 2 ** Math.floor(idle / 4), next - this.now), DAY));
		}
		await this.move(10 * SECOND);
		await this.all('drain');
	}

	async findings(): Promise<Findings> {
		const taken = await control<Taken[]>(this.sandbox, 'messages');
		const ours = taken.filter(({ direction }) => direction === 'outgoing');
		const found = check([...this.acknowledged.values()], await this.bridge.ledger(), ours, this.options.ranks);
		return { ...found, lies: [...found.lies, ...this.doubts] };
	}

	/** What the running bridges, and the last one that ended, have said last. */
	log(): string {
		return this.bridges
			.slice(-2)
			.map((bridge) => bridge.log(25))
			.join('\n--- next process\n');
	}

	get running(): BridgeProcess[] {
		return this.bridges.filter(({ isAlive }) => isAlive);
	}

	async close(): Promise<void> {
		await Promise.all(this.running.map((bridge) => bridge.kill()));
		await this.front.close();
		await this.gate.close();
		await this.sandbox.close();
		await this.place.close();
		rmSync(this.messages, { recursive: true, force: true });
	}

	private async all(command: 'rest' | 'drain'): Promise<void> {
		await Promise.all(this.running.map((bridge) => bridge.tell({ do: command, to: this.now })));
	}

	private async prepareSandbox(): Promise<void> {
		const body = { language: 'en_US', message_body: 'Shop {{1}}, order {{2}}: {{3}}.' };
		await control(this.sandbox, 'templates', [
			...KINDS.map((kind) => ({ name: `chaos_${kind}`, ...body })),
			{ name: 'chaos_invoice', header_media_type: 'document', ...body },
		]);
	}
}

/** One mapping a kind; the sandbox sees in the values which order and which kind it is. */
function writeMappings(): string {
	const folder = mkdtempSync(join(tmpdir(), 'messlo-chaos-messages-'));
	const write = (name: string, kind: Kind, template: string, more = '') => {
		const values = `{ "1": "{{ event.source }}", "2": "{{ order.id }}", "3": ${kind} }`;
		const text = `on: order.${kind}\ntemplate: ${template}\nlanguage: { fallback: en_US }\nvariables: ${values}\n${more}`;
		writeFileSync(join(folder, `${name}.yaml`), text);
	};
	write('created', 'created', 'chaos_created', 'when: order.note != "invoice"\n');
	write(
		'created-invoice',
		'created',
		'chaos_invoice',
		'when: order.note == "invoice"\nheader: { document: invoice }\n',
	);
	write('paid', 'paid', 'chaos_paid');
	write('fulfilled', 'fulfilled', 'chaos_fulfilled');
	return folder;
}
