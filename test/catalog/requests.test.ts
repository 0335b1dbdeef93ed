import fc from 'fast-check';
import { buildRequest, type Operation, operation, OPERATIONS, type Values } from '../../catalog';
import { judge } from '../support/contract';
import { valuesOf } from './arbitrary';
import { everything, onlyRequired } from './examples';

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

	test('several files are parts of one name, and nested values travel as JSON text', () => {
		const { form } = buildRequest(operation('campaign.createMediaCarouselFiles'), {
			name: 'Lamps',
			waba_id: 'w1',
			template_name: 'lamp_cards',
			recipient_type: 'specific_contacts',
			contact_numbers: ['12025550143'],
			file_url: ['first', 'second'],
		});
		expect(form?.slice(-3)).toEqual([
			{ name: 'contact_numbers', value: '["12025550143"]' },
			{ name: 'file_url', file: 'first' },
			{ name: 'file_url', file: 'second' },
		]);
	});

	test('a moved endpoint comes with its other path', () => {
		expect(buildRequest(operation('subscription.getUsage'), {})).toEqual({
			method: 'GET',
			path: '/api/subscriptions/usage',
			fallbackPath: '/api/subscription/usage',
		});
	});

	test('further values of a pack are fields of the query', () => {
		const { path } = buildRequest(operation('industryPack.preview'), {
			slug: 'school',
			personalization: { state: 'Texas' },
		});
		expect(path).toBe('/api/industry-packs/public/school/preview?state=Texas');
	});

	test('phones that want a plus get it, in lists too', () => {
		expect(buildRequest(operation('contact.create'), { phone_number: '12025550143' }).body).toEqual({
			phone_number: '+12025550143',
		});
		const { body } = buildRequest(operation('template.update'), {
			id: 't1',
			buttons: [{ type: 'phone_call', text: 'Call', phone_number: '12025550100' }],
		});
		expect(body).toMatchObject({ buttons: [{ phone_number: '+12025550100' }] });
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
