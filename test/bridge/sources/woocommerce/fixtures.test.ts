import type { Reading } from '../../../../bridge/src/domain';
import { negate, sum } from '../../../../bridge/src/money';
import { woocommerceSource } from '../../../../bridge/src/sources/woocommerce/woocommerce-source';
import { signedWoo, WOO_SECRET, WOO_URL, wooDeliveries, wooFixture } from '../../../support/woocommerce';
import { verdictOf } from '../battery';

const source = woocommerceSource({ id: 'boutique', url: WOO_URL, secrets: [WOO_SECRET] }, {});
const deliveries = new Map(wooDeliveries().map((delivery) => [delivery.file, delivery]));

/** Through the door: signed, verified, read as the first that is known of the order. */
function readingOf(file: string): Reading {
	const delivery = deliveries.get(file);
	if (delivery === undefined) throw new Error(`${file} is not in headers.json`);
	const verdict = verdictOf(source, signedWoo(wooFixture(file), { headers: delivery.headers }));
	if (!verdict.ok) throw new Error(verdict.detail);
	return source.read(verdict.delivery);
}
function orderOf(file: string) {
	const reading = readingOf(file);
	if (reading.kind !== 'event' || reading.order === undefined) throw new Error(`${file}: ${JSON.stringify(reading)}`);
	return { reading, order: reading.order };
}

type Row = [
	file: string,
	events: string,
	phone: string,
	firstName: string,
	name: string,
	total: string,
	optIn?: string,
];

// Written by hand from the payloads. `phone` is the number, or why there is none.
// prettier-ignore
const ORDERS: Row[] = [
	['order.created.docs-727.json', 'order.created order.paid', "'(55…55' is not a phone number in US", 'John', '#727', '29.35 USD'],
	['order.updated.processing.docs.json', 'order.created order.paid', "'(55…55' is not a phone number in US", 'John', '#727', '29.35 USD'],
	['order.updated.completed.docs.json', 'order.created order.paid order.fulfilled', "'(55…55' is not a phone number in US", 'John', '#727', '29.35 USD'],
	['order.updated.refunded.docs.json', 'order.refunded', "'(55…55' is not a phone number in US", 'John', '#727', '29.35 USD'],
	['order.updated.cancelled.docs.json', 'order.cancelled', "'(55…55' is not a phone number in US", 'John', '#727', '29.35 USD'],
	['order.created.in-cod-optin.json', 'order.created', '+919876543210', 'अनुष्का', '#7411', '8620.85 INR', '1'],
	['order.created.in-cod-optin.wire.json', 'order.created', '+919876543210', 'अनुष्का', '#7411', '8620.85 INR', '1'],
	['order.created.pending-no-phone.json', 'order.updated', 'no phone number in the order', 'Rohit', '#7412', '649.00 INR'],
	['order.updated.on-hold-bacs.json', 'order.created', '+4915123456789', 'Lena', '#7413', '59.90 EUR'],
	['order.updated.failed.json', 'order.updated', '+447911123456', 'Siobhán', '#7414', '95.00 GBP'],
	['order.updated.partial-refund.json', 'order.fulfilled', '+919812345670', 'Meera', '#7415', '1800.00 INR'],
	['order.updated.br-extra-fields.json', 'order.created order.paid', '+5511912345678', 'João', '#7416', '178.30 BRL'],
	['order.updated.phone-only-in-shipping.json', 'order.created', '+971501234567', 'محمد', '#7417', '231.00 AED'],
	['order.created.105-line-items.json', 'order.created', '+919876543212', 'Bulk', '#7418', '32942.80 INR'],
	['order.created.zero-total.captured.json', 'order.created order.paid order.fulfilled', "'123' is not a phone number in VN", 'Test', '#15', '0.00 USD'],
];

test.each(ORDERS.map((row) => ({ row, file: row[0] })))('$file', ({ row }) => {
	const [file, events, phone, firstName, name, total, optIn] = row;
	const { reading, order } = orderOf(file);
	expect({
		events: [reading, ...(reading.also ?? [])].map(({ event }) => event).join(' '),
		phone: order.phone ?? order.phoneProblem,
		firstName: order.customer.firstName,
		name: order.name,
		total: `${order.total} ${order.currency}`,
		optIn: order.attributes['whatsapp_opt_in'],
	}).toEqual({ events, phone, firstName, name, total, optIn });
	expect(order.number).toBe(name.slice(1));
	expect(reading.subject).toBe(order.id);
	// Every amount of the order adds up to its total.
	const tax = order.taxesIncluded ? '0' : order.tax;
	const parts = [...order.lines.map((line) => line.total), negate(order.discount), order.shipping, order.tip, tax];
	expect(sum(parts)).toBe(order.total);
});

test('money, consent and words of a cash-on-delivery order from India', () => {
	const { order } = orderOf('order.created.in-cod-optin.wire.json');
	expect(order).toMatchObject({
		isCod: true,
		status: 'open',
		financialStatus: 'pending',
		outstanding: '8620.85',
		subtotal: '8137.00',
		shipping: '79.00',
		shippingMethod: 'Flat rate',
		tax: '404.85',
		taxes: [{ title: 'IGST', rate: '0.05', amount: '404.85' }],
		paymentMethod: 'Cash on delivery',
		note: 'कृपया शाम को भेजें',
		createdAt: '2026-11-20T14:05:11.000Z',
		statusUrl: `${WOO_URL}/checkout/order-received/7411/?key=wc_order_redacted`,
		delivery: { city: 'पुणे', country: 'IN' },
		test: false,
	});
	expect(order.lines.map(({ title, price, quantity, total, tax }) => [title, price, quantity, total, tax])).toEqual([
		['बनारसी रेशम साड़ी', '5499.00', 1, '5499.00', '274.95'],
		['Cotton kurta – Indigo, M', '1299.00', 2, '2598.00', '129.90'],
		['COD charge', '40.00', 1, '40.00', '0.00'],
	]);
	expect(order.lines[1]?.properties).toEqual([{ name: 'Size', value: 'M' }]);
	expect(order.lines[1]?.taxes).toEqual([{ title: 'IGST', rate: '0.05', amount: '129.90' }]);
});

test('two partial refunds are positive amounts, and the total stays', () => {
	const { order } = orderOf('order.updated.partial-refund.json');
	expect(order).toMatchObject({ status: 'partially_refunded', total: '1800.00', outstanding: '0.00' });
	expect(order.refunds).toMatchObject([
		{ id: '7420', amount: '450.00' },
		{ id: '7421', amount: '50.00', note: 'Damaged' },
	]);
	// Site time would make it 14:30.
	expect(order.updatedAt).toBe('2026-11-23T03:30:00.000Z');
	expect(order.delivery).toBeUndefined();
});

test('a Brazilian address has its house number and district', () => {
	expect(orderOf('order.updated.br-extra-fields.json').order.billing).toMatchObject({
		line1: 'Rua Augusta, 1500',
		line2: 'Consolação',
	});
});

test('HTML in a product’s name is text', () => {
	const { order } = orderOf('order.updated.processing.docs.json');
	expect(order.lines[1]?.title).toBe('Ship Your Idea – Color: Black, Size: M Test');
});

test('a deleted order withdraws what waits, and is no state', () => {
	expect(readingOf('order.deleted.json')).toMatchObject({ kind: 'ignored', subject: '7417', cancelsOrder: '7417' });
});

test('no fixture is left out', () => {
	const other = ['order.deleted.json', 'order.updated.permission-error.json'];
	expect(new Set([...ORDERS.map(([file]) => file), ...other])).toEqual(new Set(deliveries.keys()));
});
