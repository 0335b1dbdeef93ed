import { OPERATIONS } from '../../../catalog';
import { Messlo } from '../../../nodes/Messlo/Messlo.node';
import { control } from '../../support/sandbox-control';
import { ask, pickersIn } from '../support/pickers.ts';
import { world } from '../support/world.ts';

const { n8n, sandbox, credentials } = world();
const asked = (method: string, parameters: Record<string, unknown>, more: Record<string, unknown> = {}) =>
	ask(n8n, { method, parameters, credentials, ...more });

beforeEach(() => control(sandbox, 'demo', {}));

const pickers = [...new Map(pickersIn(new Messlo().description.properties).map((each) => [each.method, each]))];

test('every list that the catalogue picks from has a picker', () => {
	const sources = new Set(OPERATIONS.flatMap(({ fields }) => fields.flatMap(({ pick }) => (pick ? [pick.from] : []))));
	expect(sources.size).toBeGreaterThan(20);
	expect(pickers.length).toBeGreaterThanOrEqual(sources.size);
});

test.each(pickers)('%s offers records of the account by name', async (method, { kind, parameters }) => {
	const { results } = await asked(method, parameters, { kind });
	expect(results.length).toBeGreaterThan(0);
	for (const choice of results)
		expect(choice).toEqual({ name: expect.stringMatching(/\S/), value: expect.stringMatching(/\S/) });
	expect(new Set(results.map(({ value }) => value)).size).toBe(results.length);
});

interface Form {
	fields: { id: string; displayName: string; required: boolean }[];
	emptyFieldsNotice?: string;
}

const TEMPLATE = { resource: 'message', operation: 'sendTemplate' };

test('templates show their language and status, and only approved ones are offered to send', async () => {
	const { results } = await asked('searchTemplates', TEMPLATE);
	const names = results.map(({ name }) => name);
	expect(names).toContain('order_update · English (en_US) · approved');
	expect(names.join()).not.toContain('price_change');
});

test('a picker goes through all pages, not the first alone, and is searched', async () => {
	const people = Array.from({ length: 130 }, (_, index) => `9198000${String(index).padStart(5, '0')}`);
	for (const phone_number of people)
		await fetch(`${sandbox.url}/api/contacts`, {
			method: 'POST',
			headers: { 'x-api-key': 'sandbox-api-key', 'content-type': 'application/json' },
			body: JSON.stringify({ phone_number, name: `Person ${phone_number.slice(-5)}` }),
		});
	const get = { resource: 'contact', operation: 'get' };
	const found: string[] = [];
	for (let paginationToken: string | undefined, first = true; first || paginationToken; first = false) {
		const page = await asked('contactGetManyId', get, paginationToken ? { paginationToken } : {});
		found.push(...page.results.map(({ name }) => name));
		paginationToken = page.paginationToken;
	}
	expect(new Set(found).size).toBeGreaterThanOrEqual(130);
	expect(found.length).toBe(new Set(found).size);
	const { results } = await asked('contactGetManyId', get, { filter: 'Person 00127' });
	expect(results.map(({ name }) => name)).toEqual([expect.stringContaining('Person 00127')]);
});

describe('the form of a template', () => {
	const fieldsOf = async (name: string, language?: string) => {
		const template = { __rl: true, mode: 'id', value: name };
		const additionalFields = language === undefined ? {} : { languageCode: language };
		const parameters = { ...TEMPLATE, template, additionalFields };
		return ask<Form>(n8n, {
			method: 'templateFields',
			parameters,
			credentials,
			kind: 'resource-mapper-fields',
			path: 'variables',
		});
	};

	test('has a labelled field for the header and for each variable', async () => {
		const { fields } = await fieldsOf('order_invoice');
		expect(fields.map(({ id, required }) => [id, required])).toEqual([
			['mediaUrl', true],
			['1', true],
			['2', true],
		]);
		expect(fields[0]?.displayName).toMatch(/^PDF header \(public URL\)/);
		expect(fields[1]?.displayName).toBe('Hello {{1}}, the invoice for order … (body)');
	});

	test('has nothing else, and says why when it is empty', async () => {
		expect((await fieldsOf('order_update')).fields.map(({ id }) => id)).toEqual(['1', '2']);
		expect(await fieldsOf('')).toMatchObject({ fields: [], emptyFieldsNotice: expect.stringContaining('Choose') });
		expect(await fieldsOf('no_such_template')).toMatchObject({
			fields: [],
			emptyFieldsNotice: expect.stringMatching(/\S/),
		});
	});
});
