import { verdictOf } from '../battery';
import type { Order, Reading } from '../../../../bridge/src/domain';
import { shopifySource } from '../../../../bridge/src/sources/shopify/shopify-source';
import {
	SHOPIFY_SECRET,
	SHOPIFY_SHOP,
	shopifyDeliveries,
	shopifyFixture,
	signedShopify,
} from '../../../support/shopify';

const source = shopifySource({ id: 'acme', shop: SHOPIFY_SHOP, secrets: [SHOPIFY_SECRET] }, {});
const deliveries = new Map(shopifyDeliveries().map((delivery) => [delivery.file, delivery]));

/** Through the door: signed, verified, read. */
function readingOf(file: string): Reading {
	const delivery = deliveries.get(file);
	if (delivery === undefined) throw new Error(`${file} is not in headers.json`);
	const verdict = verdictOf(source, signedShopify(shopifyFixture(file), { headers: delivery.headers }));
	if (!verdict.ok) throw new Error(verdict.detail);
	return source.read(verdict.delivery);
}
const eventOf = (file: string) => {
	const reading = readingOf(file);
	if (reading.kind !== 'event') throw new Error(`${file}: ${JSON.stringify(reading)}`);
	return reading;
};

const NO_PHONE = 'no phone number in the order';
type Consent = Order['marketingConsent'];
type Row = [
	file: string,
	event: string,
	phone: string,
	firstName: string | undefined,
	name: string,
	number: string,
	total: string,
	consent: Consent,
];

// Written by hand from the payloads. `phone` is the number, or why there is none.
// prettier-ignore
const ORDERS: Row[] = [
	['orders-create.sample-test-notification.json', 'order.created', "'555…IP' is not a phone number in US; '123…34' is not a phone number in CA", 'John', '#9999', '1234', '388.00 USD', undefined],
	['orders-create.docs-2026-07.json', 'order.created', '+557734881234', 'Bob', '#1001', '1001', '598.94 USD', undefined],
	['orders-create.docs-api-created-eur.json', 'order.created', NO_PHONE, undefined, '#1002', '1002', '238.47 EUR', undefined],
	['orders-create.in-cod-optin.json', 'order.created', '+919876543210', 'अनुष्का', '#1042', '1042', '7216.90 INR', true],
	['orders-create.in-cod-optin.wire.json', 'order.created', '+919876543210', 'अनुष्का', '#1042', '1042', '7216.90 INR', true],
	['orders-create.in-phone-only-in-shipping.json', 'order.created', '+919876543211', 'Rohit', '#1043', '1043', '1531.64 INR', undefined],
	['orders-create.br-pix.json', 'order.created', '+5511912345678', 'João', '#2210', '2210', '178.30 BRL', undefined],
	['orders-create.no-phone.json', 'order.created', NO_PHONE, 'Lena', '#1044', '1044', '64.80 EUR', undefined],
	['orders-create.pos-null-customer.json', 'order.created', NO_PHONE, undefined, '#1045', '1045', '1154.80 INR', undefined],
	['orders-create.multi-currency-00-prefix.json', 'order.created', '+447911123456', 'Siobhán', '#1046', '1046', '96.59 GBP', undefined],
	['orders-create.zero-total.json', 'order.created', '+919812345670', 'Meera', '#1047', '1047', '0.00 INR', undefined],
	['orders-create.120-line-items.json', 'order.created', '+971501234567', 'محمد', '#3301', '3301', '10084.00 AED', undefined],
	['orders-create.us-giftcard-tip-emoji.json', 'order.created', '+12125550142', 'Zoë 🌸', '#5120', '5120', '65.56 USD', undefined],
	['orders-create.hk-captured-draft-discount.json', 'order.created', '+85261234568', 'Alan', '#1054', '1054', '394.00 HKD', undefined],
	['orders-paid.in-upi.json', 'order.paid', '+919876543210', 'अनुष्का', '#1042', '1042', '1442.95 INR', undefined],
	['orders-updated.in-address-change.json', 'order.updated', '+919876543211', 'Rohit', '#1043', '1043', '1531.64 INR', undefined],
	['orders-updated.docs-partially-refunded.json', 'order.updated', '+557734881234', 'Bob', '#1001', '1001', '598.94 USD', undefined],
	['orders-fulfilled.in.json', 'order.fulfilled', '+919876543210', 'अनुष्का', '#1042', '1042', '1442.95 INR', undefined],
	['orders-cancelled.hk-captured.json', 'order.cancelled', '+85261234567', 'Alan', '#1065', '1065', '99.00 HKD', undefined],
	['checkouts-create.sample.json', 'checkout.abandoned', "'555…IP' is not a phone number in US; '555…LL' is not a phone number in US; '123…34' is not a phone number in CA", 'John', '#981820079255243537', '981820079255243537', '398.00 USD', undefined],
	['checkouts-update.docs-abandoned.json', 'checkout.abandoned', '+15024592181', 'Bob', '#450789469', '450789469', '379.69 USD', undefined],
	['checkouts-update.in-abandoned-optin.json', 'checkout.abandoned', '+919000012345', 'Kavya', '#38569000099001', '38569000099001', '1728.00 INR', undefined],
];

