import { peek } from '../../../../bridge/src/sources/woocommerce/peek';
import { woocommerceSource } from '../../../../bridge/src/sources/woocommerce/woocommerce-source';
import {
	signedWoo,
	WOO_SECRET,
	WOO_URL,
	wooFixture,
	wooOrder,
	wooPing,
	type WooSigning,
} from '../../../support/woocommerce';
import { sourceBattery, verdictOf } from '../battery';

const sourceWith = (secrets: string[], url = WOO_URL) =>
	woocommerceSource({ id: 'boutique', url, secrets }, { country: 'IN' });
const source = sourceWith([WOO_SECRET]);
const wire = wooFixture('order.created.in-cod-optin.wire');
const verify = (options: WooSigning = {}, body: Buffer | string | object = wire) =>
	verdictOf(source, signedWoo(body, options));
const accepted = (options: WooSigning = {}, body: Buffer | string | object = wire) => {
	const verdict = verify(options, body);
	if (!verdict.ok) throw new Error(verdict.detail);
	return verdict.delivery;
};

sourceBattery({
	kind: 'woocommerce',
	source: sourceWith,
	genuine: (secret, number = 1) =>
		signedWoo(wire.toString().replace('"id":7411,', `"id":${7410 + number},`), { secret, topic: 'order.created' }),
	signed: (secret, body) => signedWoo(body, { secret }),
	signatureHeader: 'x-wc-webhook-signature',
	requiredHeaders: ['x-wc-webhook-topic', 'x-wc-webhook-source'],
});

test.each(JSON.parse(wooFixture('signature-vectors').toString()) as Record<string, string>[])(
	'the signature that is recorded for $file is right',
	({ file = '', secret = '', signature }) => {
		const request = signedWoo(wooFixture(file), { headers: { 'x-wc-webhook-signature': signature } });
		const verdict = verdictOf(sourceWith([secret]), request);
		// A signed ping is none: its body is kept as what it is, no JSON.
		expect(verdict.ok ? 'accepted' : verdict.reason).toBe(file === 'ping.body.txt' ? 'unreadable-body' : 'accepted');
		expect(verdictOf(sourceWith(['other']), request)).toMatchObject({ status: 401, reason: 'bad-signature' });
	},
);

