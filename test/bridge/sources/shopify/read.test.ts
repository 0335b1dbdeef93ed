import type { Order, Reading } from '../../../../bridge/src/domain';
import { shopifySource } from '../../../../bridge/src/sources/shopify/shopify-source';
import { SHOPIFY_SHOP, shopifyFixture, shopifyFixtureWith } from '../../../support/shopify';

const source = shopifySource({ id: 'acme', shop: SHOPIFY_SHOP, secrets: ['x'] }, { country: 'IN' });
const read = (topic: string, body: Buffer | object, headers = {}): Reading =>
	source.read({ topic, body: Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body)), headers });
function orderWith(changes: Record<string, unknown>, fixture = 'orders-create.in-cod-optin'): Order {
	const reading = read('orders/create', shopifyFixtureWith(fixture, changes));
	if (reading.kind !== 'event' || reading.order === undefined) throw new Error(JSON.stringify(reading));
	return reading.order;
}
const BARE = { id: 1, created_at: '2026-11-20T14:05:11+05:30', currency: 'INR', total_price: '5.00', line_items: [] };

describe('topics', () => {
	test('an order topic closes the checkout it came from', () => {
		const paid = read('orders/paid', shopifyFixture('orders-paid.in-upi'));
		expect(paid).toMatchObject({ event: 'order.paid', closesCheckout: '71b7e0dc2452af022b31f8f6e700009' });
	});
	test('a partial fulfilment is an update', () => {
		expect(read('orders/partially_fulfilled', BARE)).toMatchObject({ event: 'order.updated', subject: '1' });
	});
	test('an order is created when it was created, and changed when it was changed', () => {
		const times = { created_at: '2026-11-20T14:00:00+05:30', updated_at: '2026-11-20T15:00:00+05:30' };
		expect(read('orders/create', { ...BARE, ...times })).toMatchObject({ occurredAt: '2026-11-20T08:30:00.000Z' });
		expect(read('orders/paid', { ...BARE, ...times })).toMatchObject({ occurredAt: '2026-11-20T09:30:00.000Z' });
	});
	test('a deleted order withdraws what waits for it, its id exact', () => {
		const body = Buffer.from('{"id":820982911946154508}');
		expect(read('orders/delete', body)).toMatchObject({ kind: 'ignored', cancelsOrder: '820982911946154508' });
	});
	test('a deleted checkout is closed', () => {
		expect(read('checkouts/delete', { id: 1, token: 't' })).toMatchObject({ kind: 'ignored', closesCheckout: 't' });
		expect(read('checkouts/delete', { id: 1 })).not.toHaveProperty('closesCheckout');
	});
	test('an order edit points to the update beside it', () => {
		const edited = read('orders/edited', { order_edit: { id: 78912328793, order_id: 45678 } });
		expect(edited).toMatchObject({
			kind: 'ignored',
			subject: '45678',
			reason: expect.stringContaining('orders/updated'),
		});
	});
	test.each(['products/update', 'constructor', '__proto__', ''])('the topic %j is ignored by name', (topic) => {
		expect(read(topic, {})).toEqual({ kind: 'ignored', reason: `nothing reads the topic '${topic}'` });
	});
	test('a delivery that Shopify marks as a test is a test order', () => {
		expect(read('orders/create', BARE, { 'x-shopify-test': 'true' })).toMatchObject({ order: { test: true } });
	});
});

describe('a payload that is not what its topic promises', () => {
	test('is unreadable: the fields are named, their content is not', () => {
		const reading = read('orders/create', {
			...BARE,
			total_price: 'Anushka',
			line_items: [{ price: '+91 98765 43210' }],
		});
		expect(reading).toEqual({
			kind: 'unreadable',
			reason:
				"the payload is not what 'orders/create' promises: missing or not of the right kind: total_price, line_items.0.quantity, line_items.0.price",
		});
	});
	test.each([
		'orders/create',
		'refunds/create',
		'fulfillments/create',
		'checkouts/update',
		'customers/redact',
		'shop/redact',
	])('%s', (topic) => {
		for (const body of [{}, [], 'text', null, { id: {} }, { errors: 'Not Found' }])
			expect(read(topic, body as object)).toMatchObject({ kind: 'unreadable' });
	});
	test('an amount that cannot be read is never taken for nothing', () => {
		const line = { quantity: 1, price: '5.00', tax_lines: [{ title: 'GST', price: 'free' }] };
		expect(read('orders/create', { ...BARE, line_items: [line] })).toMatchObject({ kind: 'unreadable' });
	});
	test('no date at all is said', () => {
		const event = { id: 1, order_id: 2, fulfillment_id: 3, status: 'delivered' };
		expect(read('fulfillment_events/create', event)).toMatchObject({ kind: 'unreadable' });
		expect(
			read('fulfillment_events/create', event, { 'x-shopify-triggered-at': '2026-11-20T08:35:12.345678901Z' }),
		).toMatchObject({
			occurredAt: '2026-11-20T08:35:12.345Z',
		});
	});
});

