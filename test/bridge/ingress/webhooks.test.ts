import { TestBridge } from '../../support/bridge';
import { shopifyFixture, signedShopify } from '../../support/shopify';

const ORDER = shopifyFixture('orders-create.in-phone-only-in-shipping');

let bridge: TestBridge;
beforeAll(async () => {
	bridge = await TestBridge.start({ templates: false });
});
afterAll(() => bridge.stop());

const stored = async (): Promise<number> =>
	(await bridge.admin<{ items: unknown[] }>('/events?limit=200')).items.length;

describe('refused, each with its own status and reason, and nothing is stored', () => {
	const headers = (changes: Record<string, string | undefined>) => ({ headers: changes });
	test.each([
		['without a signature', 401, 'missing-signature', headers({ 'x-shopify-hmac-sha256': undefined })],
		['with an empty signature', 401, 'missing-signature', headers({ 'x-shopify-hmac-sha256': '' })],
		['with a signature of nothing', 401, 'bad-signature', headers({ 'x-shopify-hmac-sha256': 'AAAA' })],
		['signed with another secret', 401, 'bad-signature', { secret: 'not-ours' }],
		['signed with an empty secret', 401, 'bad-signature', { secret: '' }],
		['without its topic', 400, 'missing-headers', headers({ 'x-shopify-topic': undefined })],
		['without its shop', 400, 'missing-headers', headers({ 'x-shopify-shop-domain': undefined })],
		['without its version', 400, 'missing-headers', headers({ 'x-shopify-api-version': undefined })],
		['without its delivery id', 400, 'missing-headers', headers({ 'x-shopify-webhook-id': undefined })],
		['of another shop', 401, 'wrong-shop', { shop: 'another.myshopify.com' }],
		['to a source that is not configured', 404, 'unknown-source', { path: '/webhooks/shopify/unknown' }],
		['to a source of another kind', 404, 'unknown-source', { path: '/webhooks/woocommerce/acme' }],
		['to a source named as every object has one', 404, 'unknown-source', { path: '/webhooks/shopify/constructor' }],
	])('a webhook %s', async (_, status, reason, options) => {
		const before = await stored();
		const answer = await bridge.post(ORDER, options);
		expect(answer).toMatchObject({ status, body: { reason } });
		expect(String(answer.body['detail']).length).toBeGreaterThan(20);
		expect(await stored()).toBe(before);
	});

	test('a webhook whose body was changed on the way, and one of another order with its signature', async () => {
		const signature = signedShopify(ORDER).headers['x-shopify-hmac-sha256'];
		const forged = Buffer.from(ORDER.toString().replace('1531.64', '1.00'));
		for (const body of [forged, Buffer.concat([ORDER, Buffer.from('\n')]), Buffer.from('{}')])
			expect(await bridge.post(body, headers({ 'x-shopify-hmac-sha256': signature }))).toMatchObject({
				status: 401,
				body: { reason: 'bad-signature' },
			});
	});

	test('a webhook without a body', async () => {
		expect(await bridge.post(Buffer.alloc(0))).toMatchObject({ status: 400, body: { reason: 'empty-body' } });
	});

	test('the missing headers are named', async () => {
		const missing = { 'x-shopify-topic': undefined, 'x-shopify-webhook-id': undefined };
		const answer = await bridge.post(ORDER, headers(missing));
		expect(answer.body['detail']).toContain('x-shopify-topic, x-shopify-webhook-id');
	});
});

describe('a path or method that is none', () => {
	const ask = async (method: string, path: string) => {
		const bare = method === 'GET' || method === 'HEAD';
		const answer = await fetch(bridge.bridge.url + path, {
			method,
			...(bare ? {} : { body: new Uint8Array(ORDER), headers: signedShopify(ORDER).headers }),
		});
		return { status: answer.status, allow: answer.headers.get('allow'), text: await answer.text() };
	};

	test.each(['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD'])('%s on a webhook is not allowed', async (method) => {
		const answer = await ask(method, '/webhooks/shopify/acme');
		expect(answer).toMatchObject({ status: 405, allow: 'POST' });
		if (method !== 'HEAD') expect(answer.text).toContain('method-not-allowed');
	});

	test.each(['/webhooks/shopify', '/webhooks/shopify/acme/more', '/webhooks/Shopify/acme', '/webhooks'])(
		'POST %s is not found, and the answer shows what an address looks like',
		async (path) => {
			const answer = await ask('POST', path);
			expect(answer).toMatchObject({ status: 404, allow: null });
			expect(answer.text).toContain('/webhooks/<kind>/<source>');
		},
	);

	test.each(['/webhooks/shopify/%E0%A4%A', '/webhooks/shopify/%', '/documents/%ff.pdf', '/api/v1/events/%zz'])(
		'POST %s: bad percent-encoding is a fault of who asks',
		async (path) => {
			const { status } = await ask('POST', path);
			expect(status).toBeGreaterThanOrEqual(400);
			expect(status).toBeLessThan(500);
		},
	);

	test('the id of the source may be percent-encoded, and the address may end in a slash or a query', async () => {
		for (const path of ['/webhooks/shopify/%61cme', '/webhooks/shopify/acme/', '/webhooks/shopify/acme?from=proxy'])
			expect((await bridge.post(ORDER, { path })).status).toBe(200);
	});
});

