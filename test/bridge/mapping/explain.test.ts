import { explainMessage } from '../../../bridge/src/mapping/explain';
import { buildOrder } from '../../support/order';
import { contextOf, mappingOf, SETTINGS } from './support';

const mapping = mappingOf(
	'',
	`
on: order.created
template: t
language: { from: order.language, fallback: en_US, use: { hi: hi } }
variables:
  '1': "{{ order.customer.firstName | default: order.delivery.name | default: 'friend' }}"
  '2': "{{ order.name }}"
  '3': "{{ order.note | strip }}"
  '4': "{% if order.isCod %}{{ order.paymentMethod | default: 'cash' }}{% else %}{{ order.note | default: 'paid' }}{% endif %}"
`,
);
const explain = (order: Parameters<typeof buildOrder>[0], approved?: string[]) =>
	explainMessage(mapping, contextOf({ order: buildOrder(order) }), {
		...SETTINGS,
		...(approved ? { approvedLanguages: () => approved } : {}),
	});

test('nothing is said of a default that did not have to help', () => {
	const { variables, languageFallback } = explain({ note: 'Ring twice' });
	expect(variables.map(({ value, fallback, missing }) => ({ value, fallback, missing }))).toEqual([
		{ value: 'अनुष्का', fallback: undefined, missing: [] },
		{ value: '#1042', fallback: undefined, missing: [] },
		{ value: 'Ring twice', fallback: undefined, missing: [] },
		{ value: 'Cash on Delivery (COD)', fallback: undefined, missing: [] },
	]);
	expect(languageFallback).toBeUndefined();
});

test('of defaults behind each other the one that gave the value, and the fields that were empty before it', () => {
	const one = explain({ customer: {}, delivery: { name: 'Anushka K' } }).variables[0];
	expect(one).toMatchObject({ value: 'Anushka K', fallback: 'Anushka K', missing: ['order.customer.firstName'] });
	const two = explain({ customer: {}, delivery: {} }).variables[0];
	expect(two).toMatchObject({
		value: 'friend',
		fallback: 'friend',
		missing: ['order.customer.firstName', 'order.delivery.name'],
	});
});

test('a value without default that is missing has a problem, and those behind it are explained all the same', () => {
	const { variables } = explain({ paymentMethod: undefined as never });
	expect(variables[2]).toMatchObject({ problem: 'order.note is missing', missing: ['order.note'] });
	expect(variables[2]).not.toHaveProperty('value');
	// The other branch of the condition was not taken: its default says nothing.
	expect(variables[3]).toMatchObject({ value: 'cash', fallback: 'cash' });
});

test.each([
	[undefined, ['en_US', 'hi'], 'no language is known, so it is en_US'],
	['fr-FR', ['en_US', 'hi'], "'t' is not there in 'fr-FR', so it is en_US"],
	['hi', ['en_US'], "'t' is not there in 'hi', so it is en_US"],
	['hi', ['en_US', 'hi'], undefined],
	['en-GB', ['en_US'], undefined],
])('language %s with %j approved: %s', (language, approved, expected) => {
	expect(explain({ language: language as never, note: 'x' }, approved).languageFallback).toBe(expected);
});
