import { join } from 'node:path';
import type { Order } from '../../../bridge/src/domain';
import { createTemplateBodies, loadDefinitions } from '../../../bridge/src/mapping/definitions';
import type { TemplateDefinition } from '../../../bridge/src/mapping/definition';
import { loadMappings } from '../../../bridge/src/mapping/load-mappings';
import type { Mapping } from '../../../bridge/src/mapping/mapping';
import { planMessage, type PlanContext } from '../../../bridge/src/mapping/plan';
import { judge } from '../../support/contract';
import { buildLine, buildOrder } from '../../support/order';
import { contextOf, SETTINGS } from './support';

const dir = join(__dirname, '../../../templates/messages');
let mappings: Mapping[];
let definitions: TemplateDefinition[];
beforeAll(async () => {
	const loaded = await loadMappings(dir, { layouts: ['invoice'], sources: ['acme'] });
	expect(loaded.problems).toEqual([]);
	mappings = loaded.mappings;
	const defined = await loadDefinitions(dir);
	expect(defined.problems).toEqual([]);
	definitions = defined.definitions;
});

/** The messages of an event as their readers see them: mapping and text, or mapping and what became of it. */
function told(context: PlanContext): Record<string, string> {
	return Object.fromEntries(
		mappings.flatMap((mapping) => {
			const plan = planMessage(mapping, context, SETTINGS);
			if (plan.kind === 'unwanted') return [];
			if (plan.kind !== 'planned') return [[mapping.name, `${plan.kind}: ${plan.reason}`]];
			const { template, language, variables } = plan.message;
			const body =
				definitions.find((each) => each.template === template)?.languages.find((each) => each.language === language)
					?.body ?? '';
			return [[mapping.name, body.replace(/\{\{(\d+)\}\}/g, (_, key: string) => variables[key] ?? '?')]];
		}),
	);
}
const indian = (overrides: Partial<Order> = {}) => buildOrder({ isCod: false, financialStatus: 'paid', ...overrides });
const hindi = (overrides: Partial<Order> = {}) => indian({ language: 'hi', ...overrides });
const brazilian = (overrides: Partial<Order> = {}) =>
	indian({
		language: 'pt-BR',
		currency: 'BRL',
		total: '1249.90',
		phone: '+5511987654321',
		customer: { firstName: 'João' },
		lines: [buildLine({ title: 'Bolsa de couro' })],
		...overrides,
	});
const parcel = {
	id: '9',
	status: 'in_transit' as const,
	trackingCompany: 'Delhivery',
	trackingNumber: '1490812345678',
	trackingUrl: 'https://www.delhivery.com/track/package/1490812345678',
};

test('there is a mapping for each step, and a definition in three languages for each template', () => {
	expect(mappings.map(({ name }) => name)).toEqual([
		'abandoned-checkout',
		'appointment-booked',
		'appointment-cancelled',
		'appointment-moved',
		'appointment-reminder',
		'cod-confirmation',
		'order-cancelled',
		'order-confirmation',
		'order-delivered',
		'order-paid',
		'order-refunded',
		'order-shipped',
		'out-for-delivery',
		'review-request',
		'sheet-broadcast',
	]);
	for (const { name, template, variables, header, description, language } of mappings) {
		const definition = definitions.find((each) => each.template === template);
		expect([name, definition?.languages.map((each) => each.language)]).toEqual([name, ['en_US', 'hi', 'pt_BR']]);
		expect([name, [...new Set(definition?.languages.map(({ examples }) => examples.length))]]).toEqual([
			name,
			[variables.length],
		]);
		expect([name, definition?.header?.document]).toEqual([
			name,
			header && 'document' in header ? header.document : undefined,
		]);
		expect([name, Object.values(language.use)]).toEqual([name, ['en_US', 'hi', 'pt_BR']]);
		expect(description).toBeDefined();
	}
});

