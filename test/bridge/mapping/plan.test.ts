import fc from 'fast-check';
import type { Order } from '../../../bridge/src/domain';
import { planMessage, type Plan, type PlanSettings } from '../../../bridge/src/mapping/plan';
import { buildOrder } from '../../support/order';
import { contextOf, mappingOf, SETTINGS } from './support';

const plan = (lines: string, context = contextOf(), settings: PlanSettings = SETTINGS): Plan =>
	planMessage(mappingOf(lines), context, settings);
const withOrder = (overrides: Partial<Order>) => contextOf({ order: buildOrder(overrides) });
function withoutPhone(phoneProblem?: string) {
	const { phone: _, ...order } = buildOrder(phoneProblem === undefined ? {} : { phoneProblem });
	return contextOf({ order });
}
function message(lines: string, context = contextOf(), settings: PlanSettings = SETTINGS) {
	const made = plan(lines, context, settings);
	if (made.kind !== 'planned') throw new Error(`${made.kind}: ${made.reason}`);
	return made.message;
}
const variable = (text: string) =>
	mappingOf('', `on: order.created\ntemplate: hello\nvariables: { "1": "x", "2": ${JSON.stringify(text)} }\n`);

test('a mapping and an order give a message', () => {
	expect(message('sender: "919999999999"\nexpires: 24h\nheader: { document: invoice }')).toEqual({
		mapping: 'hello',
		template: 'hello',
		language: 'en_US',
		to: '+919876543210',
		variables: { '1': '#1042' },
		header: { document: 'invoice' },
		sender: '919999999999',
		onceKey: 'hello/acme/order/5678901234567890123',
		dueAt: new Date('2026-11-20T08:35:12Z'),
		expiresAt: new Date('2026-11-21T08:35:12Z'),
	});
});

test('the same event is planned into the same message again', () => {
	expect(plan('delay: 1h\nexpires: 2h')).toEqual(plan('delay: 1h\nexpires: 2h'));
});

describe('a mapping does not want', () => {
	test.each<[string, Plan, string]>([
		[
			'events it does not name',
			plan('', contextOf({ event: { name: 'order.paid' } })),
			"'hello' is not about order.paid",
		],
		['sources it does not name', plan('sources: [woocommerce, other]'), "'hello' is not for the source 'acme'"],
		['what its condition excludes', plan('when: order.total > 10000'), 'not so: order.total > 10000'],
		[
			'test orders',
			plan('', withOrder({ test: true })),
			'a test order of the shop; testOrders: true at the source sends for these too',
		],
		['anything while it is switched off', plan('enabled: false'), "the mapping 'hello' is switched off"],
	])('%s', (_, made, reason) => expect(made).toEqual({ kind: 'unwanted', reason }));

	test.each(['sources: shopify', 'sources: [acme]', 'when: order.total > 7216.89'])('and does with %s', (lines) =>
		expect(plan(lines).kind).toBe('planned'),
	);
	test('test orders are sent where the source says so', () =>
		expect(plan('', withOrder({ test: true }), { ...SETTINGS, testOrders: true }).kind).toBe('planned'));
});

