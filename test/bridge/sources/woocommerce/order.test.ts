import type { Order } from '../../../../bridge/src/domain';
import { woocommerceSource } from '../../../../bridge/src/sources/woocommerce/woocommerce-source';
import { WOO_SECRET, WOO_URL, wooOrder } from '../../../support/woocommerce';

const source = woocommerceSource(
	{ id: 'boutique', name: 'Boutique', url: `${WOO_URL}/de`, secrets: [WOO_SECRET] },
	{ country: 'IN' },
);
function orderOf(changes: object): Order {
	const body = Buffer.from(JSON.stringify(wooOrder('order.created.in-cod-optin', changes)));
	const reading = source.read({ topic: 'order.created', headers: {}, body });
	if (reading.kind !== 'event' || !reading.order) throw new Error(JSON.stringify(reading));
	return reading.order;
}
const meta = (fields: Record<string, unknown>) => ({
	meta_data: Object.entries(fields).map(([key, value]) => ({ key, value })),
});
const nobody = { first_name: '', last_name: '', address_1: '', city: '', country: '', phone: '' };

test('the shop is the configured one', () =>
	expect(orderOf({}).shop).toEqual({ id: 'boutique', name: 'Boutique', domain: 'shop.kaveri-handlooms.example' }));

test.each([
	['7411', '#7411', '7411'],
	['#7411', '#7411', '7411'],
	['INV-2026-0042', '#INV-2026-0042', 'INV-2026-0042'],
	[7411, '#7411', '7411'],
	['', '#7411', '7411'],
])('the number %j of a numbering plugin is what the buyer sees: %s', (given, name, number) =>
	expect(orderOf({ id: 7411, number: given })).toMatchObject({ id: '7411', name, number }),
);

describe('the number to write to', () => {
	const phone = (billing: object, shipping: object, fields: Record<string, unknown> = {}) => {
		const order = orderOf({
			billing: { ...nobody, ...billing },
			shipping: { ...nobody, ...shipping },
			...meta(fields),
		});
		return order.phone ?? order.phoneProblem;
	};
	test.each<{ what: string; wanted: string; billing: object; shipping?: object; fields?: Record<string, unknown> }>([
		{
			what: 'the buyer’s before the receiver’s',
			wanted: '+919876543210',
			billing: { country: 'IN', phone: '9876543210' },
			shipping: { country: 'IN', phone: '9812345670' },
		},
		{
			what: 'the receiver’s where the buyer’s is none',
			wanted: '+919812345670',
			billing: { country: 'IN', phone: '12345' },
			shipping: { country: 'IN', phone: '9812345670' },
		},
		{
			what: 'each with the country of its own address',
			wanted: '+4915123456789',
			billing: { country: 'IN' },
			shipping: { country: 'DE', phone: '0151 23456789' },
		},
		{
			what: 'one that a plugin asks for on purpose',
			wanted: '+919811111111',
			billing: { country: 'IN', phone: '9876543210' },
			fields: { _billing_whatsapp: '9811111111' },
		},
		{
			what: 'the mobile where the other is a landline',
			wanted: '+5511912345678',
			billing: { country: 'BR', phone: '(11) 3333-4444', cellphone: '11912345678' },
		},
		{
			what: 'with the configured country where no address has one',
			wanted: '+919876543210',
			billing: { phone: '098765 43210' },
		},
	])('$what', ({ wanted, billing, shipping = {}, fields = {} }) =>
		expect(phone(billing, shipping, fields)).toBe(wanted),
	);
	test('a number that is none is named, not guessed', () =>
		expect(phone({ country: 'IN', phone: '12345' }, {})).toBe("'12345' is not a phone number in IN"));
});

describe('where it goes', () => {
	const pickup = [{ method_id: 'local_pickup', method_title: 'Abholung' }];
	test('to the billing address where the shop ships to no other', () =>
		expect(orderOf({ shipping: nobody }).delivery).toEqual(orderOf({}).billing));
	test.each([
		['collected', { shipping_lines: pickup }],
		['digital', { shipping: nobody, shipping_lines: [] }],
	])('nowhere when it is %s', (_, changes) => expect(orderOf(changes).delivery).toBeUndefined());
	test('an address with nothing but a country is none', () =>
		expect(
			orderOf({ shipping: { ...nobody, country: 'IN', state: 'MH' }, shipping_lines: [] }).delivery,
		).toBeUndefined());
});

test('an Indian state has its name, as the place of supply needs it; other codes stay', () => {
	expect(orderOf({}).delivery?.region).toBe('Maharashtra');
	expect(orderOf({ shipping: { ...nobody, city: 'Köln', state: 'DE-NW', country: 'DE' } }).delivery?.region).toBe(
		'DE-NW',
	);
});

