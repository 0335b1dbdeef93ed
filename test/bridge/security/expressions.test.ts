import { compileText } from '../../../bridge/src/mapping/liquid/compile';
import { liquid } from '../../../bridge/src/mapping/liquid/engine';
import { render } from '../../../bridge/src/mapping/liquid/render';
import { viewOf } from '../../../bridge/src/mapping/view';
import { vocabularyFor } from '../../../bridge/src/mapping/vocabulary';
import { contextOf } from '../mapping/support';

const NOW = new Date('2026-11-20T08:35:12Z');
const TOO_MUCH = { ok: false, reason: 'the expression takes too long or too much memory' };

function write(source: string, payload: object = {}) {
	const compilation = compileText(source, vocabularyFor(['order.created']));
	if (!compilation.ok) throw new Error(compilation.faults.map(({ message }) => message).join('; '));
	const start = performance.now();
	const rendering = render(compilation.expression, viewOf(contextOf({ payload })), {
		locale: 'en',
		timezone: 'UTC',
		country: 'IN',
		now: NOW,
	});
	return { rendering, took: performance.now() - start };
}

const UNITS = ['<', '<script', '(', ' ', '-', '9', '+91 ', 'İ'];
const FILTERS = Object.keys(liquid.filters);

/** As much as is let through, and as much as a webhook can hold. */
const SIZES = [190_000, 5_000_000];

test.each(FILTERS)('the filter %s is done quickly with any text, or not at all', (filter) => {
	const slow: string[] = [];
	for (const unit of UNITS) {
		for (const size of SIZES) {
			const note = unit.repeat(Math.ceil(size / unit.length));
			for (const args of ['', ": '', 'x'"]) {
				const { took } = write(`{{ payload.note | ${filter}${args} | default: '-' }}`, { note });
				if (took > 1500) slow.push(`${unit} ${args}: ${Math.round(took)} ms`);
			}
		}
	}
	expect(slow).toEqual([]);
});

test.each([
	'cgi_escape',
	'url_encode',
	'base64_encode',
	'escape',
	'upcase',
	'strip_html',
	'phone',
	'json',
	"append: 'x'",
	"split: ','",
	"replace: 'x', 'y'",
])('what is longer than any message is refused by | %s', (filter) => {
	expect(write(`{{ payload.note | ${filter} }}`, { note: 'x'.repeat(1_000_000) }).rendering).toEqual(TOO_MUCH);
});

test('captures in captures and loops in loops come to an end', () => {
	const captures = '{% capture a %}{{ a }}{{ a }}xxxxxxxxxx{% endcapture %}'.repeat(60);
	const loops = '{% for i in (1..99) %}'.repeat(8) + 'x' + '{% endfor %}'.repeat(8);
	for (const source of [
		`{% assign a = 'x' %}${captures}{{ a }}`,
		loops,
		'{% if true %}'.repeat(400) + 'x' + '{% endif %}'.repeat(400),
	]) {
		const { rendering, took } = write(source);
		expect(took).toBeLessThan(3000);
		if (!rendering.ok) expect(rendering).toEqual(TOO_MUCH);
	}
});

test('a payload nested deeply can be asked for, and is never written whole', () => {
	let payload: object = {};
	for (let depth = 0; depth < 50_000; depth += 1) payload = { a: payload };
	for (const source of [
		'{{ payload.a.a.a | json }}',
		'{{ payload.a }}',
		'{{ payload | inspect }}',
		'{{ payload | jsonify }}',
	])
		expect(write(source, payload).rendering.ok).toBe(source === '{{ payload.a }}');
});
