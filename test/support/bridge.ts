import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../bridge/src/config/read-config';
import { createLogger } from '../../bridge/src/log';
import { type Bridge, startBridge } from '../../bridge/src/main';
import { createTemplateBodies, loadDefinitions } from '../../bridge/src/mapping/definitions';
import { loadMappings } from '../../bridge/src/mapping/load-mappings';
import { createClient } from '../../bridge/src/messlo/client';
import { createTemplate } from '../../bridge/src/messlo/create-template';
import { PAIR_MS } from '../../bridge/src/delivery/rates';
import { formatProblems } from '../../bridge/src/problem';
import { PAIR_WAIT } from '../../bridge/src/store/pair-wait';
import type { Store } from '../../bridge/src/store/store';
import { type Sandbox, startSandbox } from '../../sandbox/src/sandbox';
import { TestClock } from './clock';
import { dropDatabase } from './postgres';
import { freshLedger, openForTest } from './postgres-ledger';
import { SHOPIFY_SECRET, SHOPIFY_SHOP, signedShopify, type SigningOptions } from './shopify';

const ACME = `{ id: acme, kind: shopify, shop: ${SHOPIFY_SHOP}, secrets: [${SHOPIFY_SECRET}, older-secret] }`;

export const ADMIN_TOKEN = 'test-admin-token';
const WABA = '665f1c2ab7d1c8a5f0e41001';

export interface TestBridgeOptions {
	/** Keys of the configuration's top level, as YAML. */
	yaml?: string;
	/** `store.key` */
	storeKey?: string;
	/** Further sources, each a YAML flow mapping: "{ id: shop, kind: woocommerce, … }". */
	sources?: readonly string[];
	/** Folder with mappings; by default the shipped ones. */
	messages?: string;
	/** False: the account has no templates at first. */
	templates?: boolean;
	apiTimeoutMs?: number;
	/** One that others go by as well. */
	clock?: TestClock;
	/** Where Google and shops reach the bridge, as it is configured. */
	publicUrl?: string;
	/** Messages a second; so many that no test waits, by default. */
	perSecond?: number;
	senderPerSecond?: number;
}

let engine: 'sqlite' | 'postgres' = 'sqlite';
/** The engine of the ledgers of all bridges that start from now on. */
export function useEngine(name: typeof engine): void {
	engine = name;
}

/** A test of more messages to one person moves the clock itself. */
const MOST_WAITS = 12;

/** The sandbox's record of a message it took. */
export interface TakenMessage {
	to?: string;
	contact_no?: string;
	templateName?: string;
	templateVariables?: Record<string, string>;
	languageCode?: string;
	mediaUrl?: string;
}

/** A real bridge on a free port with a real ledger, and the real sandbox; nothing happens but by `drain`. */
export class TestBridge {
	readonly clock: TestClock;
	readonly logLines: string[] = [];
	sandbox!: Sandbox;
	bridge!: Bridge;
	/** Where its ledger is. */
	readonly folder = mkdtempSync(join(tmpdir(), 'messlo-bridge-'));
	private deliveries = 0;
	/** The database of the ledger, where it is one. */
	private database: string | undefined;

	private constructor(private readonly options: TestBridgeOptions) {
		this.clock = options.clock ?? new TestClock();
	}

	static async start(options: TestBridgeOptions = {}): Promise<TestBridge> {
		const test = new TestBridge(options);
		test.sandbox = await startSandbox({ clock: test.clock });
		await test.startBridge();
		if (options.templates !== false) await test.pushTemplates();
		return test;
	}

	async startBridge(): Promise<void> {
		const text = `
messlo: { apiKey: sandbox-api-key, baseUrl: "${this.sandbox.url}", sender: "911234567890", wabaId: ${WABA}, perSecond: ${this.options.perSecond ?? 1000}${this.options.senderPerSecond === undefined ? '' : `, senderPerSecond: ${this.options.senderPerSecond}`} }
server: { port: 0, adminToken: ${ADMIN_TOKEN}${this.options.publicUrl === undefined ? '' : `, publicUrl: "${this.options.publicUrl}"`} }
store: { url: "sqlite:./bridge.db"${this.options.storeKey === undefined ? '' : `, key: "${this.options.storeKey}"`} }
defaults: { country: IN, timezone: Asia/Kolkata }
sources: [${[ACME, ...(this.options.sources ?? [])].join(', ')}]
${this.options.messages === undefined ? '' : `messages: ${this.options.messages}`}
${this.options.yaml ?? ''}`;
		const reading = readConfig({ file: 'test.yaml', text, env: {}, baseDir: this.folder });
		if (!reading.ok) throw new Error(formatProblems(reading.problems));
		const { mappings, problems } = await loadMappings(reading.config.messages, {
			sources: reading.config.sources.map(({ id }) => id),
		});
		if (problems.length > 0) throw new Error(formatProblems(problems));
		this.bridge = await startBridge({
			config: reading.config,
			...(engine === 'postgres' ? { store: await this.openPostgres() } : {}),
			mappings,
			clock: this.clock,
			random: () => 0,
			run: false,
			log: createLogger('debug', { write: (line: string) => void this.logLines.push(line) }),
			...(this.options.apiTimeoutMs === undefined ? {} : { apiTimeoutMs: this.options.apiTimeoutMs }),
		});
	}

