import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';
import { type Field, OPERATIONS, type Operation } from '../../catalog';
import { nameOf } from '../../nodes/Messlo/description/operations';
import { finishes } from '../../nodes/Messlo/finishes';
import { Messlo } from '../../nodes/Messlo/Messlo.node';

const { description, methods } = new Messlo();
/** Those that people choose; the others are made by one of these. */
const MENU = OPERATIONS.filter(({ id }) => finishes[id]?.within === undefined);
const each = MENU.map((row) => [row.id, row] as const);
const twice = (texts: string[]) => texts.filter((text, index) => texts.indexOf(text) !== index);

/** The properties that the form of an operation can show. */
function formOf(row: Operation): INodeProperties[] {
	const { resource, operation } = nameOf(row);
	return description.properties.filter(
		({ displayOptions: { show } = {} }) =>
			show?.['resource']?.includes(resource) && show['operation']?.includes(operation),
	);
}

const isProperty = (
	option: INodePropertyOptions | INodeProperties | INodePropertyCollection,
): option is INodeProperties => 'type' in option;

/** A property with all that lies inside it. */
const inside = (property: INodeProperties): INodeProperties[] => [
	property,
	...(property.options ?? []).flatMap((option) =>
		'values' in option ? option.values.flatMap(inside) : isProperty(option) ? inside(option) : [],
	),
];

describe.each(each)('the form of %s', (_, row) => {
	const form = formOf(row);

	test('has a place for each field, none twice', () => {
		const names = form.flatMap(inside).map(({ name }) => name);
		const hidden = row.page ? ['page', 'limit'] : [];
		const wanted = row.fields.map(({ name }) => name).filter((name) => !hidden.includes(name));
		if (!finishes[row.id]?.form) expect(names).toEqual(expect.arrayContaining(wanted));
		expect(twice(form.map(({ name }) => name))).toEqual([]);
	});

	test('ends with what is optional: its collection, then how the request is made', () => {
		const kinds = form.map(({ type, name }) => (name === 'requestOptions' ? 'options' : type));
		expect(kinds.at(-1)).toBe('options');
		expect(kinds.filter((kind) => kind === 'collection').length).toBeLessThan(2);
	});

	test('explains each field to people and models, unless its name says all', () => {
		for (const property of form.flatMap(inside))
			if (!['collection', 'fixedCollection'].includes(property.type))
				expect([property.displayName, property.description ?? property.displayName]).not.toContain('');
	});
});

test('every operation is in the menu, in alphabetical order, undocumented ones marked', () => {
	const menus = description.properties.filter(({ name }) => name === 'operation');
	const options = menus.flatMap(({ options = [] }) => options as INodePropertyOptions[]);
	expect(options).toHaveLength(MENU.length);
	for (const { options = [] } of menus) {
		const names = options.map(({ name }) => name);
		expect(names).toEqual(names.toSorted((a, b) => a.localeCompare(b, 'en')));
	}
	const marked = options.filter(({ description }) => description?.includes('Not on the developer page'));
	expect(marked).toHaveLength(MENU.filter(({ rows }) => rows.length === 0).length);
});

test('no field of the API has a name that the form uses for itself', () => {
	const own = ['resource', 'operation', 'returnAll', 'simplify', 'output', 'outputFields', 'requestOptions'];
	const collections = ['additionalFields', 'filters', 'updateFields'];
	const named = (fields: readonly Field[]): string[] => fields.map(({ name }) => name);
	expect(
		OPERATIONS.flatMap(({ fields }) => named(fields)).filter((name) => [...own, ...collections].includes(name)),
	).toEqual([]);
});

test('each list of a picker has its method', () => {
	for (const property of description.properties.flatMap(inside)) {
		const { loadOptionsMethod } = property.typeOptions ?? {};
		if (loadOptionsMethod) expect(methods.loadOptions).toHaveProperty(loadOptionsMethod);
		for (const { typeOptions } of property.modes ?? [])
			if (typeOptions?.searchListMethod) expect(methods.listSearch).toHaveProperty(typeOptions.searchListMethod);
	}
});

test('the account and the login apps have a credential each', () => {
	expect(description.credentials?.map(({ name }) => name)).toEqual(['messloApi', 'messloLoginApi']);
	const ofLogin = OPERATIONS.filter(({ key }) => key === 'loginApp').map((row) => nameOf(row).resource);
	expect(new Set(ofLogin)).toEqual(new Set(['login']));
	expect(OPERATIONS.filter((row) => nameOf(row).resource === 'login' && row.key !== 'loginApp')).toEqual([]);
});
