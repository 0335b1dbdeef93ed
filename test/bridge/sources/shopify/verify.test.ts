import { shopifySource } from '../../../../bridge/src/sources/shopify/shopify-source';
import {
	SHOPIFY_SECRET,
	SHOPIFY_SHOP,
	shopifyFixture,
	signedShopify,
	type SigningOptions,
} from '../../../support/shopify';
import { sourceBattery, verdictOf } from '../battery';

const sourceWith = (secrets: string[]) => shopifySource({ id: 'acme', shop: SHOPIFY_SHOP, secrets }, { country: 'IN' });
const source = sourceWith([SHOPIFY_SECRET]);
const order = shopifyFixture('orders-create.in-cod-optin.wire');
const verify = (options: SigningOptions = {}, body: Buffer | string | object = order) =>
	verdictOf(source, signedShopify(body, options));
const accepted = (options: SigningOptions = {}, body: Buffer | string | object = order) => {
	const verdict = verify(options, body);
	if (!verdict.ok) throw new Error(verdict.detail);
	return verdict.delivery;
};

sourceBattery({
	kind: 'shopify',
	source: sourceWith,
	genuine: (secret, number = 1) => signedShopify(order, { secret, webhookId: `w${number}`, eventId: `e${number}` }),
	signed: (secret, body) => signedShopify(body, { secret }),
	signatureHeader: 'x-shopify-hmac-sha256',
	requiredHeaders: ['x-shopify-topic', 'x-shopify-shop-domain', 'x-shopify-api-version', 'x-shopify-webhook-id'],
});

test.each(JSON.parse(shopifyFixture('signature-vectors').toString()) as Record<string, string>[])(
	'the signature that is recorded for $file is accepted',
	({ file = '', secret = '', signature }) => {
		const request = signedShopify(shopifyFixture(file), { headers: { 'x-shopify-hmac-sha256': signature } });
		expect(verdictOf(sourceWith([secret]), request).ok).toBe(true);
	},
);

describe('the shop', () => {
	test('another shop with the same secret is refused and both are named', () => {
		const verdict = verify({ shop: 'other.myshopify.com' });
		expect(verdict).toMatchObject({ ok: false, status: 401, reason: 'wrong-shop' });
		expect(verdict.ok ? '' : verdict.detail).toMatch(/other\.myshopify\.com.*kaveri-handlooms\.myshopify\.com/);
	});
	test('upper and lower case are one shop, in the header and in the configuration', () => {
		expect(verify({ shop: 'Kaveri-Handlooms.MyShopify.com' }).ok).toBe(true);
		const shouted = shopifySource({ id: 'acme', shop: SHOPIFY_SHOP.toUpperCase(), secrets: [SHOPIFY_SECRET] }, {});
		expect(verdictOf(shouted, signedShopify(order)).ok).toBe(true);
	});
	test('a bad signature from another shop says that the address may be mixed up', () => {
		const verdict = verify({ shop: 'other.myshopify.com', secret: 'other' });
		expect(verdict).toMatchObject({ reason: 'bad-signature', detail: expect.stringContaining('other.myshopify.com') });
	});
	test('a bad signature of the right shop names the usual innocent cause', () => {
		expect(verify({ secret: 'other' })).toMatchObject({ detail: expect.stringContaining('Notifications') });
	});
});

describe('the content type', () => {
	test.each(['text/xml', 'application/x-www-form-urlencoded', 'application/jsonp', undefined])(
		'%s is refused, and the signed body is kept',
		(contentType) => {
			const verdict = verify({ headers: { 'content-type': contentType } });
			expect(verdict).toMatchObject({ ok: false, status: 415, reason: 'unsupported-content-type' });
			expect(verdict).toHaveProperty('delivery.deliveryKey', 'b54557e4-bdd9-4b37-8a5f-4c0000000001');
		},
	);
	test.each(['application/json; charset=utf-8', 'Application/JSON', 'application/vnd.api+json'])('%s is JSON', (type) =>
		expect(verify({ headers: { 'content-type': type } }).ok).toBe(true),
	);
	test('without a right signature nothing is kept', () => {
		expect(verify({ secret: 'other', headers: { 'content-type': 'text/xml' } })).not.toHaveProperty('delivery');
	});
});

