import type { Order } from '../../bridge/src/domain';
import { sum, times } from '../../bridge/src/money';
import { buildLine, buildOrder } from './order';

/** What most orders here share: paid, no cash on delivery, no attributes. */
const paid = (overrides: Partial<Order>): Order =>
	buildOrder({
		status: 'paid',
		financialStatus: 'paid',
		isCod: false,
		outstanding: '0.00',
		tax: '0.00',
		taxes: [],
		attributes: {},
		...overrides,
	});

/** Buyer and seller in one Indian state: CGST and SGST at two rates, a discount code, cash on delivery; Hindi. */
export const buildHindiOrder = (overrides: Partial<Order> = {}): Order =>
	buildOrder({
		name: '#1043',
		number: '1043',
		language: 'hi',
		total: '13825.60',
		subtotal: '12420.00',
		tax: '1326.60',
		discount: '1378.00',
		outstanding: '13825.60',
		paymentMethod: 'कैश ऑन डिलीवरी',
		shippingMethod: 'साधारण डाक',
		delivery: {
			name: 'रश्मि गौड़ा',
			line1: '14, 3rd Cross, Indiranagar',
			city: 'Bengaluru',
			region: 'Karnataka',
			postcode: '560038',
			country: 'IN',
			phone: '+91 98765 43210',
		},
		lines: [
			buildLine({
				title: 'सूती कुर्ता',
				variant: 'नील / M',
				sku: 'KH-KUR-IND-M',
				hsn: '6211',
				quantity: 2,
				price: '1299.00',
				total: '2598.00',
				discount: '258.00',
				tax: '117.00',
				taxes: [
					{ title: 'CGST', rate: '0.025', amount: '58.50' },
					{ title: 'SGST', rate: '0.025', amount: '58.50' },
				],
			}),
			buildLine({
				title: 'बनारसी रेशम साड़ी',
				sku: 'KH-SAR-07',
				hsn: '5007',
				price: '11200.00',
				total: '11200.00',
				discount: '1120.00',
				tax: '1209.60',
				taxes: [
					{ title: 'CGST', rate: '0.06', amount: '604.80' },
					{ title: 'SGST', rate: '0.06', amount: '604.80' },
				],
				properties: [{ name: 'कढ़ाई', value: 'अनुष्का' }],
			}),
		],
		taxes: [
			{ title: 'CGST', rate: '0.025', amount: '58.50' },
			{ title: 'SGST', rate: '0.025', amount: '58.50' },
			{ title: 'CGST', rate: '0.06', amount: '604.80' },
			{ title: 'SGST', rate: '0.06', amount: '604.80' },
		],
		discounts: [{ title: 'DIWALI10', amount: '1378.00' }],
		...overrides,
	});

/** Emirati dirhams, VAT included in the prices; Arabic with a Latin brand inside. */
export const buildArabicOrder = (overrides: Partial<Order> = {}): Order =>
	paid({
		name: '#3307',
		number: '3307',
		language: 'ar',
		phone: '+971501234567',
		currency: 'AED',
		total: '420.00',
		subtotal: '420.00',
		tax: '20.00',
		shipping: '0.00',
		taxesIncluded: true,
		paymentMethod: 'Apple Pay',
		shippingMethod: 'توصيل مجاني',
		customer: { firstName: 'فاطمة', lastName: 'المنصوري', name: 'فاطمة المنصوري' },
		billing: { name: 'فاطمة المنصوري', line1: 'شارع الشيخ زايد 21', line2: 'شقة 1204', city: 'دبي', country: 'AE' },
		delivery: {
			name: 'فاطمة المنصوري',
			line1: 'شارع الشيخ زايد 21',
			line2: 'شقة 1204',
			city: 'دبي',
			country: 'AE',
			phone: '+971 50 123 4567',
		},
		lines: [
			buildLine({
				title: 'عطر العود الملكي',
				variant: '100 مل',
				sku: 'OUD-100',
				price: '315.00',
				total: '315.00',
				tax: '15.00',
				taxes: [{ title: 'VAT', rate: '0.05', amount: '15.00' }],
			}),
			buildLine({
				title: 'فنجان قهوة Nespresso مع صحن',
				quantity: 2,
				price: '52.50',
				total: '105.00',
				tax: '5.00',
				taxes: [{ title: 'VAT', rate: '0.05', amount: '5.00' }],
			}),
		],
		taxes: [{ title: 'VAT', rate: '0.05', amount: '20.00' }],
		...overrides,
	});

