import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { type Sandbox, startSandbox } from '../../../sandbox/src/sandbox';
import { openSqlite } from '../../../bridge/src/store/sqlite/open';
import { CLI_ADMIN_TOKEN, CliProcess, runCli, writeConfig } from '../../support/cli';
import { RawConnection, rawRequest } from '../../support/raw-http';
import { control, takenBy } from '../../support/sandbox-control';
import { SHOPIFY_SECRET, shopifyFixture, signedShopify } from '../../support/shopify';

// A cancellation carries no document, so no time goes into an invoice.
const CANCELLED = shopifyFixture('orders-cancelled.hk-captured');
const TEMPLATE = {
	name: 'order_cancelled',
	language: 'en_US',
	message_body: 'Hi {{1}}, your order {{2}} has been cancelled.',
};

let folder: string;
let sandbox: Sandbox;
let config: string;
let running: CliProcess | undefined;
beforeEach(async () => {
	folder = mkdtempSync(join(tmpdir(), 'messlo-start-'));
	sandbox = await startSandbox();
	await control(sandbox, 'templates', [TEMPLATE]);
	config = writeConfig(folder, { api: sandbox.url });
});
afterEach(async () => {
	running?.kill('SIGKILL');
	await running?.finished;
	running = undefined;
	await sandbox.close();
	rmSync(folder, { recursive: true, force: true });
});

const taken = async () => (await takenBy(sandbox)).length;
const start = async () => {
	const bridge = await CliProcess.bridge(config);
	running = bridge;
	return bridge;
};
async function post(url: string, id: string): Promise<number> {
	const { body, headers } = signedShopify(CANCELLED, { topic: 'orders/cancelled', webhookId: id, eventId: id });
	return (await fetch(`${url}/webhooks/shopify/acme`, { method: 'POST', headers, body: new Uint8Array(body) })).status;
}

test('starts, says where it listens and with which settings, answers, sends, and ends at once on SIGTERM', async () => {
	const bridge = await start();
	expect(bridge.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
	expect(await post(bridge.url, 'one')).toBe(200);
	await bridge.line((line) => line['stage'] === 'sent');
	expect(await taken()).toBe(1);
	const asked = performance.now();
	bridge.kill('SIGTERM');
	const { code, signal, stdout, stderr } = await bridge.finished;
	expect([code, signal, stderr]).toEqual([0, null, '']);
	expect(performance.now() - asked).toBeLessThan(3000);
	expect(bridge.lines.map((line) => line['stage'])).toEqual(
		expect.arrayContaining(['starting', 'ready', 'stopping', 'stopped']),
	);
	expect(bridge.lines.at(-1)).toMatchObject({ stage: 'stopped' });
	for (const secret of ['sandbox-api-key', SHOPIFY_SECRET, CLI_ADMIN_TOKEN]) expect(stdout).not.toContain(secret);
});

test('on SIGTERM a send under way ends and is recorded, and a request under way is answered; a second signal changes nothing', async () => {
	await control(sandbox, 'faults', [{ operation: 'sendMessage', delayMs: 1500 }]);
	const bridge = await start();
	await post(bridge.url, 'slow');
	const { body, headers } = signedShopify(CANCELLED, { topic: 'orders/cancelled', webhookId: 'late', eventId: 'late' });
	const request = rawRequest(
		'POST /webhooks/shopify/acme HTTP/1.1',
		{ ...headers, 'content-length': String(body.length) },
		body,
	);
	const shop = new RawConnection(bridge.url);
	await shop.write(request.subarray(0, -50));
	while ((await taken()) === 0) await new Promise(setImmediate);
	const asked = performance.now();
	bridge.kill('SIGTERM');
	await bridge.line((line) => line['stage'] === 'stopping');
	bridge.kill('SIGINT');
	bridge.kill('SIGTERM');
	await shop.write(request.subarray(-50));
	expect(await shop.answers(1)).toMatchObject([
		{ status: 200, body: expect.stringContaining('"duplicate":false') as unknown },
	]);
	await shop.closed();
	await expect(post(bridge.url, 'after')).rejects.toThrow();
	expect(await bridge.finished).toMatchObject({ code: 0, stderr: '' });
	expect(performance.now() - asked).toBeLessThan(9000);

	const ledger = openSqlite(join(folder, 'bridge.db'));
	expect(await ledger.message('msg_1')).toMatchObject({ state: 'sent', history: [{ outcome: 'sent', status: 200 }] });
	// The one that came last is there, mapped or still to be.
	expect((await ledger.events({ limit: 9 })).items).toHaveLength(2);
	await ledger.close();
});

test('an API that does not answer holds up the end for ten seconds at most; the next start finds what became of the message', async () => {
	await control(sandbox, 'faults', [{ operation: 'sendMessage', delayMs: 60_000 }]);
	const bridge = await start();
	await post(bridge.url, 'hanging');
	while ((await taken()) === 0) await new Promise(setImmediate);
	const asked = performance.now();
	bridge.kill('SIGTERM');
	expect(await bridge.finished).toMatchObject({ code: 0, stderr: '' });
	expect(performance.now() - asked).toBeLessThan(14_000);
	const next = await start();
	expect(await next.line((line) => line['stage'] === 'settled')).toMatchObject({ message: 'msg_1', state: 'sent' });
	expect(await taken()).toBe(1);
}, 30_000);

test('an idle shop that keeps its connection open does not hold up the end', async () => {
	const bridge = await start();
	const shop = new RawConnection(bridge.url);
	await shop.write(rawRequest('GET /healthz HTTP/1.1', {}));
	expect(await shop.answers(1)).toMatchObject([{ status: 200 }]);
	const asked = performance.now();
	bridge.kill('SIGINT');
	expect(await bridge.finished).toMatchObject({ code: 0 });
	expect(performance.now() - asked).toBeLessThan(3000);
});

test('what was stored and not sent when it stopped is sent by the next start', async () => {
	await control(sandbox, 'faults', [{ operation: 'sendMessage', status: 503 }]);
	const first = await start();
	await post(first.url, 'one');
	await first.line((line) => line['outcome'] === 'unavailable');
	first.kill('SIGTERM');
	await first.finished;
	expect(await taken()).toBe(0);
	const second = await start();
	await second.line((line) => line['stage'] === 'sent');
	expect(await taken()).toBe(1);
});

test('a port that is taken is told in one line, and the process ends', async () => {
	const other = createServer().listen(0, '127.0.0.1');
	await once(other, 'listening');
	const address = other.address();
	const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
	const { code, stderr } = await runCli(['start', '--config', writeConfig(folder, { api: sandbox.url, port })]);
	expect([code, stderr]).toEqual([
		1,
		`Port ${port} on 127.0.0.1 is taken. Stop what uses it, or set server.port (BRIDGE_PORT in the demo).\n`,
	]);
	other.close();
});

test('a ledger that another bridge has is told in one line, the process ends, and the other goes on', async () => {
	const bridge = await start();
	const { code, stderr } = await runCli(['start', '--config', config]);
	expect(code).toBe(1);
	expect(stderr).toMatch(
		/^The ledger .*bridge\.db cannot be opened \(database is locked\)\. Another messlo-bridge is running on it:.*\n$/,
	);
	expect(await post(bridge.url, 'one')).toBe(200);
}, 60_000);
