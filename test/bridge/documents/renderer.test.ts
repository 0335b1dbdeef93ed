import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { readFont } from '../../../bridge/src/documents/font-file';
import { findFontFiles, missingCharacters } from '../../../bridge/src/documents/fonts';
import { readPdf } from '../../support/pdf';
import { buildLine, buildOrder } from '../../support/order';
import {
	buildAmericanOrder,
	buildArabicOrder,
	buildBrazilianOrder,
	buildHindiOrder,
	buildHongKongOrder,
	buildJapaneseOrder,
	buildLongOrder,
} from '../../support/orders-of-the-world';
import { buildCompany } from './company';
import { closeRenderers, FONTS, invoiceText, testRenderer } from './rendering';
import type { MissingCharacters } from '../../../bridge/src/documents/renderer';

afterEach(closeRenderers);

const occurrences = (text: string, part: string) => text.split(part).length - 1;

test('an Indian invoice: seller, buyer, lines, taxes and what to collect', async () => {
	const { text, pages } = await invoiceText(buildOrder());
	expect(pages).toHaveLength(1);
	for (const said of [
		'Tax invoice',
		'#1042',
		'20 November 2026',
		'Kaveri Handlooms Private Limited',
		'29ABCDE1234F1Z5',
		'Maharashtra',
		'अनुष्का कृष्णमूर्ति',
		'Cotton kurta',
		'बनारसी रेशम साड़ी',
		'6211',
		'₹5,499.00',
		'IGST 5%',
		'₹339.90',
		'To collect on delivery',
		'Page 1 of 1',
	]) {
		expect(text).toContain(said);
	}
	expect(occurrences(text, '₹7,216.90')).toBe(2);
});

test('Hindi reads back as it was written', async () => {
	const { text } = await invoiceText(buildHindiOrder());
	for (const said of [
		'टैक्स इनवॉइस',
		'20 नवंबर 2026',
		'रश्मि गौड़ा',
		'सूती कुर्ता',
		'कढ़ाई: अनुष्का',
		'डिलीवरी पर देय राशि',
		'₹13,825.60',
		'पृष्ठ 1 / 1',
	]) {
		expect(text).toContain(said);
	}
});

test('Arabic: words read back in order, Latin inside keeps its own', async () => {
	const { text } = await invoiceText(buildArabicOrder(), {
		name: 'دار العود',
		country: 'AE',
		taxId: '100234567890003',
	});
	for (const said of [
		'فاتورة',
		'ضريبية',
		'الإمارات',
		'عطر',
		'الملكي',
		'Nespresso',
		'20 نوفمبر 2026',
		'+971501234567',
		'#3307',
		'420.00',
	]) {
		expect(text).toContain(said);
	}
});

test('right to left: the item stands right of its amount, left to right: left of it', async () => {
	const columns = async (order = buildArabicOrder()) => {
		const { at } = await invoiceText(order, buildCompany());
		return { item: at(order.lines[0]?.sku ?? ''), amount: at(order.language === 'ar' ? 'المبلغ' : 'Amount') };
	};
	const arabic = await columns();
	const english = await columns(buildOrder());
	expect(arabic.item).toBeGreaterThan(arabic.amount);
	expect(english.item).toBeLessThan(english.amount);
});

test('Portuguese of Brazil, its separators and the buyer’s CPF', async () => {
	const { text } = await invoiceText(buildBrazilianOrder(), { name: 'Casa do Café Ltda.', country: 'BR' });
	for (const said of [
		'Fatura',
		'João da Conceição',
		'R$\u00a01.784,30',
		'20 de novembro de 2026',
		'CPF 000.000.000-00',
		'Frete PAC',
	]) {
		expect(text).toContain(said);
	}
});

test('Chinese of Hong Kong, from titles to labels', async () => {
	const { text } = await invoiceText(buildHongKongOrder());
	for (const said of ['陳大文', '綠色滑雪板', '測試discount_type-1', '總計', 'HK$394.00', '第 1 頁，共 1 頁'])
		expect(text).toContain(said);
});

test('emoji, and a language without labels falls back to English', async () => {
	const { text } = await invoiceText(buildAmericanOrder(), buildCompany(), 'nl');
	for (const said of ['Zoë 🌸 Kim', 'Engraving: Zoë ❤', 'Visa •••• 4242', 'Subtotal']) expect(text).toContain(said);
});

