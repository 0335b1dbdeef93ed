import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Field, fieldLabel, type Operation, OPERATIONS, readItems, readText } from '../../catalog';
import { bodySchema, CONTRACT, type ContractOperation, resolve } from '../support/contract';
import { inner, type Shape, shape } from './contract-shape';

const ROWS = JSON.parse(readFileSync(join(__dirname, '../../contract/documented-rows.json'), 'utf8')) as {
	row: number;
	method: string;
	path: string;
	operationId: string;
	variant: string | null;
}[];

const each = OPERATIONS.map((row) => [row.id, row] as const);
const inContract = (row: Operation): ContractOperation => {
	const found = CONTRACT.find(({ operationId }) => operationId === row.contract.operationId);
	if (!found) throw new Error(`The contract has no operation '${row.contract.operationId}'.`);
	return found;
};
const twice = (texts: string[]) => texts.filter((text, index) => texts.indexOf(text) !== index);

describe('the catalogue as a whole', () => {
	test('names each operation once: by id, by resource and operation, by sentence', () => {
		expect(twice(OPERATIONS.map(({ id }) => id))).toEqual([]);
		expect(twice(OPERATIONS.map(({ resource, operation }) => `${resource}: ${operation}`))).toEqual([]);
		expect(twice(OPERATIONS.map(({ label }) => label))).toEqual([]);
	});

	test('an id starts with its resource, one prefix a resource', () => {
		const prefixes = new Map(OPERATIONS.map(({ id, resource }) => [id.split('.')[0], resource]));
		expect(OPERATIONS.filter(({ id, resource }) => prefixes.get(id.split('.')[0]) !== resource)).toEqual([]);
		expect(prefixes.size).toBe(new Set(prefixes.values()).size);
	});

	test('has each row of the developer page, 1 to 81, exactly once', () => {
		const covered = OPERATIONS.flatMap(({ rows }) => rows).sort((a, b) => a - b);
		expect(covered).toEqual(ROWS.map(({ row }) => row));
		expect(covered).toHaveLength(81);
	});

	test('has each operation and variant of the contract, but for what nobody calls', () => {
		const here = new Set(OPERATIONS.map(({ contract }) => `${contract.operationId} ${contract.variant ?? ''}`));
		const fallbacks = new Set(OPERATIONS.map(({ fallbackRoute }) => fallbackRoute));
		const missing = CONTRACT.filter(({ method, path }) => !fallbacks.has(`${method} ${path}` as `GET /`))
			.flatMap(({ operationId, 'x-variants': variants = [''] }) =>
				variants.map((variant) => `${operationId} ${variant}`),
			)
			.filter((name) => !here.has(name));
		// Messlo's own receiver of login events, for Meta to call.
		expect(missing).toEqual(['receiveHostedLoginWebhook ']);
	});

	test('imports nothing from outside itself', () => {
		const folder = join(__dirname, '../../catalog');
		const imports = readdirSync(folder).flatMap((file) => [
			...readFileSync(join(folder, file), 'utf8').matchAll(/ from '([^']+)'|\b(?:import|require)\(/g),
		]);
		expect(imports.map(([, from]) => from).filter((from) => !from?.startsWith('./'))).toEqual([]);
		expect(imports.length).toBeGreaterThan(20);
	});

	test('every picker is filled by a list of the catalogue', () => {
		const lists = new Set(OPERATIONS.filter(({ itemsAt }) => itemsAt).map(({ id }) => id));
		const from = OPERATIONS.flatMap(({ fields }) => fields.flatMap(({ pick }) => pick?.from ?? []));
		expect([...new Set(from)].filter((id) => !lists.has(id))).toEqual([]);
	});
});