test.each(ORDERS)('%s', (file, event, phone, firstName, name, number, total, consent) => {
	const reading = eventOf(file);
	const order = reading.order;
	expect({
		event: reading.event,
		phone: order?.phone ?? order?.phoneProblem,
		firstName: order?.customer.firstName,
		name: order?.name,
		number: order?.number,
		total: `${order?.total} ${order?.currency}`,
		consent: order?.marketingConsent,
	}).toEqual({ event, phone, firstName, name, number, total, consent });
});

// [file, order, state, tracking number, name]
test.each([
	['fulfillments-create.in-delhivery.json', '6310000551042', 'in_transit', '1490812345678', '#1042.1'],
	['fulfillments-create.docs-no-tracking.json', '450789469', 'in_transit', undefined, '#1001.2'],
	['fulfillments-create.docs-odd-tracking.json', '450789469', 'in_transit', '#☠1☢ --- 4321', '#1001.1'],
	['fulfillments-update.out-for-delivery.json', '6310000551042', 'out_for_delivery', '1490812345678', '#1042.1'],
	['fulfillment_events-create.sample.json', '820982911946154508', 'in_transit', undefined, undefined],
	['fulfillment_events-create.delivered.json', '6310000551042', 'delivered', undefined, undefined],
])('%s is a shipment of order %s: %s', (file, subject, status, trackingNumber, name) => {
	const reading = eventOf(file);
	expect(reading).toMatchObject({ event: 'shipment.updated', subject });
	expect(reading.order).toBeUndefined();
	expect({ ...reading.shipment }).toMatchObject({ status });
	expect([reading.shipment?.trackingNumber, reading.shipment?.name]).toEqual([trackingNumber, name]);
});

// [file, order, amount]
test.each([
	['refunds-create.sample.json', '820982911946154508', '398.00 USD'],
	['refunds-create.vnd-captured.json', '6273085767965', '20 VND'],
	['refunds-create.docs-one-line.json', '450789469', '41.94 USD'],
	['refunds-create.docs-shipping-adjustment.json', '450789469', '5.00 USD'],
	['refunds-create.in-partial-shipping.json', '6310000551042', '79.00 INR'],
])('%s refunds order %s: %s', (file, subject, amount) => {
	const reading = eventOf(file);
	expect(reading).toMatchObject({ event: 'order.refunded', subject });
	expect(reading.order).toBeUndefined();
	expect(`${reading.refund?.amount} ${reading.refund?.currency}`).toBe(amount);
});

// [file, what it comes to, a word of the reason]
test.each([
	['fulfillments-create.sample.json', { subject: '820982911946154508' }, /waits for the service/],
	['fulfillments-update.cancelled.json', { subject: '6310000551042' }, /cancelled: there is no shipment/],
	['checkouts-update.completed.json', { closesCheckout: 'c1-in-abandoned' }, /completed/],
	['app-uninstalled.sample.json', {}, /removed from the shop/],
])('%s needs no message: %o', (file, effect, why) => {
	expect(readingOf(file)).toMatchObject({ kind: 'ignored', reason: expect.stringMatching(why), ...effect });
});

const orders = ['299938', '280263', '220458'];
test.each([
	['customers-data_request.sample.json', { request: 'data-request', subject: '191167', orders, phone: '555-625-1199' }],
	['customers-redact.sample.json', { request: 'erase-customer', subject: '191167', orders, phone: '555-625-1199' }],
	['shop-redact.sample.json', { request: 'erase-shop', subject: 'example.myshopify.com', orders: [] }],
])('%s is a privacy request', (file, request) => expect(readingOf(file)).toEqual({ kind: 'privacy', ...request }));

test('no fixture is left out of the tables', () => {
	const tables = [...ORDERS.map(([file]) => file), ...deliveries.keys()].filter((file) =>
		/^(orders|checkouts)-/.test(file),
	);
	const other = ['checkouts-update.completed.json'];
	expect(new Set([...ORDERS.map(([file]) => file), ...other])).toEqual(new Set(tables));
	expect(deliveries.size).toBe(ORDERS.length + 6 + 5 + 4 + 3);
});