describe('a message is skipped', () => {
	test.each<[string, Partial<Order>, string]>([
		[
			'declined',
			{ attributes: { whatsapp_opt_in: 'no' } },
			"the buyer declined WhatsApp messages (order attribute 'whatsapp_opt_in')",
		],
		[
			'declined in other words',
			{ attributes: { 'WhatsApp opt-in': ' FALSE ' } },
			"the buyer declined WhatsApp messages (order attribute 'whatsapp_opt_in')",
		],
		[
			'opted out',
			{ attributes: { whatsapp_opt_out: '1' } },
			"the buyer declined WhatsApp messages (order attribute 'whatsapp_opt_out')",
		],
		['tagged', { tags: ['vip', 'whatsapp-opt-out'] }, "the order is tagged 'whatsapp-opt-out'"],
	])('when the buyer %s, whatever the mapping says', (_, order, reason) => {
		expect(plan('', withOrder(order))).toMatchObject({
			kind: 'skipped',
			reason,
			draft: {
				mapping: 'hello',
				template: 'hello',
				to: '+919876543210',
				onceKey: 'hello/acme/order/5678901234567890123',
			},
		});
	});
	test('when the mapping asks for consent and there is none', () => {
		const consent = 'consent: order.attributes.whatsapp_opt_in == "yes"';
		expect(plan(consent, withOrder({ attributes: {} }))).toMatchObject({
			kind: 'skipped',
			reason: 'no consent: not so that order.attributes.whatsapp_opt_in == "yes"',
		});
		for (const yes of ['yes', 'YES', 'true', '1', 'on'])
			expect(plan(consent, withOrder({ attributes: { whatsapp_opt_in: yes } })).kind).toBe('planned');
	});
	test('when it has expired, unless a person asks for it', () => {
		const late = contextOf({ event: { receivedAt: '2026-11-19T08:00:00Z' } });
		expect(plan('expires: 24h', late)).toMatchObject({
			kind: 'skipped',
			reason: 'expired: by the time it could be sent it would be out of date',
		});
		expect(plan('expires: 24h', late, { ...SETTINGS, replay: true })).toMatchObject({
			kind: 'planned',
			message: { expiresAt: new Date('2026-11-21T08:35:12Z') },
		});
	});
	test('when quiet hours outlast it', () => {
		const evening = contextOf({ now: new Date('2026-11-20T16:00:00Z') });
		expect(plan('expires: 2h\nquietHours: { from: "21:00", to: "09:00" }', evening)).toMatchObject({ kind: 'skipped' });
	});
});

describe('a message is held, in words that a merchant understands', () => {
	test.each<[string, Plan, string]>([
		[
			'no number',
			plan('', withoutPhone()),
			'no number to send to: no phone number in the order. Mend the order, then replay',
		],
		[
			'a number that cannot be one',
			plan('', withoutPhone("'555…IP' is not a phone number in US")),
			"no number to send to: '555…IP' is not a phone number in US. Mend the order, then replay",
		],
		[
			'a number of the mapping that cannot be one',
			plan('to: "{{ order.note }}"', withOrder({ note: 'ring the bell' })),
			"no number to send to: 'rin…ll' is not a phone number in IN. Mend the order or 'to' in the mapping, then replay",
		],
		[
			'a missing value',
			planMessage(
				variable('{{ order.shippingMethod }}'),
				contextOf({ order: { ...buildOrder(), shippingMethod: undefined as never } }),
				SETTINGS,
			),
			"variable 2 of 'hello' is empty: order.shippingMethod is missing. Add a default to the mapping or mend the order, then replay",
		],
		[
			'a value of white space',
			planMessage(variable('{{ order.note }}'), withOrder({ note: ' \n\t ' }), SETTINGS),
			"variable 2 of 'hello' is empty: order.note is missing. Add a default to the mapping or mend the order, then replay",
		],
		[
			'a default that is empty',
			planMessage(variable("{{ order.note | default: '' }}"), contextOf(), SETTINGS),
			"variable 2 of 'hello' is empty: {{ order.note | default: '' }} gives nothing. Add a default to the mapping or mend the order, then replay",
		],
		[
			'an amount that is none',
			planMessage(variable('{{ order.name | money: order.currency }}'), contextOf(), SETTINGS),
			"variable 2 of 'hello' cannot be written: 'money' needs an amount, such as 499.00. Add a default to the mapping or mend the order, then replay",
		],
		[
			'too long a text',
			planMessage(variable('{{ order.note }}'), withOrder({ note: 'a'.repeat(1100) }), SETTINGS),
			"the values of 'hello' have 1101 characters together, and WhatsApp takes 1024 in a message. Shorten them in the mapping, such as with | truncate: 60, then replay",
		],
		[
			'no link for the header',
			plan('header: { url: "{{ payload.invoice.pdf_url }}" }'),
			"the header of 'hello' has no link: payload.invoice is missing. Mend the mapping or the order, then replay",
		],
		[
			'a header link that is none',
			plan('header: { url: "{{ order.name }}" }'),
			"the header of 'hello' has no link: {{ order.name }} gives none. Mend the mapping or the order, then replay",
		],
	])('%s', (_, made, reason) => expect(made).toMatchObject({ kind: 'held', reason }));

	test('a shipment whose order is not known yet, also where consent could not be told', () => {
		const mapping = mappingOf('consent: order.marketingConsent == true', 'on: shipment.updated\ntemplate: hello\n');
		const context = contextOf({
			order: undefined as never,
			shipment: { id: '7', status: 'delivered' },
			event: { name: 'shipment.updated', subject: '42' },
		});
		expect(planMessage(mapping, context, SETTINGS)).toMatchObject({
			kind: 'held',
			reason:
				'no number to send to: the order of this shipment.updated is not known yet. Wait for the order, then replay',
			draft: { onceKey: 'hello/acme/order/42/shipment/7/delivered' },
		});
	});
	test('with what is known of it', () => {
		expect(plan('header: { document: invoice }', withoutPhone())).toEqual({
			kind: 'held',
			reason: expect.any(String) as string,
			draft: {
				mapping: 'hello',
				template: 'hello',
				language: 'en_US',
				header: { document: 'invoice' },
				onceKey: 'hello/acme/order/5678901234567890123',
				dueAt: new Date('2026-11-20T08:35:12Z'),
			},
		});
	});
	test('and the same mapping goes through once the order is mended', () => {
		expect(plan('', withoutPhone()).kind).toBe('held');
		expect(plan('', withOrder({ phone: '+919876543211' }))).toMatchObject({
			kind: 'planned',
			message: { to: '+919876543211' },
		});
	});
});

