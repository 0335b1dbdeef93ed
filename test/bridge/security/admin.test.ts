import { request as httpRequest } from 'node:http';
import { ADMIN_TOKEN, TestBridge } from '../../support/bridge';
import { HOUR, SECOND } from '../../support/clock';
import { TRIES } from '../../../bridge/src/dashboard/failed-tries';
import { shopifyFixture } from '../../support/shopify';

let bridge: TestBridge;
beforeEach(async () => {
	bridge = await TestBridge.start({ templates: false });
});
afterEach(() => bridge.stop());

interface Asked {
	status: number;
	headers: Record<string, string | string[] | undefined>;
	body: string;
}
/** From any of this machine's addresses: 127.0.0.2 is another one to the bridge. */
function ask(
	path: string,
	{
		method = 'GET',
		headers = {},
		body,
		from = '127.0.0.1',
	}: { method?: string; headers?: object; body?: string; from?: string } = {},
): Promise<Asked> {
	return new Promise((resolve, reject) => {
		const url = new URL(path, bridge.bridge.url);
		const asked = httpRequest(url, { method, headers: { ...headers }, localAddress: from, agent: false }, (answer) => {
			let text = '';
			answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
			answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: text }));
		});
		asked.on('error', reject).end(body);
	});
}
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const EVENTS = '/api/v1/events';
const guess = (from?: string, headers: object = {}) =>
	ask(EVENTS, { headers: { ...bearer('not-the-token'), ...headers }, ...(from === undefined ? {} : { from }) });

describe('guessing the token', () => {
	test('twenty tries a minute from one address, then nothing from there is looked at, not even the right token', async () => {
		for (let n = 0; n < TRIES.most; n += 1) expect((await guess()).status).toBe(401);
		bridge.clock.advance(20 * SECOND);
		const { status, headers, body } = await guess();
		expect([status, headers['retry-after']]).toEqual([429, '40']);
		expect(body).toContain('Try again in 40 s');
		expect((await ask(EVENTS, { headers: bearer(ADMIN_TOKEN) })).status).toBe(429);
		expect((await ask('/healthz')).status).toBe(200);
		expect((await bridge.post(shopifyFixture('orders-create.in-cod-optin'))).status).toBe(200);
		bridge.clock.advance(40 * SECOND);
		expect((await ask(EVENTS, { headers: bearer(ADMIN_TOKEN) })).status).toBe(200);
		expect((await guess()).status).toBe(401);
	});

	test('another address is not kept out, and X-Forwarded-For makes nobody another', async () => {
		for (let n = 0; n < TRIES.most; n += 1) await guess('127.0.0.1', { 'x-forwarded-for': `10.0.0.${n}` });
		expect((await guess('127.0.0.1', { 'x-forwarded-for': '10.1.1.1', forwarded: 'for=10.1.1.1' })).status).toBe(429);
		expect((await ask(EVENTS, { headers: bearer(ADMIN_TOKEN), from: '127.0.0.2' })).status).toBe(200);
	});

	test('right tokens and requests without one are no tries', async () => {
		for (let n = 0; n < 2 * TRIES.most; n += 1) {
			expect((await ask(EVENTS)).status).toBe(401);
			expect((await ask(EVENTS, { headers: bearer(ADMIN_TOKEN) })).status).toBe(200);
		}
	});

	test('a clock that is set back locks nobody out', async () => {
		for (let n = 0; n < TRIES.most; n += 1) await guess();
		expect((await guess()).status).toBe(429);
		bridge.clock.advance(-HOUR);
		expect((await ask(EVENTS, { headers: bearer(ADMIN_TOKEN) })).status).toBe(200);
	});
});

