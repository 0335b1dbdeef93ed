import Big from 'big.js';
import fc from 'fast-check';
import { compileCondition, compileText } from '../../../bridge/src/mapping/liquid/compile';
import { render, type Rendering } from '../../../bridge/src/mapping/liquid/render';
import { viewOf } from '../../../bridge/src/mapping/view';
import { vocabularyFor } from '../../../bridge/src/mapping/vocabulary';
import { buildOrder } from '../../support/order';
import { contextOf } from './support';

const vocabulary = vocabularyFor(['order.created']);
const NOW = new Date('2026-11-20T08:35:12Z');

function write(source: string, view: object = viewOf(contextOf()), locale = 'en-IN'): Rendering {
	const compilation = compileText(source, vocabulary);
	if (!compilation.ok) throw new Error(compilation.faults.map(({ message }) => message).join('; '));
	return render(compilation.expression, view, { locale, timezone: 'Asia/Kolkata', country: 'IN', now: NOW });
}
function holds(source: string, view: object): boolean {
	const compilation = compileCondition(source, vocabulary);
	if (!compilation.ok) throw new Error(compilation.faults.map(({ message }) => message).join('; '));
	const outcome = render(compilation.expression, view, { locale: 'en', timezone: 'UTC', now: NOW });
	return outcome.ok && outcome.text === 'yes';
}

describe('amounts', () => {
	const decimal = fc
		.tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 10n ** 20n }), fc.stringMatching(/^\d{0,3}$/))
		.map(([minus, whole, fraction]) => `${minus ? '-' : ''}${whole}${fraction ? `.${fraction}` : ''}`);
	const viewWith = (total: string, subtotal: string) => viewOf(contextOf({ order: buildOrder({ total, subtotal }) }));

	test('compare by value and exactly, whatever their length', () => {
		fc.assert(
			fc.property(decimal, decimal, (a, b) => {
				const order = new Big(a).cmp(b);
				const view = viewWith(a, b);
				const verdicts = ['<', '<=', '==', '>=', '>', '!='].map((sign) =>
					holds(`order.total ${sign} order.subtotal`, view),
				);
				expect(verdicts).toEqual([order < 0, order <= 0, order === 0, order >= 0, order > 0, order !== 0]);
			}),
			{ numRuns: 150 },
		);
	});
	test('print as they came', () => {
		fc.assert(
			fc.property(decimal, (a) => expect(write('{{ order.total }}', viewWith(a, '0'))).toEqual({ ok: true, text: a })),
			{ numRuns: 100 },
		);
	});
	test.each([
		['order.total > 0', '0.00', false],
		['order.total > 0', '0.01', true],
		['order.total == 0', '0.00', true],
		['0 < order.total', '5', true],
		['order.total >= 99.5', '99.50', true],
		['order.total > 100', '99.00', false],
		['order.total > "9"', '10.00', true],
		['order.total != blank', '0.00', true],
		['order.total > 9007199254740992', '9007199254740993', true],
		['order.total > order.note', '1.00', false],
	])('%s with %s is %s', (condition, total, expected) => expect(holds(condition, viewWith(total, '0'))).toBe(expected));
	test('are reckoned exactly', () => {
		const view = viewWith('0.10', '0.20');
		expect(write('{{ order.total | plus: order.subtotal }}', view)).toEqual({ ok: true, text: '0.3' });
		expect(write('{{ order.subtotal | minus: order.total | times: 3 | money: order.currency }}', view)).toEqual({
			ok: true,
			text: '₹0.30',
		});
		expect(write("{{ order.lines | sum: 'total' | money: 'INR' }}")).toEqual({ ok: true, text: '₹6,798.00' });
	});
	test.each([
		['7216.90', 'INR', 'en-IN', '₹7,216.90'],
		['1234567.00', 'INR', 'en-IN', '₹12,34,567.00'],
		['1234567.00', 'INR', 'hi', '₹12,34,567.00'],
		['1234.50', 'BRL', 'pt-BR', 'R$\u00a01.234,50'],
		['1200', 'JPY', 'ja', '￥1,200'],
		['1.500', 'KWD', 'en-US', 'KWD\u00a01.500'],
		['12345678901234567890.12', 'USD', 'en-US', '$12,345,678,901,234,567,890.12'],
		['10.00', 'EUR', 'de-DE', '10,00\u00a0€'],
	])('%s %s in %s is %s', (total, currency, locale, expected) => {
		const written = write(
			'{{ order.total | money: order.currency }}',
			viewOf(contextOf({ order: buildOrder({ total, currency }) })),
			locale,
		);
		expect(written.ok && written.text).toBe(expected);
	});
});