test('marketing asks for consent and keeps the night; what belongs to an order does neither', () => {
	for (const { template, consent, quietHours } of mappings) {
		const marketing = definitions.find((each) => each.template === template)?.category === 'MARKETING';
		expect([template, consent !== undefined, quietHours !== undefined]).toEqual([template, marketing, marketing]);
	}
});

test('the contract takes every request that creates one of them, as the variant that it is', () => {
	const variants: Record<string, string[]> = {};
	for (const definition of definitions)
		for (const body of createTemplateBodies(definition, {
			wabaId: '102290129340398',
			headerSample: 'https://bridge.example.com/documents/sample.pdf',
		})) {
			const judgement = judge({ method: 'POST', path: '/api/template/create', body });
			expect([definition.template, body.language, judgement.faults]).toEqual([definition.template, body.language, []]);
			variants[definition.template] = judgement.variants;
		}
	expect(variants).toEqual({
		abandoned_checkout: ['TemplateWithVariables'],
		appointment_booked: ['TemplateWithVariables'],
		appointment_cancelled: ['TemplateWithVariables'],
		appointment_moved: ['TemplateWithVariables'],
		appointment_reminder: ['TemplateWithVariables'],
		checkout_invoice: ['TemplateMediaHeader'],
		cod_confirmation: ['TemplateMediaHeader'],
		order_cancelled: ['TemplateWithVariables'],
		order_delivered: ['TemplateWithVariables'],
		order_paid: ['TemplateWithVariables'],
		order_refunded: ['TemplateWithVariables'],
		order_shipped: ['TemplateWithVariables'],
		out_for_delivery: ['TemplateWithVariables'],
		review_request: ['TemplateQuickReply'],
		sheet_broadcast: ['TemplateWithVariables'],
	});
});

describe('a new order', () => {
	test.each<[string, () => Order, string]>([
		[
			'in English',
			indian,
			'Hi अनुष्का, thank you for your order #1042. We have received it and are getting it ready. The total is ₹7,216.90; your invoice is attached.\n\nWe will write again when it is on its way.',
		],
		[
			'in Hindi',
			hindi,
			'नमस्ते अनुष्का, आपके ऑर्डर #1042 के लिए धन्यवाद। हमें यह मिल गया है और हम इसे तैयार कर रहे हैं। कुल राशि ₹7,216.90 है; आपका इनवॉइस साथ में है।\n\nऑर्डर रवाना होते ही हम आपको बताएँगे।',
		],
		[
			'in Portuguese',
			brazilian,
			'Olá, João! Agradecemos pelo pedido #1042. Já o recebemos e estamos preparando tudo. O total é R$\u00a01.249,90; a fatura está em anexo.\n\nAvisaremos assim que ele for enviado.',
		],
	])('is confirmed %s', (_, order, text) => {
		expect(told(contextOf({ order: order() }))).toEqual({ 'order-confirmation': text });
	});
	test('that is paid on delivery gets one confirmation, and it asks', () => {
		expect(told(contextOf({ order: buildOrder() }))).toEqual({
			'cod-confirmation':
				'Hi अनुष्का, thank you for your order #1042. You pay ₹7,216.90 on delivery; your invoice is attached.\n\nShall we send it?',
		});
	});
	test('of nothing, or of a test, is not confirmed', () => {
		expect(told(contextOf({ order: indian({ total: '0.00' }) }))).toEqual({});
		expect(told(contextOf({ order: indian({ test: true }) }))).toEqual({});
	});
	test('without a name is still greeted', () => {
		expect(
			told(contextOf({ order: indian({ customer: {}, delivery: { name: 'Anushka K' } }) }))['order-confirmation'],
		).toContain('Hi Anushka K, ');
		expect(told(contextOf({ order: indian({ customer: {}, delivery: {} }) }))['order-confirmation']).toContain(
			'Hi 👋, ',
		);
	});
	test('with lakhs is written as India writes them', () => {
		expect(told(contextOf({ order: indian({ total: '1234567.00' }) }))['order-confirmation']).toContain(
			'₹12,34,567.00',
		);
	});
});

