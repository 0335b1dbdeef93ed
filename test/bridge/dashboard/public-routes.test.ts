import { DAY, MINUTE } from '../../support/clock';
import { TestBridge } from '../../support/bridge';
import { readPdf } from '../../support/pdf';
import { shopifyFixture } from '../../support/shopify';

const ORDER = shopifyFixture('orders-create.in-phone-only-in-shipping');

let bridge: TestBridge;
const fresh = async () => {
	bridge = await TestBridge.start();
	await bridge.drain();
};
const get = (path: string, init?: RequestInit) => fetch(bridge.bridge.url + path, init);

describe('documents', () => {
	/** The path of the invoice's link, as WhatsApp was given it. */
	let path: string;
	beforeAll(async () => {
		await fresh();
		await bridge.post(ORDER);
		await bridge.drain();
		path = new URL((await bridge.messages())[0]?.mediaUrl ?? '').pathname;
	});
	afterAll(() => bridge.stop());

	test('a link opens the invoice, without a token, by its own name', async () => {
		const answer = await get(path);
		expect(answer.status).toBe(200);
		expect(Object.fromEntries(answer.headers)).toMatchObject({
			'content-type': 'application/pdf',
			'content-disposition': `inline; filename="document.pdf"; filename*=UTF-8''invoice-1043.pdf`,
			'x-content-type-options': 'nosniff',
			'x-robots-tag': 'noindex',
			'cache-control': expect.stringContaining('private') as unknown,
		});
		const bytes = await answer.arrayBuffer();
		expect(bytes.byteLength).toBe(Number(answer.headers.get('content-length')));
		expect(readPdf(new Uint8Array(bytes)).pages.join()).toContain('#1043');
	});

	test('HEAD says the same without the document', async () => {
		const answer = await get(path, { method: 'HEAD' });
		expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf']);
		expect((await answer.arrayBuffer()).byteLength).toBe(0);
	});

	test('a link of which any character is changed opens nothing', async () => {
		const token = path.slice('/documents/'.length, -'.pdf'.length);
		for (let at = 0; at < token.length; at += 1) {
			const changed = token.slice(0, at) + (token[at] === '0' ? '1' : '0') + token.slice(at + 1);
			expect([changed, (await get(`/documents/${changed}.pdf`)).status]).toEqual([changed, 404]);
		}
		for (const other of ['', `${token}x`, token.slice(1), `${token}%00`, '..%2f..%2fetc%2fpasswd', token.split('.')[0]])
			expect((await get(`/documents/${other}.pdf`)).status).toBe(404);
		expect((await get(`/documents/${token}`)).status).toBe(404);
	});

	test('a link works after a restart', async () => {
		await bridge.bridge.stop();
		await bridge.startBridge();
		expect((await get(path)).status).toBe(200);
	});

	test('the sample invoice is open to all; there is no sample of what has no layout', async () => {
		const answer = await get('/documents/sample-invoice.pdf');
		expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf']);
		for (const name of ['sample-nothing', 'sample-..', 'sample-', 'sample-fonts'])
			expect((await get(`/documents/${name}.pdf`)).status).toBe(404);
	});

	test('a link ends, and says that it has', async () => {
		bridge.clock.advance(7 * DAY - MINUTE);
		expect((await get(path)).status).toBe(200);
		bridge.clock.advance(2 * MINUTE);
		const answer = await get(path);
		expect([answer.status, await answer.json()]).toEqual([410, { reason: 'expired' }]);
	});
});

describe('for machines that watch', () => {
	beforeEach(async () => {
		bridge = await TestBridge.start({ templates: false });
		await bridge.drain();
	});
	afterEach(() => bridge.stop());

	test('healthz is alive, whatever the API does', async () => {
		await bridge.sandbox.close();
		bridge.clock.advance(MINUTE);
		expect(await (await get('/healthz')).json()).toEqual({ ok: true });
		const ready = await get('/readyz');
		expect(ready.status).toBe(503);
		expect(await ready.json()).toMatchObject({
			ok: false,
			checks: { store: 'ok', api: expect.stringContaining('cannot be reached') as unknown },
		});
	});

	test('readyz is ready, not so while our key is refused, and ready again', async () => {
		const ready = async () => {
			bridge.clock.advance(MINUTE);
			const answer = await get('/readyz');
			return [answer.status, (await answer.json()) as unknown];
		};
		expect(await ready()).toEqual([200, { ok: true, checks: { store: 'ok', api: 'ok' } }]);
		await bridge.control('POST', 'key', { revoked: true });
		expect(await ready()).toMatchObject([
			503,
			{ ok: false, checks: { store: 'ok', api: expect.stringContaining('401') as unknown } },
		]);
		await bridge.control('POST', 'key', { revoked: false });
		expect(await ready()).toMatchObject([200, { ok: true }]);
	});

	test('readyz asks the API once in a while, however often it is asked', async () => {
		bridge.clock.advance(MINUTE);
		const asked = async () => (await bridge.control<unknown[]>('GET', 'requests')).length;
		const before = await asked();
		await Promise.all(Array.from({ length: 20 }, () => get('/readyz')));
		expect((await asked()) - before).toBe(1);
	});

	test('metrics are Prometheus text with our counters', async () => {
		await bridge.pushTemplates();
		bridge.clock.advance(MINUTE);
		await bridge.post(ORDER, { webhookId: 'one' });
		await bridge.post(ORDER, { webhookId: 'one' });
		await bridge.post(ORDER, { secret: 'not-ours' });
		await bridge.drain();
		const answer = await get('/metrics');
		expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
		const lines = (await answer.text()).split('\n');
		expect(lines).toEqual(
			expect.arrayContaining([
				'messlo_bridge_webhooks_total{source="acme",result="stored"} 1',
				'messlo_bridge_webhooks_total{source="acme",result="duplicate"} 1',
				'messlo_bridge_webhooks_total{source="acme",result="bad-signature"} 1',
				'messlo_bridge_ledger{table="events",state="mapped"} 1',
				'messlo_bridge_ledger{table="messages",state="sent"} 1',
				'messlo_bridge_attempts_total{outcome="sent"} 1',
				'messlo_bridge_ack_seconds_count 2',
				'messlo_bridge_document_seconds_count 1',
				'messlo_bridge_sent_seconds_count 1',
			]),
		);
		for (const line of lines) expect(line).toMatch(/^$|^# (HELP|TYPE) |^[a-z0-9_]+(\{.*\})? [-+0-9.eInfNa]+$/);
	});

	test('a posted source that is not ours adds no label', async () => {
		await bridge.post(ORDER, { path: '/webhooks/shopify/guess-1' });
		expect(await (await get('/metrics')).text()).not.toContain('guess-1');
	});
});

test('every answer carries the headers that keep browsers from harm, and none tells what runs here', async () => {
	bridge = await TestBridge.start({ templates: false });
	for (const path of [
		'/healthz',
		'/readyz',
		'/metrics',
		'/documents/x.pdf',
		'/api/v1/events',
		'/nothing',
		'/webhooks/shopify/acme',
	]) {
		const { headers } = await get(path);
		expect(Object.fromEntries(headers)).toMatchObject({
			'x-content-type-options': 'nosniff',
			'referrer-policy': 'no-referrer',
			'x-frame-options': 'DENY',
		});
		expect([headers.get('x-powered-by'), headers.get('server'), headers.get('etag')]).toEqual([null, null, null]);
	}
	await bridge.stop();
});