describe('a missing value', () => {
	test.each([
		['{{ order.note }}', 'order.note is missing'],
		['{{ order.name }} {{ order.shippingMethod }}', 'order.shippingMethod is missing'],
		['{{ order.note | upcase }}', 'order.note is missing'],
		["{{ order.note | append: 'x' }}", 'order.note is missing'],
		['{{ order.total | money: order.attributes.currency }}', 'order.attributes.currency is missing'],
		['{{ payload.customer.first_name }}', 'payload.customer.first_name is missing'],
		['{{ payload.nothing.at.all }}', 'payload.nothing is missing'],
		['{{ order.attributes.blank }}', 'order.attributes.blank is missing'],
		['{% if order.isCod %}{{ order.note }}{% endif %}', 'order.note is missing'],
		['{% for line in order.lines %}{{ line.imageUrl }}{% endfor %}', 'line.imageUrl is missing'],
	])('%s is told: %s', (source, reason) => {
		const { shippingMethod: _, ...order } = buildOrder({ attributes: { blank: ' \u200b ' } });
		const view = viewOf(contextOf({ order, payload: { customer: { first_name: null } } }));
		expect(write(source, view)).toEqual({ ok: false, reason });
	});
	test.each([
		["{{ order.note | default: 'none' }}", 'none'],
		["{{ order.note | strip | default: 'none' }}", 'none'],
		['{{ order.note | default: order.billing.company | default: order.attributes.x | default: order.name }}', '#1042'],
		["{{ order.attributes.blank | default: 'none' }}", 'none'],
		["{{ order.note | money: order.note | default: 'free' }}", 'free'],
		['{% if order.note %}{{ order.note }}{% else %}-{% endif %}', '-'],
	])('%s gives %s', (source, text) => {
		expect(write(source, viewOf(contextOf({ order: buildOrder({ attributes: { blank: '  ' } }) })))).toEqual({
			ok: true,
			text,
		});
	});
});

describe('filters', () => {
	test.each([
		["{{ '98765 43210' | phone }}", '+919876543210'],
		["{{ '(415) 555-2671' | phone: 'US' }}", '+14155552671'],
		["{{ order.createdAt | date: '%d.%m.%Y %H:%M' }}", '20.11.2026 14:05'],
		["{{ order.createdAt | date: '%H:%M', 'America/Sao_Paulo' }}", '05:35'],
		["{{ 'now' | date: '%Y-%m-%d' }}", '2026-11-20'],
	])('%s gives %s', (source, text) => expect(write(source)).toEqual({ ok: true, text }));
	test('months are named in the language of the message', () => {
		expect(write("{{ order.createdAt | date: '%-d %B' }}", undefined, 'pt-BR')).toEqual({
			ok: true,
			text: '20 novembro',
		});
		expect(write("{{ order.createdAt | date: '%-d %B' }}", undefined, 'hi')).toEqual({ ok: true, text: '20 नवंबर' });
	});
	test.each([
		["{{ 'call me' | phone }}", "'cal…me' is not a phone number in IN"],
		["{{ 'soon' | date: '%d' }}", "'date' cannot read the date"],
		["{{ order.name | money: 'INR' }}", "'money' needs an amount, such as 499.00"],
		['{{ order.total | money }}', "'money' needs the currency: | money: order.currency"],
		['{{ order.name | plus: 1 }}', "'plus' needs numbers, and got something else"],
		['{{ order.total | divided_by: 0 }}', "'divided_by' cannot be done with these numbers"],
	])('%s says %s', (source, reason) => expect(write(source)).toEqual({ ok: false, reason }));
});