/** Reais paid by Pix, with the buyer's CPF as an attribute of the order. */
export const buildBrazilianOrder = (overrides: Partial<Order> = {}): Order => {
	const home = {
		name: 'João da Conceição',
		line1: 'Rua Augusta, 1500',
		line2: 'Apto 42',
		city: 'São Paulo',
		region: 'São Paulo',
		postcode: '01304-001',
		country: 'BR',
		phone: '(11) 91234-5678',
	};
	return paid({
		name: '#2210',
		number: '2210',
		language: 'pt-BR',
		phone: '+5511912345678',
		currency: 'BRL',
		createdAt: '2026-11-20T09:41:00-03:00',
		total: '1784.30',
		subtotal: '1765.80',
		shipping: '18.50',
		paymentMethod: 'Pix',
		shippingMethod: 'PAC',
		attributes: { CPF: '000.000.000-00' },
		customer: { firstName: 'João', lastName: 'da Conceição', name: 'João da Conceição', email: 'joao@example.com' },
		billing: home,
		delivery: home,
		lines: [
			buildLine({ title: 'Camiseta básica', variant: 'Preta / G', quantity: 2, price: '79.90', total: '159.80' }),
			buildLine({ title: 'Máquina de café', sku: 'CAF-9', price: '1606.00', total: '1606.00' }),
		],
		...overrides,
	});
};

/** A gift card, a tip, a sales tax of five digits and emoji in the buyer's name and in an engraving. */
export const buildAmericanOrder = (overrides: Partial<Order> = {}): Order => {
	const home = {
		name: 'Zoë 🌸 Kim',
		line1: '350 5th Ave',
		city: 'New York',
		region: 'New York',
		postcode: '10118',
		country: 'US',
		phone: '(212) 555-0142',
	};
	const tax = { title: 'NY Tax', rate: '0.08875', amount: '2.57' };
	return paid({
		name: '#5120',
		number: '5120',
		language: 'en',
		phone: '+12125550142',
		currency: 'USD',
		total: '65.56',
		subtotal: '54.00',
		tax: '2.57',
		shipping: '5.99',
		tip: '3.00',
		paymentMethod: 'Visa •••• 4242',
		customer: { firstName: 'Zoë 🌸', lastName: 'Kim', name: 'Zoë 🌸 Kim' },
		billing: home,
		delivery: home,
		lines: [
			buildLine({ title: 'Gift card', variant: '$25.00', price: '25.00', total: '25.00' }),
			buildLine({
				title: 'Mug “Hello”',
				quantity: 2,
				price: '14.50',
				total: '29.00',
				tax: '2.57',
				taxes: [tax],
				properties: [
					{ name: '_bundle', value: 'b1' },
					{ name: 'Engraving', value: 'Zoë ❤' },
				],
			}),
		],
		taxes: [tax],
		...overrides,
	});
};

/** Part of the American order given back. */
export const buildRefundedOrder = (overrides: Partial<Order> = {}): Order =>
	buildAmericanOrder({
		status: 'partially_refunded',
		financialStatus: 'partially_refunded',
		refunds: [
			{
				id: '901',
				createdAt: '2026-11-25T10:00:00-05:00',
				amount: '15.79',
				lines: [{ title: 'Mug “Hello”', quantity: 1, amount: '14.50' }],
			},
		],
		...overrides,
	});