describe('the ping that WooCommerce posts when a webhook is made', () => {
	const post = (headers: Record<string, string>, body: Buffer | string) =>
		source.doors['woocommerce']?.({ headers, body: Buffer.from(body) });
	const { headers } = wooPing();

	test('is taken, and nothing is kept of it', () => {
		expect(post(headers, wooFixture('ping.body.txt'))).toEqual({ ok: true, result: 'ping' });
		expect(
			post({ ...headers, 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' }, 'webhook_id=1'),
		).toEqual({
			ok: true,
			result: 'ping',
		});
	});

	test.each([
		'webhook_id=',
		'webhook_id=142&order=1',
		'xwebhook_id=142',
		'webhook_id=142\n',
		'webhook_id=١٤٢',
		'{"id":1}',
		'webhook_id=1e9',
	])('an unsigned %j is not one', (body) =>
		expect(post(headers, body)).toMatchObject({ ok: false, status: 401, reason: 'missing-signature' }),
	);

	test('nor is a form in other clothes: JSON by its type, or with the headers of a delivery', () => {
		expect(post({ 'content-type': 'application/json' }, 'webhook_id=142')).toMatchObject({ status: 401 });
		const dressed = signedWoo('webhook_id=142', {
			headers: { 'x-wc-webhook-signature': undefined, ...headers },
		}).headers;
		expect(post(dressed, 'webhook_id=142')).toMatchObject({ status: 401, reason: 'missing-signature' });
	});
});

describe('the shop', () => {
	test.each([
		'https://shop.kaveri-handlooms.example',
		'http://shop.kaveri-handlooms.example/',
		'HTTPS://Shop.Kaveri-Handlooms.example//',
	])('%s is the same shop', (shop) => expect(verify({ shop }).ok).toBe(true));
	test.each([
		'https://kaveri-handlooms.example/',
		'https://shop.kaveri-handlooms.example:8443/',
		'https://shop.kaveri-handlooms.example/de/',
		'shop',
	])('%s is another shop, and both are named', (shop) => {
		const verdict = verify({ shop });
		expect(verdict).toMatchObject({ ok: false, status: 401, reason: 'wrong-shop' });
		expect(verdict.ok ? '' : verdict.detail).toContain(shop);
		expect(verdict.ok ? '' : verdict.detail).toContain(WOO_URL);
	});
	test('two shops of one host are told apart by the folder', () => {
		const german = sourceWith([WOO_SECRET], 'https://kaveri.example/de');
		expect(verdictOf(german, signedWoo(wire, { shop: 'https://kaveri.example/de/' })).ok).toBe(true);
		expect(verdictOf(german, signedWoo(wire, { shop: 'https://kaveri.example/fr/' })).ok).toBe(false);
	});
	test('a bad signature names the innocent causes: a mixed-up address, a secret with HTML entities', () => {
		expect(verify({ shop: 'https://other.example/', secret: 'other' })).toMatchObject({
			reason: 'bad-signature',
			detail: expect.stringContaining('https://other.example/'),
		});
		expect(verify({ secret: 'other' })).toMatchObject({ detail: expect.stringContaining('HTML entities') });
	});
});

describe('what is rightly signed and no order', () => {
	test('an error in place of the order is kept, with what to do in WooCommerce', () => {
		const verdict = verify({}, wooFixture('order.updated.permission-error'));
		expect(verdict).toMatchObject({ ok: false, status: 422, reason: 'permission-error' });
		expect(verdict.ok ? '' : verdict.detail).toMatch(/woocommerce_rest_cannot_view.*Settings → Advanced → Webhooks/);
		expect(verdict).toHaveProperty('delivery.body', wooFixture('order.updated.permission-error'));
		// One entry in the ledger, however often it comes.
		expect(verify({ deliveryId: 'other' }, wooFixture('order.updated.permission-error'))).toHaveProperty(
			'delivery.deliveryKey',
			verdict.ok ? '' : 'delivery' in verdict && verdict.delivery?.deliveryKey,
		);
	});
	test.each(['text/html', 'application/x-www-form-urlencoded', undefined])(
		'%s is refused, and the body is kept',
		(type) => {
			const verdict = verify({ headers: { 'content-type': type } });
			expect(verdict).toMatchObject({ ok: false, status: 415, reason: 'unsupported-content-type' });
			expect(verdict).toHaveProperty('delivery.body', wire);
		},
	);
});

describe('the keys', () => {
	const order = wooOrder('order.updated.partial-refund');

	test('orders that one webhook sent in one second share the delivery id, and are told apart', () => {
		const keys = [7411, 7412, 7413].map((id) => accepted({}, { ...order, id }).deliveryKey);
		expect(new Set(keys).size).toBe(3);
	});
	test('the same state in a second delivery is the same, whatever else is in it', () => {
		const again = { deliveryId: 'other', headers: { 'x-wc-webhook-id': '7' } };
		const { _links: _, ...fetched } = order;
		expect(accepted(again, fetched)).toMatchObject({
			deliveryKey: 'order.updated 7415 2026-11-23T03:30:00 completed 7420,7421',
			eventKey: 'order.updated 7415 2026-11-23T03:30:00 completed 7420,7421',
		});
		expect(accepted({}, order).deliveryKey).toBe(accepted(again, fetched).deliveryKey);
	});
	test.each([
		['later', { date_modified_gmt: '2026-11-23T03:30:01' }],
		['in another status within the second', { status: 'refunded' }],
		['with one refund more within the second', { refunds: [{ id: 7420 }, { id: 7421 }, { id: 7422 }] }],
	])('a state %s is another one', (_, change) => {
		expect(accepted({}, { ...order, ...change }).deliveryKey).not.toBe(accepted({}, order).deliveryKey);
	});
	test('a topic of its own is a delivery of its own', () =>
		expect(accepted({ topic: 'order.created' }, order).deliveryKey).not.toBe(accepted({}, order).deliveryKey));
	test('an order that is deleted, restored and deleted again is deleted twice', () => {
		const deleted = (deliveryId: string) =>
			accepted({ topic: 'order.deleted', deliveryId }, wooFixture('order.deleted'));
		expect(deleted('a').deliveryKey).not.toBe(deleted('b').deliveryKey);
		expect(deleted('a')).not.toHaveProperty('eventKey');
	});
	test('without a date the bytes are the key', () => {
		const undated = { ...order, date_modified_gmt: null };
		const key = (body: object) => accepted({ headers: { 'x-wc-webhook-delivery-id': undefined } }, body).deliveryKey;
		expect(key(undated)).toBe(key(undated));
		expect(key(undated)).not.toBe(key({ ...undated, total: '1.00' }));
	});
});

describe('a look at the body without parsing it', () => {
	const parsed = (body: Buffer) => peek(Buffer.from(` ${body.toString()} `.replace(/^ \{/, ' {"first":1,')));
	test.each([
		'order.created.in-cod-optin',
		'order.created.in-cod-optin.wire',
		'order.updated.failed',
		'order.created.105-line-items',
	])('%s gives what parsing it gives', (name) => {
		const { order, ...rest } = peek(wooFixture(name)) as Extract<ReturnType<typeof peek>, { kind: 'order' }>;
		expect(rest.kind).toBe('order');
		const full = parsed(wooFixture(name)) as typeof rest & { order: typeof order };
		expect({ refunds: [], ...order }).toEqual(full.order);
	});
	test('a note that speaks of dates and refunds does not mislead it', () => {
		const note = '"date_modified_gmt":"2001-01-01T00:00:00","refunds":[]';
		const body = {
			...wooOrder('order.updated.partial-refund'),
			customer_note: note,
			meta_data: [
				{ key: 'x', value: 'date_modified_gmt' },
				{ key: 'refunds', value: { refunds: [] } },
			],
		};
		expect(accepted({}, body).deliveryKey).toBe('order.updated 7415 2026-11-23T03:30:00 completed 7420,7421');
	});
});

test('the topic is kept in lower case, and no header that says nothing', () => {
	const delivery = accepted({ topic: 'Order.Updated', headers: { cookie: 'secret' } });
	expect(delivery).toMatchObject({ topic: 'order.updated', source: 'boutique' });
	expect(Object.keys(delivery.headers).sort()).toEqual([
		'content-type',
		'x-wc-webhook-delivery-id',
		'x-wc-webhook-event',
		'x-wc-webhook-id',
		'x-wc-webhook-resource',
		'x-wc-webhook-source',
		'x-wc-webhook-topic',
	]);
});