describe('the keys', () => {
	const bulk = { topic: 'orders/cancelled', eventId: 'one-bulk-cancel' };
	test('ten orders that one action cancelled are ten events', () => {
		const keys = Array.from({ length: 10 }, (_, index) => accepted(bulk, { id: 6310000000000 + index }).eventKey);
		expect(new Set(keys).size).toBe(10);
	});
	test('two subscriptions to one topic give one event, two topics give two', () => {
		const first = accepted({ webhookId: 'w1' });
		expect(accepted({ webhookId: 'w2' })).toMatchObject({ deliveryKey: 'w2', eventKey: first.eventKey });
		expect(accepted({ topic: 'orders/paid' }).eventKey).not.toBe(first.eventKey);
	});
	test('two ids that a double would make one stay two', () => {
		const keys = ['820982911946154508', '820982911946154509'].map(
			(id) => accepted(bulk, `{"name":"#1","id":${id}}`).eventKey,
		);
		expect(keys).toEqual(
			['820982911946154508', '820982911946154509'].map((id) => `orders/cancelled one-bulk-cancel ${id}`),
		);
	});
	test('a privacy request has no id: its bytes are its key', () => {
		const key = (customer: number) => accepted({ topic: 'customers/redact' }, { customer: { id: customer } }).eventKey;
		expect(key(1)).toBe(key(1));
		expect(key(1)).not.toBe(key(2));
	});
	test('without an event id only the delivery is known', () => {
		expect(accepted({ headers: { 'x-shopify-event-id': undefined } })).not.toHaveProperty('eventKey');
	});
});

test('the topic is kept in lower case, the time as Shopify has it, and no header that says nothing', () => {
	const delivery = accepted({
		topic: 'ORDERS/Create',
		headers: { 'user-agent': 'x', cookie: 'secret', 'x-shopify-name': 'main' },
	});
	expect(delivery).toMatchObject({ topic: 'orders/create', triggeredAt: '2026-11-20T08:35:12.345678901Z' });
	expect(Object.keys(delivery.headers).sort()).toEqual([
		'content-type',
		'x-shopify-api-version',
		'x-shopify-event-id',
		'x-shopify-name',
		'x-shopify-shop-domain',
		'x-shopify-topic',
		'x-shopify-triggered-at',
		'x-shopify-webhook-id',
	]);
});

describe('the second family of headers', () => {
	const { headers } = signedShopify(order);
	const preview = {
		'content-type': 'application/json',
		'shopify-hmac-sha256': headers['x-shopify-hmac-sha256'],
		'shopify-topic': 'ORDER',
		'shopify-action': 'create',
		'shopify-shop-domain': SHOPIFY_SHOP,
		'shopify-api-version': 'unstable',
		'shopify-webhook-id': 'w1',
		'shopify-event-id': 'e1',
	};
	test('is accepted, and read as a topic of its own', () => {
		const verdict = verdictOf(source, { headers: preview, body: order });
		expect(verdict).toMatchObject({ ok: true, delivery: { topic: 'order/create', deliveryKey: 'w1' } });
	});
	test('alone decides where it is present: a good X-Shopify signature beside a bad one is refused', () => {
		const both = { ...headers, ...preview, 'shopify-hmac-sha256': 'bad' };
		expect(verdictOf(source, { headers: both, body: order })).toMatchObject({ reason: 'bad-signature' });
	});
	test('needs its own headers, not those of the first', () => {
		const mixed = { ...headers, 'shopify-hmac-sha256': preview['shopify-hmac-sha256'] };
		expect(verdictOf(source, { headers: mixed, body: order })).toMatchObject({ reason: 'missing-headers' });
	});
});

test('invalid UTF-8 in a signed body costs a letter, not the order', () => {
	const [head, tail] = [
		'{"id":7,"created_at":"2026-01-01T00:00:00Z","currency":"INR","total_price":"1.00","line_items":[],"note":"a',
		'b"}',
	];
	const delivery = accepted({}, Buffer.concat([Buffer.from(head), Buffer.from([0xff]), Buffer.from(tail)]));
	expect(source.read(delivery)).toMatchObject({ kind: 'event', order: { id: '7', note: 'a\ufffdb' } });
});