describe('the recipient', () => {
	test.each([
		['{{ order.phone }}', {}, '+919876543210'],
		['{{ order.billing.phone }}', {}, '+919876543210'],
		['98765 43211', {}, '+919876543211'],
		['(415) 555-2671', { delivery: { country: 'US' } }, '+14155552671'],
		["{{ '020 7946 0958' | phone: 'GB' }}", {}, '+442079460958'],
	])('%s', (to, order, expected) => expect(message(`to: ${JSON.stringify(to)}`, withOrder(order)).to).toBe(expected));
});

describe('the language', () => {
	const choice = 'language: { from: order.language, fallback: en_US, use: { hi: hi, pt: pt_BR, "pt-PT": pt_PT } }';
	test.each([
		['hi', 'hi'],
		['hi-IN', 'hi'],
		['pt', 'pt_BR'],
		['pt-BR', 'pt_BR'],
		['pt-PT', 'pt_PT'],
		['pt_pt', 'pt_PT'],
		['en-IN', 'en_US'],
		['ta', 'en_US'],
	])('%s gives %s', (language, expected) => expect(message(choice, withOrder({ language })).language).toBe(expected));
	test('is the fallback where the order says nothing', () => {
		const { language: _, ...order } = buildOrder();
		expect(message(choice, contextOf({ order })).language).toBe('en_US');
	});
	test('is the one named, where one is named', () =>
		expect(message('language: hi', withOrder({ language: 'pt-BR' })).language).toBe('hi'));
	test.each([
		['hi', ['en_US'], 'en_US'],
		['pt-PT', ['pt_BR', 'en_US'], 'pt_BR'],
		['ta-IN', ['ta', 'en_US'], 'ta'],
		['es-MX', ['es_MX', 'es'], 'es_MX'],
		['ta', [], 'en_US'],
	])('%s among the approved %j is %s', (language, approved, expected) => {
		expect(message(choice, withOrder({ language }), { ...SETTINGS, approvedLanguages: () => approved }).language).toBe(
			expected,
		);
	});
});

describe('timing', () => {
	test('delay counts from when the bridge had the event, and is over when it is over', () => {
		expect(message('delay: 1h').dueAt).toEqual(new Date('2026-11-20T09:35:12Z'));
		expect(message('delay: 1h', contextOf({ event: { receivedAt: '2026-11-20T08:00:00Z' } })).dueAt).toEqual(
			new Date('2026-11-20T09:00:00Z'),
		);
		expect(message('delay: 1h', contextOf({ event: { receivedAt: '2026-11-20T01:00:00Z' } })).dueAt).toEqual(
			new Date('2026-11-20T08:35:12Z'),
		);
	});
	test('a replay waits for quiet hours only', () => {
		const evening = contextOf({ now: new Date('2026-11-20T16:00:00Z') });
		expect(
			message('delay: 3d\nquietHours: { from: "21:00", to: "09:00" }', evening, { ...SETTINGS, replay: true }).dueAt,
		).toEqual(new Date('2026-11-21T03:30:00Z'));
	});
	test("quiet hours are the recipient's", () => {
		const evening = contextOf({
			order: buildOrder({ phone: '+4915112345678' }),
			now: new Date('2026-11-20T16:00:00Z'),
		});
		expect(message('quietHours: { from: "21:00", to: "09:00" }', evening).dueAt).toEqual(evening.now);
	});
});

