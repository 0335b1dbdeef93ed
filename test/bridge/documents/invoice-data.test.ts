import { invoiceData } from '../../../bridge/src/documents/invoice-data';
import { buildLine, buildOrder } from '../../support/order';
import {
	buildAmericanOrder,
	buildArabicOrder,
	buildBrazilianOrder,
	buildHindiOrder,
	buildHongKongOrder,
	buildJapaneseOrder,
	buildKuwaitiOrder,
	buildRefundedOrder,
} from '../../support/orders-of-the-world';
import { buildCompany } from './company';
import type { Company, Order } from '../../../bridge/src/domain';

const plain: Company = { name: 'Mug & Co.' };
const rows = (order: Order, company = plain, language = order.language ?? 'en') =>
	invoiceData(order, company, language).totals.map(({ kind, note, amount }) => [kind, note, amount]);

test('cash on delivery says what to collect, and nothing as paid', () => {
	expect(rows(buildOrder(), buildCompany())).toEqual([
		['subtotal', undefined, '₹6,798.00'],
		['shipping', 'Standard', '₹79.00'],
		['tax', 'IGST 5%', '₹339.90'],
		['total', undefined, '₹7,216.90'],
		['collect', undefined, '₹7,216.90'],
	]);
});

test('each discount has its row, and a paid order says so', () => {
	expect(rows(buildHongKongOrder())).toEqual([
		['subtotal', undefined, 'HK$399.00'],
		['discount', 'Alan Test 0123B', '-HK$20.00'],
		['discount', '測試discount_type-1', '-HK$5.00'],
		['shipping', '順豐速運', 'HK$20.00'],
		['total', undefined, 'HK$394.00'],
		['paid', undefined, 'HK$394.00'],
	]);
});

test('tip, a five-digit tax rate, and a refund after the payment', () => {
	expect(rows(buildRefundedOrder(), { ...plain, country: 'US' })).toEqual([
		['subtotal', undefined, '$54.00'],
		['shipping', 'Standard', '$5.99'],
		['tip', undefined, '$3.00'],
		['tax', 'NY Tax 8.875%', '$2.57'],
		['total', undefined, '$65.56'],
		['paid', undefined, '$65.56'],
		['refund', 'November 25, 2026', '-$15.79'],
	]);
});

test('taxes that prices include are told after the total and not added', () => {
	const { totals } = invoiceData(buildArabicOrder(), plain, 'en_GB');
	expect(totals.map((row) => row.kind)).toEqual(['subtotal', 'shipping', 'total', 'includedTax', 'paid']);
	expect(totals.at(-2)).toEqual({ kind: 'includedTax', note: 'VAT 5%', amount: 'AED\u00a020.00' });
});

test('what the shop counted and did not name is a row of its own: the rows add up to the total', () => {
	const rounded = rows(buildOrder({ total: '7217.00', outstanding: '7217.00' }), buildCompany());
	expect(rounded).toContainEqual(['adjustment', undefined, '₹0.10']);
});

test('discounts that do not sum to the discount of the order become one row', () => {
	const order = buildHongKongOrder({ discounts: [{ title: 'ONE', amount: '3.00' }] });
	expect(rows(order)).toContainEqual(['discount', 'ONE', '-HK$25.00']);
});

test('a voided order is neither paid nor to be collected', () => {
	const order = buildOrder({ status: 'cancelled', financialStatus: 'voided', outstanding: '0.00' });
	expect(rows(order).map(([kind]) => kind)).toEqual(['subtotal', 'shipping', 'tax', 'total']);
	expect(invoiceData(order, plain, 'en').isCancelled).toBe(true);
});

test('part paid: what was paid, and what is due', () => {
	const order = buildAmericanOrder({ financialStatus: 'partially_paid', status: 'open', outstanding: '25.56' });
	expect(rows(order, { ...plain, country: 'US' }).slice(-2)).toEqual([
		['paid', undefined, '$40.00'],
		['due', undefined, '$25.56'],
	]);
});

test.each([
	['yen have no decimals', buildJapaneseOrder(), 'ja', '￥13,800'],
	['dinars have three', buildKuwaitiOrder(), 'en', 'KWD\u00a026.250'],
	['Indian grouping', buildOrder({ total: '123456.90' }), 'en-IN', '₹1,23,456.90'],
	['Brazilian separators', buildBrazilianOrder(), 'pt_BR', 'R$\u00a01.784,30'],
	['a sum that a float cannot hold', buildOrder({ total: '90071992547409.93' }), 'en-GB', '₹90,071,992,547,409.93'],
])('%s', (_, order, language, total) => {
	expect(rows(order, plain, language)).toContainEqual(['total', undefined, total]);
});

