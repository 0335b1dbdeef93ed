import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Sandbox, startSandbox } from '../../sandbox/src/sandbox';
import { CLI_ADMIN_TOKEN, CliProcess, writeConfig } from '../support/cli';
import { dropDatabase, freshDatabase } from '../support/postgres';
import { control, takenBy } from '../support/sandbox-control';
import { shopifyFixtureWith, signedShopify } from '../support/shopify';

const BRIDGES = 3;
const ROUNDS = 4;
const ORDERS = 40;
/** Longer than the lease: what the paused one had taken is taken over meanwhile. */
const [LEASE, PAUSE_MS] = ['2s', 3500];
const SETTLED_MS = 60_000;

type Bridge = CliProcess & { url: string };

let folder: string;
let database: string;
let sandbox: Sandbox;
let bridges: Bridge[] = [];
beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'messlo-kill-postgres-'));
	database = await freshDatabase();
	sandbox = await startSandbox();
	const template = { name: 'received', language: 'en_US', message_body: 'We have your order {{1}}. Thank you!' };
	await control(sandbox, 'templates', [template]);
	// Taken at once and answered late: the moment at which a kill or a pause hurts most.
	await control(sandbox, 'faults', [{ operation: 'sendMessage', delayMs: 40, times: 'always' }]);
	mkdirSync(join(folder, 'messages'));
	writeFileSync(
		join(folder, 'messages', 'received.yaml'),
		'on: order.created\ntemplate: received\nvariables: { "1": "{{ order.name }}" }\n',
	);
});
afterAll(async () => {
	for (const bridge of bridges) bridge.kill('SIGKILL');
	await Promise.all(bridges.map(({ finished }) => finished));
	await sandbox.close();
	await dropDatabase(database);
	rmSync(folder, { recursive: true, force: true });
});

/** Order number `n` of its own buyer, the same bytes and ids each time, to one bridge; true when that said 200. */
async function post({ url }: Bridge, n: number): Promise<boolean> {
	const bytes = shopifyFixtureWith('orders-create.in-phone-only-in-shipping', {
		id: 6_310_000_000_000 + n,
		name: `#${n}`,
		shipping_address: { phone: `+91 98${String(76_500_000 + n)}`, country_code: 'IN', first_name: 'Asha' },
	});
	const { headers, body } = signedShopify(bytes, { webhookId: `delivery-${n}`, eventId: `event-${n}` });
	const [path, signal] = [`${url}/webhooks/shopify/acme`, AbortSignal.timeout(2000)];
	return fetch(path, { method: 'POST', headers, body: new Uint8Array(body), signal }).then(
		(answer) => answer.status === 200,
		() => false,
	);
}

async function open(bridge: Bridge): Promise<boolean> {
	const ledger = await (await fetch(`${bridge.url}/metrics`)).text();
	return /^messlo_bridge_ledger\{table="(messages",state="(unknown|sending|waiting)|events",state="stored)"\} [1-9]/m.test(
		ledger,
	);
}

test('of three bridges on one PostgreSQL one is killed and one is paused again and again: every acknowledged order is sent, and none twice', async () => {
	const config = writeConfig(folder, {
		api: sandbox.url,
		more: 'messages: ./messages',
		store: `{ url: "${database}", lease: ${LEASE} }`,
	});
	const started: Bridge[] = [];
	const start = async () => {
		const bridge = await CliProcess.bridge(config);
		started.push(bridge);
		return bridge;
	};
	bridges = await Promise.all(Array.from({ length: BRIDGES }, start));
	const acknowledged = new Set<number>();
	const strikes: string[] = [];

	/** As what spreads requests would, and the shop after it: from one bridge to the next until one says 200. */
	const send = async (n: number) => {
		for (let tries = 0; tries < 20 && !acknowledged.has(n); tries += 1) {
			const bridge = bridges[(n + tries) % BRIDGES];
			if (bridge && (await post(bridge, n))) acknowledged.add(n);
			else await wait(50);
		}
	};
	for (let round = 0; round < ROUNDS; round += 1) {
		const [killed, paused] = [bridges[round % BRIDGES], bridges[(round + 1) % BRIDGES]];
		const moments = [100 + Math.random() * 700, 100 + Math.random() * 700];
		strikes.push(moments.map(Math.round).join('/'));
		const kill = wait(moments[0]).then(async () => {
			killed?.kill('SIGKILL');
			await killed?.finished;
			bridges[round % BRIDGES] = await start();
		});
		const pause = wait(moments[1]).then(async () => {
			paused?.kill('SIGSTOP');
			await wait(PAUSE_MS);
			paused?.kill('SIGCONT');
		});
		const work: Promise<void>[] = [];
		for (let n = 0; n < ORDERS; n += 1) {
			work.push(send(round * 100 + n));
			await wait(900 / ORDERS);
		}
		await Promise.all([...work, kill, pause]);
	}

	const [last] = bridges;
	const owed = [...acknowledged].map((n) => `#${n}`);
	const numbersTaken = async () =>
		(await takenBy(sandbox)).map(({ templateVariables }) => templateVariables['1'] ?? '');
	for (const until = performance.now() + SETTLED_MS; performance.now() < until; await wait(250)) {
		const taken = new Set(await numbersTaken());
		if (owed.every((name) => taken.has(name)) && last && !(await open(last))) break;
	}
	const taken = await numbersTaken();
	expect({ strikes, lost: owed.filter((name) => !taken.includes(name)) }).toEqual({ strikes, lost: [] });
	expect({ strikes, twice: taken.filter((name, at) => taken.indexOf(name) !== at) }).toEqual({ strikes, twice: [] });
	// The test is only worth its name when all three took part, and what was left in the middle was taken over.
	expect(acknowledged.size).toBe(ROUNDS * ORDERS);
	const headers = { authorization: `Bearer ${CLI_ADMIN_TOKEN}` };
	const held = await fetch(`${last?.url}/api/v1/messages?state=held`, { headers });
	expect(await held.json()).toMatchObject({ items: [] });
	const said = (stage: string) => started.filter(({ lines }) => lines.some((line) => line['stage'] === stage)).length;
	expect(said('sent')).toBeGreaterThan(BRIDGES);
	expect(said('recovered')).toBeGreaterThan(0);
	for (const bridge of bridges) {
		bridge.kill('SIGTERM');
		expect(await bridge.finished).toMatchObject({ code: 0 });
	}
}, 150_000);