	private async openPostgres(): Promise<Store> {
		this.database ??= await freshLedger();
		return openForTest(this.database);
	}

	async stop(): Promise<void> {
		await this.bridge.stop();
		await this.sandbox.close();
		if (this.database !== undefined) await dropDatabase(this.database);
		rmSync(this.folder, { recursive: true, force: true });
	}

	/** Creates every template of a folder, by default the shipped ones, as `messlo-bridge templates --push` does. */
	async pushTemplates(folder = join(__dirname, '../../templates/messages')): Promise<void> {
		const client = createClient({ baseUrl: this.sandbox.url, apiKey: 'sandbox-api-key' });
		const { definitions } = await loadDefinitions(folder);
		const headerSample = `${this.bridge.url}/documents/sample-invoice.pdf`;
		for (const definition of definitions)
			for (const body of createTemplateBodies(definition, { wabaId: WABA, headerSample }))
				await createTemplate(client, { ...body });
	}

	/** Posts a body to the shop's webhook, signed; each call is a delivery and an event of its own unless told otherwise. */
	async post(
		body: Buffer | object,
		options: SigningOptions & { path?: string } = {},
	): Promise<{ status: number; body: Record<string, unknown> }> {
		this.deliveries += 1;
		const signed = signedShopify(body, {
			webhookId: `delivery-${this.deliveries}`,
			eventId: `event-${this.deliveries}`,
			...options,
		});
		const answer = await fetch(this.bridge.url + (options.path ?? '/webhooks/shopify/acme'), {
			method: 'POST',
			headers: signed.headers,
			body: new Uint8Array(signed.body),
		});
		return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
	}

	/** Does what is due; the seconds that a person's next message waits for go by, unless dozens wait. */
	async drain(): Promise<void> {
		await this.bridge.drain();
		const now = this.clock.now().getTime();
		const waiting = await this.messages('?state=waiting&limit=200');
		const waits = waiting.filter(({ reason }) => reason === PAIR_WAIT).map(({ dueAt }) => Date.parse(dueAt) - now);
		const next = Math.min(...waits.filter((ms) => ms > 0));
		if (next <= PAIR_MS && waits.length <= MOST_WAITS) await this.later(next);
	}

	/** Moves the clock and does what has become due. */
	async later(ms: number): Promise<void> {
		this.clock.advance(ms);
		await this.drain();
	}

	async admin<T = Record<string, unknown>>(path: string, init: RequestInit = {}): Promise<T> {
		const answer = await fetch(`${this.bridge.url}/api/v1${path}`, {
			...init,
			headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json', ...init.headers },
		});
		return (await answer.json()) as T;
	}

	async messages(query = ''): Promise<AdminMessage[]> {
		return (await this.admin<{ items: AdminMessage[] }>(`/messages${query}`)).items;
	}

	/** What the API took, oldest first. */
	async taken(): Promise<TakenMessage[]> {
		const list = await this.control<TakenMessage[] | { items: TakenMessage[] }>('GET', 'messages');
		return Array.isArray(list) ? list : list.items;
	}

	async control<T = unknown>(method: string, path: string, body?: unknown): Promise<T> {
		const answer = await fetch(`${this.sandbox.url}/__sandbox/${path}`, {
			method,
			headers: { 'content-type': 'application/json' },
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
		return (await answer.json()) as T;
	}
}

export interface AdminMessage {
	id: string;
	event: string;
	order: string;
	mapping: string;
	template: string;
	language: string;
	to: string | null;
	variables: Record<string, string>;
	mediaUrl: string | null;
	state: string;
	reason: string | null;
	dueAt: string;
	attempts?: { status: number | null; outcome: string; reason: string }[];
}