describe('an order with nothing in it but money', () => {
	const order = read('orders/create', BARE);
	test('is read', () => {
		expect(order).toMatchObject({
			kind: 'event',
			order: {
				name: '#1',
				number: '1',
				status: 'open',
				total: '5.00',
				customer: {},
				lines: [],
				tags: [],
				attributes: {},
			},
		});
	});
	test('every field of the full payload may be null', () => {
		const full = JSON.parse(shopifyFixture('orders-create.in-cod-optin').toString()) as Record<string, unknown>;
		const nulls = Object.fromEntries(Object.keys(full).map((key) => [key, null]));
		expect(read('orders/create', { ...nulls, ...BARE })).toEqual(order);
	});
	test('no field is there with an undefined value', () => {
		expect(JSON.stringify(order)).toBe(JSON.stringify(order, (_key, value: unknown) => value ?? 'undefined'));
	});
});

describe('the phone', () => {
	const shipping = { country_code: 'IN', phone: '98765 43211' };
	const none = { phone: null, customer: null, shipping_address: null, billing_address: null };
	test('of the order comes first, then shipping, customer, billing and home address', () => {
		const customer = { phone: '+919876543212', default_address: { country_code: 'GB', phone: '07911 123456' } };
		const all = {
			phone: '9876543210',
			shipping_address: shipping,
			customer,
			billing_address: { country_code: 'DE', phone: '01512 3456789' },
		};
		const found = [all];
		found.push({ ...all, phone: '12' });
		found.push({ ...all, phone: '12', shipping_address: { country_code: 'IN', phone: 'x' } });
		expect(found.map((changes) => orderWith(changes).phone)).toEqual([
			'+919876543210',
			'+919876543211',
			'+919876543212',
		]);
		const last = { ...none, customer: { default_address: customer.default_address } };
		expect(orderWith(last).phone).toBe('+447911123456');
		expect(orderWith({ ...last, billing_address: all.billing_address }).phone).toBe('+4915123456789');
	});
	test('without an address is read with the configured country', () => {
		expect(orderWith({ ...none, phone: '098765 43210' }).phone).toBe('+919876543210');
	});
	test('is never read with a country of another address', () => {
		const order = orderWith({ ...none, shipping_address: { country_code: 'US', phone: '98765 43210' } });
		expect(order).toMatchObject({ phoneProblem: "'987…10' is not a phone number in US" });
		expect(order).not.toHaveProperty('phone');
	});
});

describe('the customer', () => {
	test('who has no first name is called as the parcel is', () => {
		expect(orderWith({ customer: { first_name: '', last_name: null } }).customer.firstName).toBe('अनुष्का');
		expect(orderWith({ customer: null, shipping_address: null, billing_address: null }).customer).toEqual({
			email: 'anushka.k@example.com',
		});
	});
	test.each([
		['subscribed', true],
		['unsubscribed', false],
		['redacted', false],
		['not_subscribed', undefined],
		['pending', undefined],
	])('whose phone consent is %s: %s', (state, consent) => {
		expect(orderWith({ customer: { sms_marketing_consent: { state } } }).marketingConsent).toBe(consent);
	});
	test('who agreed to e-mails has not agreed to messages on the phone', () => {
		expect(orderWith({ buyer_accepts_marketing: true, customer: null }).marketingConsent).toBeUndefined();
	});
	test('who ticked the SMS box at the checkout has agreed', () => {
		const body = shopifyFixtureWith('checkouts-update.in-abandoned-optin', { buyer_accepts_sms_marketing: true });
		expect(read('checkouts/update', body)).toMatchObject({ order: { marketingConsent: true } });
	});
});

test.each([
	['Cash on Delivery (COD)', true],
	['cash_on_delivery', true],
	['COD', true],
	['Contrareembolso', true],
	['Nachnahme', true],
	['Contrassegno', true],
	['Paiement à la livraison', true],
	['الدفع عند الاستلام', true],
	['貨到付款', true],
	['Kapıda Ödeme', true],
	['Codice sconto', false],
	['Razorpay', false],
	['shopify_payments', false],
])('paying with %j is cash on delivery: %s', (gateway, isCod) => {
	expect(orderWith({ payment_gateway_names: [gateway] }).isCod).toBe(isCod);
});

test('several ways to pay are all named', () => {
	expect(orderWith({ payment_gateway_names: ['gift_card', '', 'Razorpay'] }).paymentMethod).toBe(
		'Gift card + Razorpay',
	);
});

test('a tip at the till is a tip and no line', () => {
	const tip = { title: 'Tip', quantity: 1, price: '50.00', tip: { payment_gateway: 'cash' } };
	const item = { title: 'Diya', quantity: 2, price: '180.00' };
	expect(orderWith({ line_items: [item, tip], total_tip_received: '50.00' })).toMatchObject({
		tip: '50.00',
		lines: [{ title: 'Diya', total: '360.00' }],
	});
});

