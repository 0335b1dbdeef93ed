import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { buildRequest, type Field, FieldError, operation, OPERATIONS, type Values } from '../../catalog';
import { judge } from '../support/contract';

const rows = JSON.parse(readFileSync(join(__dirname, '../../contract/documented-rows.json'), 'utf8')) as {
	row: number;
	method: string;
	path: string;
	operationId: string;
	variant: string | null;
}[];

const examples = (fields: readonly Field[]): Values =>
	Object.fromEntries(fields.map(({ name, example }) => [name, example]));

describe('the catalogue', () => {
	test('has every id once, and a row of the developer page at most once', () => {
		const ids = OPERATIONS.map(({ id }) => id);
		expect(new Set(ids).size).toBe(ids.length);
		const documented = OPERATIONS.flatMap((row) => row.rows);
		expect(new Set(documented).size).toBe(documented.length);
	});

	test.each(OPERATIONS.map((row) => [row.id, row] as const))(
		'%s is what the developer page and the contract say',
		(_, row) => {
			for (const number of row.rows) {
				const documented = rows.find((candidate) => candidate.row === number);
				expect(`${documented?.method} ${documented?.path.replace(/:(\w+)/g, '{$1}').split('?')[0]}`).toBe(row.route);
				expect({ operationId: documented?.operationId, variant: documented?.variant ?? undefined }).toEqual({
					operationId: row.contract.operationId,
					variant: row.contract.variant,
				});
			}
			for (const field of row.fields)
				expect(field.example === undefined ? field.name : 'has an example').toBe('has an example');
		},
	);

	test.each(OPERATIONS.map((row) => [row.id, row] as const))(
		'the request of %s is accepted by the contract, variant included',
		(_, row) => {
			const minimal = row.fields.filter(({ required }) => required);
			for (const fields of [row.fields, minimal]) {
				const verdict = judge(buildRequest(row, examples(fields)));
				expect(verdict).toMatchObject({ operationId: row.contract.operationId, faults: [] });
				if (row.contract.variant) expect(verdict.variants).toEqual([row.contract.variant]);
			}
		},
	);

	test('any template values are accepted, and percent signs in a query survive', () => {
		const send = operation('message.sendTemplateWithMedia');
		fc.assert(
			fc.property(
				fc.dictionary(fc.integer({ min: 1, max: 20 }).map(String), fc.string({ minLength: 1 })),
				fc.webUrl(),
				fc.stringMatching(/^[1-9][0-9]{7,14}$/),
				(templateVariables, mediaUrl, contact_no) => {
					const values = { ...examples(send.fields), templateVariables, mediaUrl, contact_no };
					expect(judge(buildRequest(send, values)).faults).toEqual([]);
				},
			),
			{ numRuns: 200 },
		);
		const list = buildRequest(operation('contact.getMany'), { search: 'a&b=100%' });
		expect(new URL(list.path, 'http://x').searchParams.get('search')).toBe('a&b=100%');
	});
});

describe('the interpreter refuses, naming operation and field', () => {
	const send = operation('message.sendTemplate');
	test.each([
		[{ contact_no: undefined }, "message.sendTemplate: 'contact_no' is missing: Recipient."],
		[{ contact_no: '+91 98765' }, "'contact_no' must be a phone number in international form"],
		[{ templateVariables: ['Ana'] }, "'templateVariables' must be an object of texts by key"],
		[{ templatename: 'x' }, "'templatename' is not a field; it takes contact_no, whatsapp_phone_number"],
		[{ languageCode: '' }, "'languageCode' is missing"],
	])('%j', (change, message) => {
		const attempt = () => buildRequest(send, { ...examples(send.fields), ...change });
		expect(attempt).toThrow(FieldError);
		expect(attempt).toThrow(message);
	});
});