describe.each(each)('%s', (_, row) => {
	const operation = inContract(row);

	test('is what the developer page and the contract say', () => {
		expect(`${operation.method} ${operation.path}`).toBe(row.route);
		if (row.fallbackRoute) expect(row.fallbackRoute).toBe(`${operation.method} ${operation['x-alternate-path']}`);
		if (operation['x-variants']) expect(operation['x-variants']).toContain(row.contract.variant);
		else expect(row.contract.variant).toBeUndefined();
		expect(row.planLimited ?? false).toBe(operation['x-plan-limited'] ?? false);
		for (const number of row.rows) {
			const documented = ROWS.find((candidate) => candidate.row === number);
			expect(`${documented?.method} ${documented?.path.replace(/:(\w+)/g, '{$1}').split('?')[0]}`).toBe(row.route);
			expect([documented?.operationId, documented?.variant ?? undefined]).toEqual([
				row.contract.operationId,
				row.contract.variant,
			]);
		}
	});

	test('has every field that the contract requires, and none that it does not know', () => {
		const places = { path: parameters(operation, 'path'), query: parameters(operation, 'query'), body: body(row) };
		for (const place of ['path', 'query', 'body'] as const) {
			const fields = row.fields.filter((field) => field.in === place);
			compare(fields, places[place], Object.keys(place === 'body' ? (row.fixed ?? {}) : {}), place);
		}
	});

	test('says where a list lies as the contract does, and finds it in its example', () => {
		const { schema, example } = operation.responses?.['200']?.content?.['application/json'] ?? {};
		const known = schema ? resolve(schema)['x-items-at'] : undefined;
		if (known) expect(row.itemsAt).toEqual(known);
		expect(row.page).toBe(row.fields.find(({ name }) => name === 'limit')?.max);
		if (row.page) expect(row.itemsAt).toBeDefined();
		const isEmpty = JSON.stringify(example ?? {}).includes('[]') || example === undefined;
		if (row.itemsAt && row.route.startsWith('GET') && !isEmpty) expect(readItems(row, example)).toHaveLength(1);
	});

	test('has pickers that find their value in a record of the list', () => {
		for (const { pick, name } of row.fields) {
			if (!pick) continue;
			const list = OPERATIONS.find(({ id }) => id === pick.from);
			const example = list && inContract(list).responses?.['200']?.content?.['application/json']?.example;
			for (const record of list ? readItems(list, example) : [])
				expect([name, readText(record, ...pick.value)]).toEqual([name, expect.stringMatching(/./)]);
		}
	});

	test('speaks to people: descriptions, labels, help and examples', () => {
		expect(row.description).toMatch(/^[A-Z].{10,118}\.$/u);
		expect(row.label).toMatch(/^[A-Z][^.]+$/u);
		expect(row.operation).toMatch(/^[A-Z][^.]*$/u);
		expect(twice(row.fields.map(fieldLabel))).toEqual([]);
		for (const field of allFields(row.fields)) {
			expect(field.help).toMatch(/^["A-Z0-9].{0,118}\.$/u);
			expect(field.example).toBeDefined();
			if (field.type === 'boolean') expect(field.help).toMatch(/^Whether /);
			expect(fieldLabel(field)).toMatch(/^[A-Z][A-Za-z0-9 ()-]*$/);
		}
	});
});

const allFields = (fields: readonly Field[]): Field[] =>
	fields.flatMap((field) => [field, ...allFields(field.fields ?? [])]);

function parameters({ parameters }: ContractOperation, place: string): Shape {
	const here = parameters.filter((parameter) => parameter.in === place);
	return {
		properties: new Map(here.map(({ name, schema }) => [name, [schema]])),
		required: new Set(here.flatMap(({ name, required }) => (required ? [name] : []))),
	};
}

/** Kinds of one endpoint can be mixed in a body, so a row may know a field of its neighbours; which kind it then is, requests.test.ts sees. */
function body(row: Operation): Shape {
	const operation = inContract(row);
	const { required } = shape(bodySchema(operation, row.contract.variant, row.multipart));
	return { properties: shape(bodySchema(operation, undefined, row.multipart)).properties, required };
}

function compare(fields: readonly Field[], known: Shape, given: readonly string[], path: string): void {
	const names = fields.map(({ name }) => name);
	expect([path, twice([...names, ...given])]).toEqual([path, []]);
	// A spread object of a body whose fields nobody published has no name in the contract.
	const free = fields.some(({ spread }) => spread) && known.properties.size === 0;
	const invented = [...names, ...given].filter((name) => !free && !known.properties.has(name));
	expect([path, invented]).toEqual([path, []]);
	const sure = new Set([...given, ...fields.filter(({ required }) => required).map(({ name }) => name)]);
	expect([path, [...known.required].filter((name) => !sure.has(name))]).toEqual([path, []]);
	for (const field of fields) {
		const inside = inner(known.properties.get(field.name) ?? []);
		if (field.fields && inside.properties.size > 0) compare(field.fields, inside, [], `${path}.${field.name}`);
	}
}