/** Hong Kong, a code and an automatic discount over four lines, Chinese titles. */
export const buildHongKongOrder = (overrides: Partial<Order> = {}): Order =>
	paid({
		name: '#1054',
		number: '1054',
		language: 'zh-HK',
		phone: '+85261234568',
		currency: 'HKD',
		createdAt: '2025-01-23T14:59:37+08:00',
		total: '394.00',
		subtotal: '374.00',
		discount: '25.00',
		shipping: '20.00',
		paymentMethod: '轉數快 FPS',
		shippingMethod: '順豐速運',
		customer: { firstName: '大文', lastName: '陳', name: '陳大文' },
		billing: { name: '陳大文', line1: '彌敦道 123 號 8 樓', city: '九龍', country: 'HK' },
		delivery: {
			name: '陳大文',
			line1: '彌敦道 123 號 8 樓',
			city: '九龍',
			region: '尖沙咀',
			country: 'HK',
			phone: '+85261234568',
		},
		lines: [
			buildLine({ title: 'aaa0103測試商品11aa', price: '99.00', total: '99.00', discount: '9.78' }),
			buildLine({ title: '綠色滑雪板', variant: '長 / 156 cm', price: '100.00', total: '100.00', discount: '5.08' }),
			buildLine({ title: '橙色滑雪板', price: '100.00', total: '100.00', discount: '5.07' }),
			buildLine({ title: 'Red Snowboard', price: '100.00', total: '100.00', discount: '5.07' }),
		],
		discounts: [
			{ title: 'Alan Test 0123B', amount: '20.00' },
			{ title: '測試discount_type-1', amount: '5.00' },
		],
		...overrides,
	});

/** No decimals. */
export const buildJapaneseOrder = (overrides: Partial<Order> = {}): Order =>
	paid({
		name: '#77',
		number: '77',
		language: 'ja',
		phone: '+81312345678',
		currency: 'JPY',
		total: '13800',
		subtotal: '13000',
		tax: '1254',
		discount: '0',
		shipping: '800',
		tip: '0',
		outstanding: '0',
		taxesIncluded: true,
		lines: [buildLine({ title: '南部鉄器 急須', price: '13000', total: '13000', discount: '0', tax: '1181' })],
		taxes: [{ title: '消費税', rate: '0.1', amount: '1254' }],
		billing: {
			name: '山田花子',
			postcode: '150-0001',
			region: '東京都',
			city: '渋谷区',
			line1: '神宮前1-2-3',
			country: 'JP',
		},
		delivery: {
			name: '山田花子',
			postcode: '150-0001',
			region: '東京都',
			city: '渋谷区',
			line1: '神宮前1-2-3',
			country: 'JP',
		},
		...overrides,
	});

/** Three decimals. */
export const buildKuwaitiOrder = (overrides: Partial<Order> = {}): Order =>
	paid({
		name: '#88',
		number: '88',
		language: 'en',
		phone: '+96522001234',
		currency: 'KWD',
		total: '26.250',
		subtotal: '25.000',
		discount: '0.000',
		shipping: '1.250',
		tip: '0.000',
		outstanding: '0.000',
		lines: [buildLine({ title: 'Dates, 1 kg', quantity: 2, price: '12.500', total: '25.000', discount: '0.000' })],
		billing: { name: 'Yousef Al-Sabah', line1: 'Block 4, Street 12', city: 'Salmiya', country: 'KW' },
		delivery: { name: 'Yousef Al-Sabah', line1: 'Block 4, Street 12', city: 'Salmiya', country: 'KW' },
		...overrides,
	});

/** An Indian order of many lines at 18 % IGST, cash on delivery. */
export function buildLongOrder(lines: number, overrides: Partial<Order> = {}): Order {
	const all = Array.from({ length: lines }, (_, at) => {
		const quantity = (at % 3) + 1;
		const total = times('100.00', quantity);
		const tax = times('18.00', quantity);
		return buildLine({
			title: `Brass lamp no. ${at + 1}`,
			variant: at % 4 === 0 ? 'Antique finish / Large' : 'Polished',
			sku: `LAMP-${String(at + 1).padStart(3, '0')}`,
			hsn: '9405',
			quantity,
			price: '100.00',
			total,
			tax,
			taxes: [{ title: 'IGST', rate: '0.18', amount: tax }],
		});
	});
	const subtotal = sum(all.map((line) => line.total));
	const tax = sum(all.map((line) => line.tax));
	const total = sum([subtotal, tax, '79.00']);
	return buildOrder({
		name: `#9${String(lines).padStart(3, '0')}`,
		number: `9${String(lines).padStart(3, '0')}`,
		lines: all,
		subtotal,
		tax,
		total,
		outstanding: total,
		taxes: [{ title: 'IGST', rate: '0.18', amount: tax }],
		...overrides,
	});
}