describe('a page of another site, in the browser of who is signed in', () => {
	test('nothing that a browser sends by itself opens the door', async () => {
		const basic = `Basic ${Buffer.from(`admin:${ADMIN_TOKEN}`).toString('base64')}`;
		for (const headers of [
			{ cookie: `token=${ADMIN_TOKEN}; authorization=Bearer ${ADMIN_TOKEN}` },
			{ authorization: basic },
			{ 'x-api-key': ADMIN_TOKEN },
			{ authorization: ADMIN_TOKEN },
		])
			expect((await ask(EVENTS, { headers })).status).toBe(401);
		expect((await ask(`${EVENTS}?token=${ADMIN_TOKEN}&access_token=${ADMIN_TOKEN}`)).status).toBe(401);
	});

	test('no answer invites it: no cookie is set, no other origin is allowed', async () => {
		const headers = { ...bearer(ADMIN_TOKEN), origin: 'https://evil.example' };
		const preflight = {
			origin: 'https://evil.example',
			'access-control-request-method': 'POST',
			'access-control-request-headers': 'authorization',
		};
		for (const answer of [
			await ask(EVENTS, { headers }),
			await ask('/api/v1/preview', { method: 'OPTIONS', headers: preflight }),
		]) {
			expect(Object.keys(answer.headers).filter((name) => /^access-control|^set-cookie/.test(name))).toEqual([]);
		}
	});

	test.each([
		['application/x-www-form-urlencoded', 'mapping=x&event=evt_1', {}],
		['text/plain', '{"mapping":"x","event":"evt_1"}', {}],
		['multipart/form-data; boundary=x', '--x--', {}],
		['application/json', 'H4sIAAAAAAAAA6uuBQBDv6ajAgAAAA==', { 'content-encoding': 'gzip' }],
	])('a body of %s is not read', async (type, body, more) => {
		for (const path of ['/api/v1/preview', '/api/v1/suppressions', '/api/v1/events/evt_1/replay']) {
			const { status } = await ask(path, {
				method: 'POST',
				body,
				headers: { ...bearer(ADMIN_TOKEN), 'content-type': type, ...more },
			});
			expect([path, status]).toEqual([path, 415]);
		}
	});

	test('what needs no body needs no content type', async () => {
		await bridge.post(shopifyFixture('orders-create.in-cod-optin'));
		await bridge.drain();
		const { status } = await ask('/api/v1/events/evt_1/replay', { method: 'POST', headers: bearer(ADMIN_TOKEN) });
		expect(status).toBeLessThan(300);
	});
});

describe('strict headers', () => {
	const STRICT = {
		'content-security-policy': expect.stringContaining("default-src 'none'; frame-ancestors 'none'") as unknown,
		'x-content-type-options': 'nosniff',
		'referrer-policy': 'no-referrer',
		'x-frame-options': 'DENY',
		'cache-control': 'no-store',
	};
	test('are on every answer, whatever it says; HSTS only where the bridge is reached by https', async () => {
		const token = bearer(ADMIN_TOKEN);
		const answers = [
			await ask(EVENTS),
			await ask(EVENTS, { headers: token }),
			await ask('/api/v1/events/evt_999', { headers: token }),
			await ask('/api/v1/preview', {
				method: 'POST',
				headers: { ...token, 'content-type': 'application/json' },
				body: '{',
			}),
			await ask('/healthz'),
			await ask('/readyz'),
			await ask('/metrics'),
			await ask('/<script>alert(1)</script>'),
			await ask('/documents/x.pdf'),
			await ask('/documents/%zz.pdf'),
			await ask('/webhooks/shopify/acme'),
			await ask('/webhooks/shopify/acme', { method: 'POST', body: '{}' }),
			await ask('/webhooks/shopify/acme', { method: 'POST', headers: { 'content-length': '99999999' } }),
		];
		expect(answers.map(({ status }) => status)).toEqual([
			401, 200, 404, 400, 200, 200, 200, 404, 404, 400, 405, 401, 413,
		]);
		for (const { headers } of answers) {
			expect(headers).toMatchObject(STRICT);
			expect(headers['content-type']).not.toContain('html');
			for (const name of ['strict-transport-security', 'x-powered-by', 'server']) expect(headers[name]).toBeUndefined();
		}
	});

	test('with https', async () => {
		await bridge.stop();
		bridge = await TestBridge.start({ templates: false, publicUrl: 'https://bridge.example' });
		expect((await ask(EVENTS)).headers['strict-transport-security']).toBe('max-age=31536000');
	});
});