describe('once', () => {
	const key = (
		name: 'order.created' | 'order.refunded' | 'shipment.updated' | 'sheet.row',
		lines: string,
		overrides: Parameters<typeof contextOf>[0] = {},
	) => {
		const made = planMessage(
			mappingOf(lines, `on: ${name}\ntemplate: hello\nto: "+919876543210"\n`),
			contextOf({ ...overrides, event: { ...overrides.event, name } }),
			SETTINGS,
		);
		return made.kind === 'planned' ? made.message.onceKey : made.reason;
	};
	const refund = { id: '77', createdAt: '', amount: '1.00', lines: [] };
	const shipment = { id: '88', status: 'out_for_delivery' as const };
	test.each([
		['an order', key('order.created', ''), 'hello/acme/order/5678901234567890123'],
		['a refund', key('order.refunded', '', { refund }), 'hello/acme/order/5678901234567890123/refund/77'],
		[
			'a shipment and its status',
			key('shipment.updated', '', { shipment }),
			'hello/acme/order/5678901234567890123/shipment/88/out_for_delivery',
		],
		['a row', key('sheet.row', '', { event: { id: 'row-5' } }), 'hello/acme/event/row-5'],
		[
			'an order, for shipments, where the mapping says so',
			key('shipment.updated', 'once: order', { shipment }),
			'hello/acme/order/5678901234567890123',
		],
		['an event, where the mapping says so', key('order.created', 'once: event'), 'hello/acme/event/evt-1'],
	])('%s has its own key', (_, given, expected) => expect(given).toBe(expected));
	test('a recipient and day, in the zone of the shop, without the number in it', () => {
		const late = key('order.created', 'once: recipient+day', { now: new Date('2026-11-20T19:00:00Z') });
		expect(late).toMatch(/^hello\/acme\/recipient\/[0-9a-f]{24}\/2026-11-21$/);
		expect(key('order.created', 'once: recipient')).toMatch(/^hello\/acme\/recipient\/[0-9a-f]{24}$/);
	});
	test('ids cannot run into each other', () => {
		const context = contextOf({ event: { source: 'a/order' } });
		expect(message('', context).onceKey).toBe('hello/a%2Forder/order/5678901234567890123');
	});
});

test('whatever the order says, no message has an empty, broken or endless value, or a number that is none', () => {
	const text = fc.oneof(
		fc.string({ unit: 'binary', maxLength: 300 }),
		fc.constantFrom('', ' ', '\n', '\u200b', 'a\r\nb', 'a\tb', 'a      b', '{{ order.total }}', '+91 98765 43210'),
	);
	const mapping = mappingOf(
		'to: "{{ order.note | default: order.phone }}"',
		`on: order.created\ntemplate: hello\nvariables: { "1": "{{ order.customer.firstName | default: 'there' }}", "2": "Order {{ order.name }}", "3": "{{ order.delivery.city }}", "4": "{{ order.total | money: order.currency }}" }\n`,
	);
	const kinds = new Set<string>();
	fc.assert(
		fc.property(
			text,
			text,
			text,
			fc.option(text),
			fc.constantFrom('INR', 'JPY', 'KWD', 'XXX', ''),
			(firstName, name, city, note, currency) => {
				const order = buildOrder({
					name,
					currency,
					customer: { firstName },
					delivery: { city, country: 'IN' },
					...(note === null ? {} : { note }),
				});
				const made = planMessage(mapping, contextOf({ order }), SETTINGS);
				kinds.add(made.kind);
				if (made.kind !== 'planned') return;
				expect(made.message.to).toMatch(/^\+[1-9]\d{6,14}$/);
				for (const value of Object.values(made.message.variables)) {
					expect(value).toMatch(/[^\s\p{Cf}\p{Cc}]/u);
					expect(value).not.toMatch(/[\p{Cc}\u2028\u2029]| {2,}/u);
				}
				expect(Object.values(made.message.variables).join('').length).toBeLessThanOrEqual(1024);
			},
		),
		// A control character between two spaces was taken out after the spaces were joined.
		{ numRuns: 1000, examples: [['', '\u0000\t¡', '¡', null, 'INR']] },
	);
	expect([...kinds].sort()).toEqual(['held', 'planned']);
});
