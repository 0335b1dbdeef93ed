import { checkTemplates, type ApiTemplate, type TemplateRow } from '../../../bridge/src/mapping/check-templates';
import { readDefinition } from '../../../bridge/src/mapping/definitions';
import { mappingOf } from './support';

const invoice = mappingOf(
	'',
	'on: order.created\ntemplate: checkout_invoice\nheader: { document: invoice }\nvariables: { "1": a, "2": b }\n',
);
const approved: ApiTemplate = {
	name: 'checkout_invoice',
	language: 'en_US',
	status: 'APPROVED',
	variables: 2,
	header: 'document',
};
const row = (listed: ApiTemplate[], mapping = invoice): TemplateRow | undefined =>
	checkTemplates([mapping], [], listed)[0];

test.each<[string, Partial<ApiTemplate>, string, string]>([
	['approved', {}, 'approved', 'Ready.'],
	['approved, written small', { status: 'approved' }, 'approved', 'Ready.'],
	[
		'approved, of which the API says no more',
		{ variables: undefined as never, header: undefined as never },
		'approved',
		'Ready.',
	],
	['pending', { status: 'PENDING' }, 'pending', 'waits for approval'],
	[
		'rejected',
		{ status: 'REJECTED', rejection: 'INVALID_FORMAT' },
		'rejected',
		'was rejected by WhatsApp (INVALID_FORMAT). Look it up',
	],
	['paused', { status: 'PAUSED' }, 'paused', 'is paused by WhatsApp'],
	[
		'in another language only',
		{ language: 'hi' },
		'missing',
		'does not exist yet and has no definition: add checkout_invoice.template.yaml',
	],
	['with another number of variables', { variables: 3 }, 'wrong variable count', "than 'hello' gives (2)"],
	['with an image for header', { header: 'image' }, 'wrong header kind', "than 'hello' fills"],
	['without header', { header: 'none' }, 'wrong header kind', "than 'hello' fills"],
])('a template that is %s', (_, changes, state, advice) => {
	const found = row([{ ...approved, ...changes }]);
	expect(found).toMatchObject({
		template: 'checkout_invoice',
		language: 'en_US',
		mappings: ['hello'],
		state,
		ready: state === 'approved',
	});
	expect(found?.advice).toContain(advice);
});

test('a header that no mapping fills is wrong, too', () => {
	const plain = mappingOf();
	expect(row([{ ...approved, name: 'hello', variables: 1 }], plain)?.state).toBe('wrong header kind');
	expect(row([{ ...approved, name: 'hello', variables: 1, header: 'text' }], plain)?.state).toBe('approved');
});

test('one row for each language that a mapping can ask for, those of its definition included', () => {
	const choosing = mappingOf('language: { fallback: en_US, use: { pt: pt_BR } }');
	const definition = readDefinition(
		'hello.template.yaml',
		'template: hello\ncategory: UTILITY\nlanguages:\n  hi: { body: "नमस्ते, धन्यवाद" }\n',
	);
	const rows = checkTemplates(
		[choosing, mappingOf('enabled: false', 'on: order.paid\ntemplate: off\n')],
		definition.ok ? [definition.definition] : [],
		[],
	);
	expect(rows.map(({ language, defined, state }) => [language, defined, state])).toEqual([
		['en_US', false, 'missing'],
		['pt_BR', false, 'missing'],
		['hi', true, 'missing'],
	]);
	expect(rows[2]?.advice).toBe("'hello' (hi) does not exist yet: messlo-bridge templates --push creates it.");
});

test('two mappings of one template share a row', () => {
	expect(checkTemplates([mappingOf(), mappingOf()], [], [])).toMatchObject([{ mappings: ['hello', 'hello'] }]);
});