describe('accepted', () => {
	test('with the first secret, and with the second while one is being rotated', async () => {
		expect((await bridge.post(ORDER)).status).toBe(200);
		expect((await bridge.post(ORDER, { secret: 'older-secret' })).status).toBe(200);
	});

	test('with header names in any case, and a content type with a character set', async () => {
		const { body, headers } = signedShopify(ORDER, { webhookId: 'case', eventId: 'case' });
		const { 'content-type': _, ...others } = headers;
		const upper = Object.fromEntries(Object.entries(others).map(([name, value]) => [name.toUpperCase(), value]));
		const answer = await fetch(`${bridge.bridge.url}/webhooks/shopify/acme`, {
			method: 'POST',
			headers: { ...upper, 'CONTENT-TYPE': 'application/json; charset=utf-8' },
			body: new Uint8Array(body),
		});
		expect(answer.status).toBe(200);
	});

	test('ids above 2^53 and every byte of the body are in the record as they came', async () => {
		const body = Buffer.from(`{ "id": 9007199254740993, "name": "#\\u0031",  "note":"ünï🧣", "n": 1e2 }\n`);
		const answer = await bridge.post(body, { eventId: 'exact' });
		expect(answer.status).toBe(200);
		const event = await bridge.admin<{ body: string }>(`/events/${String(answer.body['event'])}`);
		expect(event.body).toBe(body.toString());
		// An id that differs only beyond 2^53 is another order, though a float would call them the same.
		const other = Buffer.from(body.toString().replace('740993', '740992'));
		expect((await bridge.post(other, { eventId: 'exact' })).body['duplicate']).toBe(false);
		expect((await bridge.post(body, { eventId: 'exact' })).body).toEqual({
			event: answer.body['event'],
			duplicate: true,
		});
	});
});

describe('signed, but not readable: refused, kept, and shown with the reason', () => {
	test.each([
		['of another content type', 415, 'unsupported-content-type', '<order/>', 'application/xml'],
		['of no content type', 415, 'unsupported-content-type', '{"id":1}', ''],
		['that is not JSON', 422, 'unreadable-body', '{"id":', 'application/json'],
		['that is not an object', 422, 'unreadable-body', '[1]', 'application/json'],
	])('a body %s', async (_, status, reason, text, contentType) => {
		const answer = await bridge.post(Buffer.from(text), { headers: { 'content-type': contentType } });
		expect(answer).toMatchObject({ status, body: { reason } });
		expect(await bridge.admin(`/events/${String(answer.body['event'])}`)).toMatchObject({
			state: 'unreadable',
			reason: expect.stringContaining(reason) as unknown,
			body: text,
			messages: [],
		});
	});

	test('the shop that sends it again is answered the same, and it is kept once', async () => {
		const again = () => bridge.post(Buffer.from('{'), { webhookId: 'broken', eventId: 'broken' });
		const first = await again();
		const before = await stored();
		expect(await again()).toEqual(first);
		expect(await stored()).toBe(before);
	});

	test('a delivery that lost its content type on the way is accepted when it comes whole', async () => {
		const ids = { webhookId: 'proxy', eventId: 'proxy' };
		const refused = await bridge.post(ORDER, { ...ids, headers: { 'content-type': 'text/plain' } });
		expect(refused.status).toBe(415);
		const { event } = refused.body;
		expect(await bridge.post(ORDER, ids)).toEqual({ status: 200, body: { event, duplicate: false } });
		await bridge.drain();
		expect(await bridge.admin(`/events/${String(event)}`)).toMatchObject({ state: 'mapped' });
	});
});

test('two hundred different orders at once are each stored once, their repeats answered with the same ids', async () => {
	const before = await stored();
	const answers = await Promise.all(
		Array.from({ length: 100 }, (_, n) => [
			bridge.post({ id: n, at: 'once' }, { webhookId: `many-${n}`, eventId: `many-${n}` }),
			bridge.post({ id: 1000 + n, at: 'once' }, { webhookId: `more-${n}`, eventId: 'bulk' }),
			bridge.post({ id: n, at: 'once' }, { webhookId: `many-${n}`, eventId: `many-${n}` }),
		]).flat(),
	);
	expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
	expect(answers.filter(({ body }) => body['duplicate'] === false)).toHaveLength(200);
	expect(new Set(answers.map(({ body }) => body['event'])).size).toBe(200);
	const { items, next } = await bridge.admin<{ items: { id: string }[]; next: string }>('/events?limit=200');
	expect(items).toHaveLength(200);
	expect((await bridge.admin<{ items: unknown[] }>(`/events?limit=200&cursor=${next}`)).items).toHaveLength(before);
});
