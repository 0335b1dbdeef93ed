import fc from 'fast-check';
import { applies, buildRequest, type Operation, operation, OPERATIONS, type Values } from '../../catalog';
import { judge } from '../support/contract';
import { inPlace, valuesOf } from './arbitrary';

const RUNS = Number(process.env['CATALOG_RUNS'] ?? 40);

/** Faults of the request, and a word when the contract sees another variant in it. */
function faults(row: Operation, values: Values): string[] {
	const { operationId, variants, faults } = judge(buildRequest(row, values));
	const { variant } = row.contract;
	return [
		...faults,
		...(operationId === row.contract.operationId ? [] : [`is ${operationId}`]),
		...(variant === undefined || variants.join() === variant ? [] : [`counts as ${variants.join() || 'no variant'}`]),
	];
}

const everything = ({ fields }: Operation): Values =>
	inPlace(fields, Object.fromEntries(fields.map(({ name, example }) => [name, example])));

function onlyRequired(row: Operation): Values {
	const needed = row.fields.filter(({ required }) => required);
	const one = row.anyOf && row.fields.find(({ name }) => row.anyOf?.includes(name));
	const all = [...needed, ...(one ? [one] : [])];
	const values = Object.fromEntries(all.map(({ name, example }) => [name, example]));
	return Object.fromEntries(
		Object.entries(values).filter(([name]) => all.some((f) => f.name === name && applies(f, row.fields, values))),
	);
}

describe.each(OPERATIONS.map((row) => [row.id, row] as const))('the request of %s', (_, row) => {
	test('with its examples is accepted by the contract, variant included', () => {
		expect(faults(row, everything(row))).toEqual([]);
		expect(faults(row, onlyRequired(row))).toEqual([]);
	});

	test('with any valid values is accepted by the contract, variant included', () => {
		fc.assert(
			fc.property(valuesOf(row), (values) => {
				expect(faults(row, values)).toEqual([]);
			}),
			{ numRuns: row.fields.length === 0 ? 1 : RUNS },
		);
	});
});

describe('what is built', () => {
	test('percent signs in a query survive', () => {
		const { path } = buildRequest(operation('contact.getMany'), { search: 'a&b=100%' });
		expect(new URL(path, 'http://x').searchParams.get('search')).toBe('a&b=100%');
	});

	test('a file is a part of a form beside the other fields', () => {
		const { body, form } = buildRequest(operation('message.sendFile'), {
			file_url: 'data',
			whatsapp_phone_number_id: 'n1',
			contact_id: 'c1',
			messageType: 'image',
		});
		expect(body).toBeUndefined();
		expect(form).toEqual([
			{ name: 'file_url', file: 'data' },
			{ name: 'whatsapp_phone_number_id', value: 'n1' },
			{ name: 'contact_id', value: 'c1' },
			{ name: 'messageType', value: 'image' },
		]);
	});

	test('numbers in a map travel as text', () => {
		const { body } = buildRequest(operation('message.sendTemplate'), {
			contact_no: '12025550143',
			whatsapp_phone_number: '12025550100',
			templateName: 'order_update',
			templateVariables: { '1': 12 },
		});
		expect(body).toMatchObject({ templateVariables: { '1': '12' } });
	});
});
