import fc from 'fast-check';
import type { Order } from '../../../../bridge/src/domain';
import { negate, sum } from '../../../../bridge/src/money';
import { woocommerceSource } from '../../../../bridge/src/sources/woocommerce/woocommerce-source';
import { WOO_SECRET, WOO_URL, wooOrder } from '../../../support/woocommerce';

const source = woocommerceSource({ id: 'boutique', url: WOO_URL, secrets: [WOO_SECRET] }, { country: 'IN' });
function orderOf(changes: object, name = 'order.created.in-cod-optin'): Order {
	const body = Buffer.from(JSON.stringify(wooOrder(name, changes)));
	const reading = source.read({ topic: 'order.created', headers: {}, body });
	if (reading.kind !== 'event' || !reading.order) throw new Error(JSON.stringify(reading));
	return reading.order;
}
const addsUp = (order: Order) =>
	sum([
		...order.lines.map((line) => line.total),
		negate(order.discount),
		order.shipping,
		order.tip,
		order.taxesIncluded ? '0' : order.tax,
	]);

const line = (
	name: string,
	quantity: number,
	subtotal: string,
	total: string,
	tax = '0',
	subtotalTax = tax,
	more: object = {},
) => ({
	name,
	quantity,
	subtotal,
	subtotal_tax: subtotalTax,
	total,
	total_tax: tax,
	taxes: [{ id: 1, total: tax, subtotal: subtotalTax }],
	meta_data: [],
	...more,
});

/** Prices of a German shop: 119.00 and 2 × 23.80 with 19 % in them, 10 % off, 5.95 for sending, 2.38 for wrapping, 3.00 tip. */
const german = {
	currency: 'EUR',
	prices_include_tax: true,
	line_items: [
		line('Lampe', 1, '100.00', '90.00', '17.10', '19.00'),
		line('Birne', 2, '40.00', '36.00', '6.84', '7.60'),
	],
	coupon_lines: [{ code: 'herbst10', discount: '14.00', discount_tax: '2.66' }],
	shipping_total: '5.00',
	shipping_tax: '0.95',
	fee_lines: [
		{ name: 'Geschenkverpackung', total: '2.00', total_tax: '0.38', taxes: [{ id: 1, total: '0.38' }] },
		{ name: 'Trinkgeld', total: '3.00', total_tax: '0.00', taxes: [] },
	],
	tax_lines: [
		{
			rate_id: 1,
			rate_code: 'DE-MWST-1',
			label: 'MwSt.',
			rate_percent: 19,
			tax_total: '24.32',
			shipping_tax_total: '0.95',
		},
	],
	total_tax: '25.27',
	total: '161.27',
};

test('where prices include tax, every amount of the order does', () => {
	const order = orderOf(german);
	expect(order).toMatchObject({
		taxesIncluded: true,
		total: '161.27',
		subtotal: '152.32',
		discount: '16.66',
		discounts: [{ title: 'herbst10', amount: '16.66' }],
		shipping: '5.95',
		tip: '3.00',
		tax: '25.27',
		taxes: [{ title: 'MwSt.', rate: '0.19', amount: '25.27' }],
	});
	expect(
		order.lines.map(({ title, price, quantity, total, discount, tax }) => [
			title,
			price,
			quantity,
			total,
			discount,
			tax,
		]),
	).toEqual([
		['Lampe', '119.00', 1, '119.00', '11.90', '17.10'],
		['Birne', '23.80', 2, '47.60', '4.76', '6.84'],
		['Geschenkverpackung', '2.38', 1, '2.38', '0.00', '0.38'],
	]);
	expect(addsUp(order)).toBe('161.27');
});

test('a fee below nothing is a discount; a free one is not shown', () => {
	const order = orderOf({
		fee_lines: [
			{ name: 'Prepaid &amp; happy', total: '-50.00', total_tax: '0.00' },
			{ name: 'Free wrap', total: '0.00', total_tax: '0.00' },
		],
		total: '8530.85',
	});
	expect(order.discounts).toEqual([{ title: 'Prepaid & happy', amount: '50.00' }]);
	expect(order.lines).toHaveLength(2);
	expect(addsUp(order)).toBe('8530.85');
});

test('a price that does not divide is rounded, its line is not', () => {
	const order = orderOf({
		line_items: [
			line('Three', 3, '100.00', '100.00'),
			line('Half', 1.5, '4.50', '4.50'),
			line('None', 0, '0.00', '0.00'),
		],
	});
	expect(order.lines.slice(0, 3).map(({ price, quantity, total }) => [price, quantity, total])).toEqual([
		['33.33', 3, '100.00'],
		['3.00', 1.5, '4.50'],
		['0.00', 0, '0.00'],
	]);
});

test('a total that a person raised by hand is no negative discount', () =>
	expect(orderOf({ line_items: [line('Raised', 1, '10.00', '12.00')] }).lines[0]).toMatchObject({
		total: '12.00',
		discount: '0.00',
	}));

test.each([
	['JPY', '1200.00', '1200'],
	['INR', '8621', '8621.00'],
	['KWD', '1.5', '1.500'],
	['XXX', '5', '5.00'],
	['INR', '0', '0.00'],
])('%s: %s is written as %s', (currency, given, total) =>
	expect(orderOf({ currency, total: given }).total).toBe(total),
);

test('a tax without a rate, as old versions send it, and one of nothing', () => {
	const order = orderOf({
		tax_lines: [
			{ rate_id: 75, rate_code: 'US-CA', tax_total: '1.35' },
			{ rate_id: 2, label: 'Zero', rate_percent: 0, tax_total: '0.00' },
		],
	});
	expect(order.taxes).toEqual([{ title: 'US-CA', amount: '1.35' }]);
});

test('an amount that is none makes the order unreadable: money is never taken for nothing', () => {
	expect(() => orderOf({ shipping_total: 'free' })).toThrow(/shipping_total/);
	expect(() => orderOf({ refunds: [{ id: 1, total: null }] })).toThrow(/refunds/);
});

test('whatever is bought, an order adds up, with tax in its prices or beside them', () => {
	const cents = fc.integer({ min: 0, max: 5_000_000 });
	const money = (value: number) => (value / 100).toFixed(2);
	const goods = fc.record({
		net: cents,
		off: fc.integer({ min: 0, max: 100 }),
		rate: fc.integer({ min: 0, max: 28 }),
		quantity: fc.integer({ min: 1, max: 9 }),
	});
	fc.assert(
		fc.property(
			fc.array(goods, { minLength: 1, maxLength: 8 }),
			cents,
			cents,
			fc.boolean(),
			(bought, shipping, fee, included) => {
				let total = shipping + fee;
				let taxes = 0;
				const line_items = bought.map(({ net, off, rate, quantity }) => {
					const after = net - Math.floor((net * off) / 100);
					const tax = Math.round((after * rate) / 100);
					total += after + tax;
					taxes += tax;
					return line('Item', quantity, money(net), money(after), money(tax), money(Math.round((net * rate) / 100)));
				});
				const order = orderOf({
					prices_include_tax: included,
					line_items,
					shipping_total: money(shipping),
					shipping_tax: '0.00',
					fee_lines: [{ name: 'Fee', total: money(fee), total_tax: '0.00' }],
					total_tax: money(taxes),
					total: money(total),
				});
				expect(addsUp(order)).toBe(order.total);
				for (const { discount } of order.lines) expect(discount).not.toMatch(/^-/);
			},
		),
	);
});