test('an HSN code among the properties is the line’s', () => {
	const properties = [
		{ name: '_HSN Code', value: '6211' },
		{ name: 'Engraving', value: 'Z' },
		{ name: '_bundle', value: 'b1' },
	];
	const [line] = orderWith({ line_items: [{ title: 'Kurta', quantity: 1, price: '1.00', properties }] }).lines;
	expect(line).toMatchObject({ hsn: '6211', properties: [{ name: 'Engraving', value: 'Z' }] });
});

test('an attribute named like a part of every object is an attribute', () => {
	const body = Buffer.from(
		JSON.stringify({
			...BARE,
			note_attributes: [
				{ name: '__proto__', value: 'x' },
				{ name: 'empty', value: '' },
			],
		}),
	);
	const reading = read('orders/create', body);
	const attributes = reading.kind === 'event' ? reading.order?.attributes : undefined;
	expect(Object.entries(attributes ?? {})).toEqual([['__proto__', 'x']]);
});

describe('a shipment', () => {
	const parcel = (shipment_status: string | null, status = 'success') =>
		read(
			'fulfillments/update',
			shopifyFixtureWith('fulfillments-update.out-for-delivery', { shipment_status, status }),
		);
	test.each([
		[null, 'in_transit'],
		['carrier_picked_up', 'in_transit'],
		['out_for_delivery', 'out_for_delivery'],
		['attempted_delivery', 'failed'],
		['failure', 'failed'],
		['delivered', 'delivered'],
	])('%s → %s', (status, state) => expect(parcel(status)).toMatchObject({ shipment: { status: state } }));
	test.each([
		'label_printed',
		'label_purchased',
		'confirmed',
		'ready_for_pickup',
		'delayed',
		'beamed_up',
		'constructor',
	])('%s is not told', (status) => {
		expect(parcel(status)).toMatchObject({ kind: 'ignored', subject: '6310000551042' });
	});
	test.each(['pending', 'open', 'cancelled', 'error', 'failure'])(
		'of a fulfilment that is %s is not told',
		(status) => {
			expect(parcel(null, status)).toMatchObject({ kind: 'ignored' });
		},
	);
	test('a tracking link that is none is left out', () => {
		const body = shopifyFixtureWith('fulfillments-create.in-delhivery', {
			tracking_url: 'javascript:alert(1)',
			tracking_urls: [],
		});
		expect(read('fulfillments/create', body)).not.toHaveProperty('shipment.trackingUrl');
	});
});

describe('a refund', () => {
	const refund = (changes: Record<string, unknown>, fixture = 'refunds-create.in-partial-shipping') =>
		read('refunds/create', shopifyFixtureWith(fixture, changes));
	const paid = (status: string, amount = '79.00') => ({ kind: 'refund', status, amount, currency: 'INR' });
	test('counts what succeeded, all of it, and nothing that failed', () => {
		expect(
			refund({ transactions: [paid('success', '50.10'), paid('success', '28.90'), paid('failure')] }),
		).toMatchObject({ refund: { amount: '79.00' } });
	});
	test('that is on its way counts while none has succeeded', () => {
		expect(refund({ transactions: [paid('pending')] })).toMatchObject({ refund: { amount: '79.00' } });
	});
	test('that the provider refused is not announced', () => {
		expect(refund({ transactions: [paid('failure'), paid('error')] })).toMatchObject({
			kind: 'ignored',
			subject: '6310000551042',
		});
	});
	test('without transactions is what lines, shipping and adjustments come to', () => {
		expect(refund({ transactions: [] })).toMatchObject({ refund: { amount: '79.00' } });
		expect(refund({ transactions: [], order_adjustments: [] })).toMatchObject({ refund: { amount: '79.00' } });
	});
	test('of an order that was never paid pays nothing back and is not announced', () => {
		const discrepancy = { kind: 'refund_discrepancy', amount: '398.00', tax_amount: '0.00' };
		expect(
			refund({ created_at: '2026-11-24T12:00:00+05:30', order_adjustments: [discrepancy] }, 'refunds-create.sample'),
		).toMatchObject({
			kind: 'ignored',
			reason: expect.stringContaining('pays nothing back'),
		});
	});
	test('in the shop’s currency is not taken for the buyer’s', () => {
		const set = (rupees: string, pounds: string) => ({
			shop_money: { amount: rupees, currency_code: 'INR' },
			presentment_money: { amount: pounds, currency_code: 'GBP' },
		});
		const refund_shipping_lines = [{ subtotal_amount_set: set('79.00', '0.73') }];
		const changes = { total_duties_set: set('0.00', '0.00'), order_adjustments: [], refund_shipping_lines };
		expect(refund(changes)).toMatchObject({ refund: { amount: '0.73', currency: 'GBP' } });
	});
});
