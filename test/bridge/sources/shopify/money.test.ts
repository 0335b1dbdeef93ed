import type { Order } from '../../../../bridge/src/domain';
import { compare, negate, sum } from '../../../../bridge/src/money';
import { shopifySource } from '../../../../bridge/src/sources/shopify/shopify-source';
import { SHOPIFY_SHOP, shopifyDeliveries, shopifyFixture } from '../../../support/shopify';

const source = shopifySource({ id: 'acme', shop: SHOPIFY_SHOP, secrets: ['x'] }, {});
const read = (topic: string, body: Buffer | string) => source.read({ topic, body: Buffer.from(body), headers: {} });
function orderOf(body: Buffer | string): Order {
	const reading = read('orders/create', body);
	if (reading.kind !== 'event' || reading.order === undefined) throw new Error(JSON.stringify(reading));
	return reading.order;
}

/** The fixture in another currency: its amounts are replaced as text, so nothing here rounds either. */
const inCurrency = (currency: string, amounts: Record<string, string>): string =>
	Object.entries(amounts).reduce(
		(text, [from, to]) => text.replaceAll(`"${from}"`, `"${to}"`),
		shopifyFixture('orders-create.in-cod-optin').toString().replaceAll('"INR"', `"${currency}"`),
	);

test('dong have no decimals and get none', () => {
	const order = orderOf(
		inCurrency('VND', {
			'7216.90': '2165070',
			'6798.00': '2039400',
			'339.90': '101970',
			'79.00': '23700',
			'0.00': '0',
		}),
	);
	expect(order).toMatchObject({
		currency: 'VND',
		total: '2165070',
		subtotal: '2039400',
		tax: '101970',
		shipping: '23700',
		tip: '0',
		discount: '0',
	});
});

test('a Kuwaiti dinar has three decimals and keeps them', () => {
	const order = orderOf(
		inCurrency('KWD', {
			'7216.90': '26.405',
			'6798.00': '24.872',
			'1299.00': '4.753',
			'5499.00': '20.119',
			'339.90': '1.244',
			'79.00': '0.289',
			'0.00': '0.000',
		}),
	);
	expect(order).toMatchObject({
		currency: 'KWD',
		total: '26.405',
		subtotal: '24.872',
		tax: '1.244',
		shipping: '0.289',
		discount: '0.000',
	});
	expect(order.lines.map(({ total }) => total)).toEqual(['4.753', '20.119']);
});

test('a buyer who paid in pounds sees pounds everywhere, whatever the shop counts in', () => {
	const order = orderOf(shopifyFixture('orders-create.multi-currency-00-prefix'));
	expect(order).toMatchObject({
		currency: 'GBP',
		total: '96.59',
		subtotal: '82.79',
		shipping: '13.80',
		outstanding: '0.00',
	});
	expect(order.lines).toMatchObject([{ price: '82.79', total: '82.79', discount: '0.00' }]);
	expect(JSON.stringify(order)).not.toMatch(/10499|8999/);
});

test('what the shop gives in its own currency only is never shown as pounds', () => {
	const text = shopifyFixture('orders-create.multi-currency-00-prefix').toString();
	expect(orderOf(text.replace(/"total_outstanding": "[^"]*"/, '"total_outstanding": "500.00"'))).not.toHaveProperty(
		'outstanding',
	);
	expect(orderOf(text.replace(/"total_outstanding": "[^"]*"/, '"total_outstanding": "10499.00"')).outstanding).toBe(
		'96.59',
	);
});

test('a tip in the shop’s currency is what the buyer’s total has beyond everything else', () => {
	const text = shopifyFixture('orders-create.multi-currency-00-prefix').toString().replaceAll('"96.59"', '"101.59"');
	expect(orderOf(text.replace(/"total_tip_received": "[^"]*"/, '"total_tip_received": "543.00"')).tip).toBe('5.00');
});

test('an order whose lines lack the buyer’s prices is read in the shop’s currency as a whole', () => {
	const order = JSON.parse(shopifyFixture('orders-create.multi-currency-00-prefix').toString()) as {
		line_items: object[];
	};
	const lines = order.line_items.map((line) => ({ ...line, price_set: undefined }));
	expect(orderOf(JSON.stringify({ ...order, line_items: lines }))).toMatchObject({
		currency: 'INR',
		total: '10499.00',
		lines: [{ price: '8999.00' }],
	});
});

test('prices of a checkout are in the buyer’s currency', () => {
	const checkout = JSON.parse(shopifyFixture('checkouts-update.in-abandoned-optin').toString()) as object;
	const reading = read(
		'checkouts/update',
		JSON.stringify({ ...checkout, presentment_currency: 'AED', total_price: '70.50' }),
	);
	expect(reading).toMatchObject({ order: { currency: 'AED', total: '70.50' } });
});

test('numbers that JSON has as numbers keep their digits', () => {
	const body = shopifyFixture('orders-create.in-cod-optin').toString();
	const order = orderOf(body.replaceAll('"rate": 0.05', '"rate": 0.0887512345678901234'));
	expect(order.taxes).toEqual([{ title: 'IGST', rate: '0.0887512345678901234', amount: '339.90' }]);
	expect(orderOf(body.replaceAll('"price": "339.90"', '"price": 339.9')).tax).toBe('339.90');
});

// The official sample contradicts itself: a discount of 20.00 that no line carries.
const INCONSISTENT = ['orders-create.sample-test-notification.json'];
test.each(
	shopifyDeliveries()
		.filter(({ file, topic }) => topic.startsWith('orders/') && !INCONSISTENT.includes(file))
		.map(({ file }) => [file]),
)('%s adds up: lines − discount + shipping + tip + tax is the total, to the last digit', (file) => {
	const order = orderOf(shopifyFixture(file));
	const parts = [...order.lines.map(({ total }) => total), negate(order.discount), order.shipping, order.tip];
	expect(compare(sum([...parts, ...(order.taxesIncluded ? [] : [order.tax])]), order.total)).toBe(0);
	const shares = order.discounts.map(({ amount }) => amount);
	expect(compare(sum(['0', ...shares]), order.discount)).toBe(0);
	expect(compare(sum(['0', ...order.taxes.map(({ amount }) => amount)]), order.tax)).toBe(0);
});