test('120 lines: the heading and the page number on every page, the totals once, and never without a line', async () => {
	const { pages, text } = await invoiceText(buildLongOrder(120));
	expect(pages.length).toBeGreaterThan(3);
	pages.forEach((page, at) => {
		expect(page).toContain('ItemHSNQtyPriceTaxAmount');
		expect(page).toContain(`Page ${at + 1} of ${pages.length}`);
		expect(page).toContain('Brass lamp no.');
	});
	for (const line of [1, 60, 120]) expect(text).toContain(`Brass lamp no. ${line}\n`);
	expect(occurrences(text, 'To collect on delivery')).toBe(1);
	expect(pages.at(-1)).toContain('To collect on delivery');
});

test('what a buyer typed is never read as markup', async () => {
	const typed = [
		'#import "x.typ"',
		'#panic("no")',
		'$x^2$',
		'*bold* _it_',
		'a\\n b',
		'"quoted"',
		'<label> @ref',
		'= Heading',
		'`raw` // no comment',
		'\\u{41}',
	];
	const order = buildOrder({
		language: 'en',
		name: '#read("/etc/passwd")',
		lines: typed.map((title) => buildLine({ title })),
		delivery: { name: '#{1+1}', line1: '[x]', country: 'IN' },
	});
	const { text } = await invoiceText(order);
	for (const said of [...typed, '#read("/etc/passwd")', '#{1+1}', '[x]']) expect(text).toContain(said);
});

test('another reader (pdf.js) finds the same pages, title and amounts', async () => {
	const pdf = await testRenderer().render({ document: 'invoice', order: buildLongOrder(40), language: 'en-IN' });
	const reader = join(__dirname, '../../support/read-pdf.mjs');
	const { pages, title } = JSON.parse(execFileSync(process.execPath, [reader], { input: pdf }).toString());
	expect(title).toBe('Tax invoice #9040');
	expect(pages).toHaveLength(readPdf(pdf).pages.length);
	expect(pages.at(-1)).toContain('To collect on delivery');
});

test('the document number, where the merchant has one of its own, stands beside the order’s name', async () => {
	const request = { document: 'invoice', order: buildOrder(), language: 'en-IN', documentNumber: 'KH/26-27/0815' };
	const { text } = readPdf(await testRenderer().render(request));
	expect(text).toContain('KH/26-27/0815');
	expect(text).toContain('#1042');
});

test('the same order gives the same bytes', async () => {
	const request = { document: 'invoice', order: buildOrder(), language: 'en-IN' };
	const [one, two] = await Promise.all([testRenderer().render(request), testRenderer().render(request)]);
	expect(Buffer.from(one).equals(Buffer.from(two))).toBe(true);
});

test('a character that no font has is told, with where to put a font', async () => {
	const told: MissingCharacters[] = [];
	const renderer = testRenderer({ onMissing: (missing) => told.push(missing) });
	await renderer.render({
		document: 'invoice',
		order: buildOrder({ lines: [buildLine({ title: 'ᚠᚢ rune' })] }),
		language: 'en',
	});
	await renderer.render({ document: 'invoice', order: buildAmericanOrder(), language: 'en' });
	expect(told).toEqual([
		expect.objectContaining({ order: '#1042', characters: ['ᚠ', 'ᚢ'], fix: expect.stringContaining('Add a font') }),
	]);
});

test('yen in Japanese', async () => {
	expect((await invoiceText(buildJapaneseOrder(), { name: '南部堂', country: 'JP' })).text).toContain('￥13,800');
});

test.each('₹ ₽ ₺ ₩ ₪ ₫ ₱ € £ ¥ ₦ ₴ ₸ ₼ ₾ ﷼ ₡ ₲ ₵ ₭ ₮ ฿ ৳ ₿'.split(' '))('the shipped fonts have %s', (sign) => {
	expect(missingCharacters(sign, findFontFiles([FONTS]).map(readFont))).toEqual([]);
});

test('a process started before the first document makes it, small until then, and is gone after the close', async () => {
	const children = () =>
		execFileSync('ps', ['-o', 'pid=,rss=,args=', '--ppid', String(process.pid)])
			.toString()
			.split('\n')
			.filter((row) => row.includes('worker'))
			.map((row) => row.trim().split(/\s+/));
	const before = children().map(([pid]) => pid);
	const renderer = testRenderer();
	renderer.start();
	renderer.start();
	const [[pid, kilobytes] = [], ...others] = children().filter(([each]) => !before.includes(each));
	expect(others).toEqual([]);
	expect(Number(kilobytes)).toBeLessThan(100_000);
	const pdf = await renderer.render({ document: 'invoice', order: buildOrder(), language: 'en' });
	expect(Buffer.from(pdf.subarray(0, 5)).toString()).toBe('%PDF-');
	expect(children().map(([each]) => each)).toContain(pid);
	expect(children()).toHaveLength(before.length + 1);
	renderer.close();
	while (children().some(([each]) => each === pid)) await new Promise((wait) => setTimeout(wait, 20));
});