test('a payment is thanked for when it came after the order, not when it came with it', () => {
	const paid = (overrides: Partial<Order>, occurredAt: string) =>
		told(contextOf({ order: indian(overrides), event: { name: 'order.paid', occurredAt } }));
	expect(paid({}, '2026-11-20T08:35:13Z')).toEqual({});
	expect(paid({}, '2026-11-20T10:00:00Z')).toEqual({
		'order-paid': 'Hi अनुष्का, we have received your payment for order #1042: ₹7,216.90. Thank you!',
	});
	expect(paid({ isCod: true }, '2026-11-20T08:35:13Z')).toHaveProperty('order-paid');
	expect(paid({ updatedAt: '2026-11-20T14:07:40+05:30' }, '2026-11-20T08:35:12Z')).toHaveProperty('order-paid');
	expect(paid({ total: '0.00' }, '2026-11-20T10:00:00Z')).toEqual({});
});

describe('a shipment', () => {
	const shipment = (status: 'in_transit' | 'out_for_delivery' | 'delivered' | 'failed', order = indian(), extra = {}) =>
		contextOf({ order, shipment: { ...parcel, status, ...extra }, event: { name: 'shipment.updated' } });
	test('that left is told with its tracking', () => {
		expect(told(shipment('in_transit'))).toEqual({
			'order-shipped':
				'Good news, अनुष्का: your order #1042 is on its way!\n\nCarrier: Delhivery\nTracking number: 1490812345678\nFollow it here: https://www.delhivery.com/track/package/1490812345678\n\nIt can take a day until the first update shows.',
		});
	});
	test('that the shop told of first is not told of again', () => {
		const shipped = mappings.find(({ name }) => name === 'order-shipped');
		const { status: _, ...fulfilment } = parcel;
		const order = indian({ fulfilments: [fulfilment] });
		const plans = [
			contextOf({ order, event: { name: 'order.fulfilled' } }),
			shipment('in_transit', order),
			shipment('in_transit', order, { id: '10' }),
		].map((context) => shipped && planMessage(shipped, context, SETTINGS));
		expect(new Set(plans.map((plan) => (plan?.kind === 'planned' ? plan.message.onceKey : plan))).size).toBe(1);
	});
	test('without tracking has dashes, and the page of the order for a link', () => {
		const order = indian({ statusUrl: 'https://acme.example/orders/1' });
		const text = told(contextOf({ order, event: { name: 'order.fulfilled' } }))['order-shipped'];
		expect(text).toContain('Carrier: –\nTracking number: –\nFollow it here: https://acme.example/orders/1\n');
	});
	test('with a tracking number over several lines stays on one', () => {
		const text = told(shipment('in_transit', indian(), { trackingNumber: '111\r\n222\t333' }))['order-shipped'];
		expect(text).toContain('Tracking number: 111 222 333\n');
	});
	test('of an order that is collected is not told', () => {
		const { delivery: _, ...order } = indian();
		expect(told(contextOf({ order, event: { name: 'order.fulfilled' } }))).toEqual({});
	});
	test('that comes today', () => {
		expect(told(shipment('out_for_delivery', hindi()))).toEqual({
			'out-for-delivery':
				'नमस्ते अनुष्का, आपका ऑर्डर #1042 डिलीवरी के लिए निकल चुका है और आज आपके पास पहुँच जाना चाहिए। कृपया अपना फ़ोन पास रखें, कूरियर आपको कॉल कर सकता है।',
		});
	});
	test('that arrived, and how it was liked three days later, with consent', () => {
		expect(told(shipment('delivered', brazilian()))).toEqual({
			'order-delivered':
				'Olá, João! O seu pedido #1042 foi entregue. Esperamos que você goste! Se algo não estiver certo, é só responder a esta mensagem.',
			'review-request':
				'Olá, João! O que você achou do seu pedido: Bolsa de couro? Um toque já basta, e algumas palavras são ainda melhores.\n\nA sua resposta ajuda a nós e a outros compradores.',
		});
		expect(told(shipment('delivered', brazilian({ attributes: {} })))['review-request']).toMatch(
			/^skipped: no consent/,
		);
		expect(
			told(shipment('delivered', brazilian({ attributes: {}, marketingConsent: true })))['review-request'],
		).toMatch(/^Olá/);
	});
	test('that failed is left to people', () => expect(told(shipment('failed'))).toEqual({}));
});