test('GST: number, state, place of supply, HSN and the taxes of each line', () => {
	const data = invoiceData(buildHindiOrder(), buildCompany(), 'hi');
	expect(data).toMatchObject({
		title: 'taxInvoice',
		placeOfSupply: 'Karnataka',
		seller: { taxId: { label: 'GSTIN', value: '29ABCDE1234F1Z5' }, state: '29-Karnataka' },
		columns: { hsn: true, discount: true, tax: true },
	});
	expect(data.lines[0]).toMatchObject({ hsn: '6211', discount: '-₹258.00', total: '₹2,340.00' });
	expect(data.lines[0]?.taxes.map((tax) => tax.name)).toEqual(['CGST 2.5%', 'SGST 2.5%']);
	expect(data.taxes).toContainEqual({ name: 'SGST 6%', base: '₹10,080.00', amount: '₹604.80' });
});

test('a seller elsewhere gets no Indian columns, and its country’s word for the tax number', () => {
	const data = invoiceData(buildBrazilianOrder(), { ...plain, country: 'BR', taxId: '12.345.678/0001-95' }, 'pt-BR');
	expect(data).toMatchObject({
		title: 'invoice',
		columns: { hsn: false, tax: false },
		seller: { taxId: { label: 'CNPJ' } },
	});
	expect(data.buyer.taxId).toEqual({ label: 'CPF', value: '000.000.000-00' });
	expect(data).not.toHaveProperty('placeOfSupply');
});

test('one title and rate is one tax; the base of a tax on shipping too counts the shipping', () => {
	const line = (amount: string) =>
		buildLine({ total: '100.00', tax: amount, taxes: [{ title: 'GST', rate: '0.10', amount }] });
	const order = buildOrder({
		currency: 'AUD',
		lines: [line('10.00'), line('10.00')],
		shipping: '9.00',
		taxes: [
			{ title: 'GST', rate: '0.1', amount: '20.00' },
			{ title: 'GST', rate: '0.10', amount: '0.90' },
		],
	});
	expect(invoiceData(order, plain, 'en-AU').taxes).toEqual([{ name: 'GST 10%', base: '$209.00', amount: '$20.90' }]);
});

test('a base that cannot be known is left out', () => {
	const order = buildOrder({ taxes: [{ title: 'IGST', rate: '0.05', amount: '300.00' }] });
	expect(invoiceData(order, plain, 'en-IN').taxes[0]).not.toHaveProperty('base');
});

test.each([
	['hi', '20 नवंबर 2026', 'ltr', 'hi'],
	['pt_BR', '20 de novembro de 2026', 'ltr', 'pt-BR'],
	['ar', '20 نوفمبر 2026', 'rtl', 'ar'],
	['he', '20 בנובמבר 2026', 'rtl', 'he'],
	['ur', '20 نومبر، 2026', 'rtl', 'ur'],
	['zh_HK', '2026年11月20日', 'ltr', 'zh-Hant'],
	['not a language', '20 November 2026', 'ltr', 'en'],
])('%s: date, direction and labels', (language, date, direction, label) => {
	const data = invoiceData(buildOrder({ delivery: { country: 'AE' } }), { ...plain, country: 'IN' }, language);
	expect(data).toMatchObject({ date, direction });
	expect(data.languages).toContain(label);
});

test('the date is the shop’s own day, not the day in Greenwich', () => {
	expect(invoiceData(buildOrder({ createdAt: '2026-11-21T00:30:00+05:30' }), plain, 'en-GB').date).toBe(
		'21 November 2026',
	);
});

test('en_US of a mapping that has no better language is written as the seller writes', () => {
	const order = buildOrder({ total: '123456.90' });
	expect(rows(order, buildCompany(), 'en_US')).toContainEqual(['total', undefined, '₹1,23,456.90']);
});

test('a yellow brand is darkened for text, and its fill gets dark letters', () => {
	const { colour } = invoiceData(buildOrder(), { ...plain, colour: '#facc15' }, 'en');
	expect(colour).toMatchObject({ accent: '#facc15', onAccent: '#111827' });
	expect(colour.text).not.toBe('#facc15');
});

test('notes that shops keep in properties are not the buyer’s to read', () => {
	const [, mug] = invoiceData(buildAmericanOrder(), plain, 'en').lines;
	expect(mug?.properties).toEqual([{ name: 'Engraving', value: 'Zoë ❤' }]);
});

test('billing and delivery at one address are told once', () => {
	expect(invoiceData(buildOrder(), plain, 'en').buyer).not.toHaveProperty('delivery');
	expect(invoiceData(buildHindiOrder(), plain, 'hi').buyer.delivery?.name).toBe('रश्मि गौड़ा');
});
