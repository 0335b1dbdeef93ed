import fc from 'fast-check';
import { TestBridge } from '../../support/bridge';
import { shopifyDeliveries, shopifyFixture, signedShopify } from '../../support/shopify';

const ORDER = shopifyFixture('orders-create.in-phone-only-in-shipping');

let bridge: TestBridge;
beforeAll(async () => {
	bridge = await TestBridge.start({ templates: false });
	await bridge.drain();
});
afterAll(() => bridge.stop());

const post = async (path: string, headers: Record<string, string>, body: Uint8Array): Promise<number> => {
	const answer = await fetch(bridge.bridge.url + path, { method: 'POST', headers, body: new Uint8Array(body) });
	await answer.arrayBuffer();
	return answer.status;
};
const stored = async () => (await bridge.admin<{ items: unknown[] }>('/events?limit=200')).items.length;

/** What may stand in a header: visible ASCII and spaces inside. */
const headerValue = fc.string({ maxLength: 300 }).map((text) => text.replace(/[^\x20-\x7e]/g, '').trim());
const HEADERS = Object.keys(signedShopify(ORDER).headers).filter((name) => name !== 'user-agent');
const body = fc.oneof(
	fc.uint8Array({ minLength: 1, maxLength: 2000 }),
	fc.json().map((text) => Buffer.from(text)),
);

test('whatever is posted unsigned is refused as a fault of who posts, and nothing is stored', async () => {
	const before = await stored();
	const headers = fc.dictionary(fc.constantFrom(...HEADERS), headerValue);
	const path = fc.oneof(
		fc.constant('/webhooks/shopify/acme'),
		fc.string({ maxLength: 40 }).map((text) => `/webhooks/shopify/${encodeURIComponent(text)}`),
		fc.string({ maxLength: 40 }).map((text) => `/webhooks/${encodeURI(text).replace(/^\/+/, '')}`),
	);
	await fc.assert(
		fc.asyncProperty(path, headers, body, async (to, given, bytes) => {
			const status = await post(to, given, bytes);
			expect(status).toBeGreaterThanOrEqual(400);
			expect(status).toBeLessThan(500);
		}),
		{ numRuns: 300 },
	);
	expect(await stored()).toBe(before);
});

test('a genuine webhook with any one header changed is accepted, or refused as the fault of who posts', async () => {
	await fc.assert(
		fc.asyncProperty(fc.constantFrom(...HEADERS), headerValue, async (name, value) => {
			const { headers } = signedShopify(ORDER, { webhookId: 'fuzz', headers: { [name]: value } });
			const status = await post('/webhooks/shopify/acme', headers, ORDER);
			expect([200, 400, 401, 415]).toContain(status);
			if (name === 'x-shopify-hmac-sha256') expect(status).toBe(401);
		}),
		{ numRuns: 200 },
	);
});

test('any signed bytes are answered, and any signed JSON of any topic is planned without a fault', async () => {
	const topics = [...new Set(shopifyDeliveries().map(({ topic }) => topic))];
	const fields = [
		'id',
		'order_id',
		'created_at',
		'updated_at',
		'currency',
		'line_items',
		'customer',
		'total_price',
		'phone',
	];
	const payload = fc.oneof(
		fc.dictionary(fc.constantFrom(...fields), fc.jsonValue({ maxDepth: 2 })),
		// A real order with one field turned into something else.
		fc
			.tuple(fc.constantFrom(...Object.keys(JSON.parse(ORDER.toString()) as object)), fc.jsonValue({ maxDepth: 2 }))
			.map(([field, value]): object => ({ ...(JSON.parse(ORDER.toString()) as object), [field]: value })),
	);
	let number = 0;
	await fc.assert(
		fc.asyncProperty(
			fc.constantFrom(...topics),
			fc.oneof(
				body,
				payload.map((value) => Buffer.from(JSON.stringify(value))),
			),
			async (topic, bytes) => {
				number += 1;
				const ids = { webhookId: `signed-${number}`, eventId: `signed-${number}` };
				const { headers } = signedShopify(Buffer.from(bytes), { topic, ...ids });
				expect([200, 422]).toContain(await post('/webhooks/shopify/acme', headers, bytes));
			},
		),
		{ numRuns: 300 },
	);
	await bridge.drain();
	expect(bridge.logLines.filter((line) => line.includes('"level":"error"'))).toEqual([]);
	expect((await bridge.admin<{ items: unknown[] }>('/events?state=stored&q=orders/create')).items).toEqual([]);
});