describe('custom fields', () => {
	test.each([
		'whatsapp_opt_in',
		'_whatsapp_opt_in',
		'billing_whatsapp_opt_in',
		'_billing_whatsapp_optin',
		'_wc_other/acme/whatsapp-opt-in',
	])('consent is found under %s', (key) =>
		expect(orderOf(meta({ [key]: 'yes' })).attributes['whatsapp_opt_in']).toBe('yes'),
	);
	test('plain ones are attributes, hidden ones also without their underscore; lists are left out', () => {
		const { attributes } = orderOf(meta({ gift: 'yes ', _zone: 29, empty: '', list: [1], __proto: 'x', flag: false }));
		expect(attributes).toEqual({ gift: 'yes', _zone: '29', zone: '29', __proto: 'x', proto: 'x', flag: 'false' });
	});
	test.each([
		['_billing_cpf', 'CPF'],
		['billing_gstin', 'GSTIN'],
		['_vat_number', 'VAT'],
	])('the tax number in %s is the invoice’s %s', (key, name) =>
		expect(orderOf(meta({ [key]: '12' })).attributes[name]).toBe('12'),
	);
	test('a field that would be a trap in JavaScript is a field', () => {
		const { attributes } = orderOf({
			meta_data: [
				{ key: '__proto__', value: 'x' },
				{ key: 'constructor', value: 'y' },
			],
		});
		expect(Object.keys(attributes)).toEqual(expect.arrayContaining(['__proto__', 'constructor']));
		expect(({} as Record<string, unknown>)['x']).toBeUndefined();
	});
	test.each([
		[{ wpml_language: 'pt-br' }, 'pt-BR'],
		[{ _locale: 'en_US' }, 'en-US'],
		[{ trp_language: 'de_DE_formal' }, 'de-DE'],
		[{ wpml_language: 'zh-hant', locale: 'fr' }, 'zh-Hant'],
		[{ locale: 'hi' }, 'hi'],
		[{ lang: 'not a language' }, undefined],
		[{}, undefined],
	])('%j: the language is %s', (fields, language) => expect(orderOf(meta(fields)).language).toBe(language));
});

test.each([
	['cod', 'Nachnahme', true],
	['smart_cod', 'Pay the courier', true],
	['custom', 'Cash on delivery', true],
	['codecheckout', 'Cards', false],
	['', '', false],
])('%s, %s: paid at the door %s', (payment_method, payment_method_title, isCod) =>
	expect(orderOf({ payment_method, payment_method_title }).isCod).toBe(isCod),
);

test.each([
	['pending', {}, 'open', 'pending', '8620.85'],
	['on-hold', {}, 'open', 'pending', '8620.85'],
	['processing', {}, 'open', 'pending', '8620.85'],
	['processing', { payment_method: 'razorpay', payment_method_title: 'UPI' }, 'paid', 'paid', '0.00'],
	['completed', {}, 'fulfilled', 'paid', '0.00'],
	['cancelled', {}, 'cancelled', 'voided', undefined],
	['failed', {}, 'open', 'pending', '8620.85'],
	['refunded', {}, 'refunded', 'refunded', '0.00'],
	['completed', { refunds: [{ id: 1, total: '-8620.85' }] }, 'refunded', 'refunded', '0.00'],
	['completed', { refunds: [{ id: 1, total: '-0.85' }] }, 'partially_refunded', 'partially_refunded', '0.00'],
])('an order that is %s %j is %s, and %s', (status, changes, ours, financial, outstanding) => {
	const order = orderOf({ status, ...changes });
	expect([order.status, order.financialStatus, order.outstanding]).toEqual([ours, financial, outstanding]);
});

test('the link leads to the payment while one is due, then to the order; without an address that can be told there is none', () => {
	const payment_url = `${WOO_URL}/checkout/order-pay/7411/?pay_for_order=true&key=wc_order_x`;
	expect(orderOf({ payment_url, needs_payment: true }).statusUrl).toBe(payment_url);
	expect(orderOf({ payment_url, needs_payment: false }).statusUrl).toBe(
		`${WOO_URL}/checkout/order-received/7411/?key=wc_order_x`,
	);
	expect(
		orderOf({ payment_url: `${WOO_URL}/kasse/zahlen/7411/?key=x`, needs_payment: false }).statusUrl,
	).toBeUndefined();
	expect(orderOf({ payment_url: 'javascript:alert(1)', needs_payment: true }).statusUrl).toBeUndefined();
	expect(orderOf({ payment_url: undefined }).statusUrl).toBeUndefined();
});

test('a product’s variant, what the buyer filled in, its code and picture', () => {
	const order = orderOf({
		line_items: [
			{
				name: 'Kurta - Indigo, M',
				parent_name: 'Kurta',
				quantity: 1,
				subtotal: '10.00',
				total: '10.00',
				sku: 'K-1',
				image: { src: 'https://shop.example/k.jpg' },
				meta_data: [
					{ key: 'pa_size', value: 'm', display_key: 'Size', display_value: '<p>M</p>' },
					{ key: '_hsn_code', value: '6204', display_key: '_hsn_code', display_value: '6204' },
				],
			},
		],
	});
	expect(order.lines[0]).toMatchObject({
		title: 'Kurta',
		variant: 'Indigo, M',
		sku: 'K-1',
		hsn: '6204',
		imageUrl: 'https://shop.example/k.jpg',
		properties: [{ name: 'Size', value: 'M' }],
	});
});