describe('hostile expressions', () => {
	const bounded = 'the expression takes too long or too much memory';
	test.each([
		['a huge range', '{% for i in (1..1000000000) %}x{% endfor %}'],
		[
			'loops in loops',
			'{% for a in (1..5000) %}{% for b in (1..5000) %}{% for c in (1..5000) %}{% endfor %}{% endfor %}{% endfor %}',
		],
		[
			'text that doubles',
			"{% assign a = 'xxxxxxxxxx' %}{% for i in (1..60) %}{% assign a = a | append: a %}{% endfor %}{{ a }}",
		],
		[
			'a replacement that explodes',
			"{% assign a = 'xxxxxxxxxx' %}{% for i in (1..60) %}{% assign a = a | replace: 'x', 'xxxxxxxxxx' %}{% endfor %}{{ a }}",
		],
		[
			'a number that explodes',
			"{% assign a = '99999999999999999999' %}{% for i in (1..4000) %}{% assign a = a | times: a %}{% endfor %}{{ a }}",
		],
	])('%s comes to an end', (_, source) => {
		const start = performance.now();
		const outcome = write(source, viewOf(contextOf()));
		expect(performance.now() - start).toBeLessThan(3000);
		expect(outcome).toMatchObject({ ok: false });
		if (!outcome.ok) expect([bounded, "'times' needs numbers, and got something else"]).toContain(outcome.reason);
	});
	test('a process that is paused in the middle has not taken long', () => {
		let paused = 0;
		const view = {
			order: {
				get name() {
					// As SIGSTOP does it: the thread stands still, and uses no processor.
					if ((paused += 1) === 1) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 600);
					return '#1001';
				},
			},
		};
		expect(write('{{ order.name }}, {{ order.name }}', view)).toEqual({ ok: true, text: '#1001, #1001' });
		expect(paused).toBeGreaterThan(2);
	});
	test.each(['include', 'render', 'layout', 'block', 'tablerow', 'cycle', 'increment', 'echo', 'liquid'])(
		'the tag %s is refused',
		(tag) => {
			expect(compileText(`{% ${tag} 'package.json' %}`, vocabulary)).toMatchObject({
				ok: false,
				faults: [{ message: `the tag '${tag}' cannot be used here` }],
			});
		},
	);
	test.each(['where_exp', 'group_by_exp', 'raw', 'sample'])('the filter %s is refused', (filter) => {
		expect(compileText(`{{ order.lines | ${filter}: 'x', 'y' }}`, vocabulary)).toMatchObject({ ok: false });
	});
	test('an endless text is refused', () => {
		expect(compileText('x'.repeat(20_000), vocabulary)).toMatchObject({ ok: false });
	});
	test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])('order.%s leads nowhere', (key) => {
		expect(compileText(`{{ order.${key} }}`, vocabulary)).toMatchObject({ ok: false });
		expect(write(`{{ payload.${key} }}`, viewOf(contextOf({ payload: {} })))).toMatchObject({ ok: false });
		expect(write(`{{ order.attributes.${key} }}`)).toMatchObject({ ok: false });
	});
	test('what the buyer wrote is never read as Liquid', () => {
		const note = '{{ order.total }}{% for i in (1..9) %}x{% endfor %}';
		expect(write('{{ order.note }}', viewOf(contextOf({ order: buildOrder({ note }) })))).toEqual({
			ok: true,
			text: note,
		});
	});
});