test('a cancelled order is told so', () => {
	expect(told(contextOf({ order: indian({ status: 'cancelled' }), event: { name: 'order.cancelled' } }))).toEqual({
		'order-cancelled':
			'Hi अनुष्का, your order #1042 has been cancelled. If you have paid already, we will tell you as soon as the refund is made. Questions? Just reply to this message.',
	});
});

test('a refund is told with its amount, and goods put back without money are not', () => {
	const refunded = (amount: string, currency?: string) =>
		told(
			contextOf({
				order: brazilian(),
				refund: { id: '5', createdAt: '', amount, lines: [], ...(currency ? { currency } : {}) },
				event: { name: 'order.refunded' },
			}),
		);
	expect(refunded('49.90')).toEqual({
		'order-refunded':
			'Olá, João! Fizemos um reembolso do pedido #1042, no valor de R$\u00a049,90. Dependendo do banco, ele pode levar alguns dias úteis para aparecer.',
	});
	expect(refunded('5.00', 'EUR')['order-refunded']).toContain('€\u00a05,00');
	expect(refunded('0.00')).toEqual({});
});

describe('a checkout that was left', () => {
	const checkout = (overrides: Partial<Order> = {}) =>
		contextOf({
			order: indian({ statusUrl: 'https://acme.example/checkouts/ac/1/recover', ...overrides }),
			event: { name: 'checkout.abandoned' },
		});
	test('is reminded of after an hour, with consent', () => {
		expect(told(checkout())).toEqual({
			'abandoned-checkout':
				'Hi अनुष्का, you left something in your cart: Cotton kurta. We have kept it for you here: https://acme.example/checkouts/ac/1/recover\n\nCan we help? Just reply to this message.',
		});
		const reminder = mappings.find(({ name }) => name === 'abandoned-checkout');
		expect(reminder && planMessage(reminder, checkout(), SETTINGS)).toMatchObject({
			message: { dueAt: new Date('2026-11-20T09:35:12Z') },
		});
	});
	test('is let be without consent, and without a link', () => {
		expect(told(checkout({ attributes: {} }))['abandoned-checkout']).toMatch(/^skipped: no consent/);
		expect(told(contextOf({ order: indian(), event: { name: 'checkout.abandoned' } }))).toEqual({});
	});
});

test('an opt-out in the order silences every mapping', () => {
	const order = indian({
		attributes: { whatsapp_opt_in: 'no' },
		statusUrl: 'https://a.example',
		marketingConsent: true,
	});
	const contexts = [
		contextOf({ order }),
		contextOf({ order: { ...order, isCod: true } }),
		contextOf({ order, event: { name: 'order.paid', occurredAt: '2026-11-21T00:00:00Z' } }),
		contextOf({ order, event: { name: 'order.fulfilled' } }),
		contextOf({ order, event: { name: 'order.cancelled' } }),
		contextOf({ order, event: { name: 'checkout.abandoned' } }),
		contextOf({
			order,
			refund: { id: '5', createdAt: '', amount: '1.00', lines: [] },
			event: { name: 'order.refunded' },
		}),
		...(['out_for_delivery', 'delivered'] as const).map((status) =>
			contextOf({ order, shipment: { ...parcel, status }, event: { name: 'shipment.updated' } }),
		),
	];
	const outcomes = contexts.flatMap((context) => Object.entries(told(context)));
	expect(new Set(outcomes.map(([name]) => name)).size).toBe(mappings.filter(({ enabled }) => enabled).length);
	expect(outcomes.filter(([, outcome]) => !outcome.startsWith('skipped: the buyer declined'))).toEqual([]);
});
