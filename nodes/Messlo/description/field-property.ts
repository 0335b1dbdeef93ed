import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { type Field, fieldLabel, titleCase } from '../../../catalog';
import { searchMethod } from '../picker/method-name';
import { type Layout, layoutOfEntry } from './layout';
import { sentence } from './sentence';
import { widget } from './widget';

const DYNAMIC = 'expression</a>';
const EXPRESSIONS = '<a href="https://docs.n8n.io/code/expressions/">';

/** The properties of a form or of an entry: what stands on it, then the collection of the rest. */
export const layoutProperties = ({ direct, collection, collected }: Layout): INodeProperties[] => [
	...direct.map(fieldProperty),
	...(collected.length === 0
		? []
		: [
				{
					...collection,
					type: 'collection' as const,
					default: {},
					options: sorted(collected.map(fieldProperty), 'displayName'),
				},
			]),
];

/** The property of one field, shown where its `when` holds. */
export function fieldProperty(field: Field): INodeProperties {
	const { name, required, when } = field;
	const { description, ...rest } = shape(field);
	return {
		displayName: fieldLabel(field),
		name,
		...rest,
		...(description === fieldLabel(field) ? {} : { description }),
		...(required && widget(field) !== 'boolean' ? { required: true } : {}),
		...(when ? { displayOptions: { show: { [when.field]: [...when.is] } } } : {}),
	};
}

type Shape = Pick<INodeProperties, 'type' | 'default'> & Partial<INodeProperties>;

function shape(field: Field): Shape {
	const { help, example, min, max, type } = field;
	const description = sentence(help);
	switch (widget(field)) {
		case 'boolean':
			return { type: 'boolean', default: field.default ?? false, description };
		case 'number':
			return { type: 'number', default: field.default ?? min ?? 0, typeOptions: limits(min, max), description };
		case 'dateTime':
			return {
				type: 'dateTime',
				default: '',
				...(type === 'date' ? { typeOptions: { dateOnly: true } } : {}),
				description,
			};
		case 'options':
			return {
				type: 'options',
				default: field.default ?? field.choices?.[0] ?? '',
				options: choices(field),
				description,
			};
		case 'json':
			return {
				type: 'json',
				default: type === 'list' ? '[]' : '{}',
				hint: `e.g. ${JSON.stringify(example)}`,
				description,
			};
		case 'text':
			return {
				type: field.name === 'color' ? 'color' : 'string',
				default: field.default ?? '',
				...editor(field),
				placeholder: placeholder(field),
				description,
			};
		case 'texts':
			return {
				type: 'string',
				default: '',
				placeholder: `e.g. ${String(example)}`,
				description: sentence(help, 'Separate several with commas, or give a list by an expression'),
			};
		case 'file':
			return {
				displayName: type === 'list' ? 'Input Binary Fields' : 'Input Binary Field',
				type: 'string',
				default: 'data',
				description: sentence(
					type === 'list'
						? 'Names of the binary fields that hold the files, separated by commas'
						: 'Name of the binary field that holds the file',
					help,
				),
			};
		case 'pairs':
			return pairs(field, description);
		case 'entries':
			return {
				type: 'fixedCollection',
				default: {},
				placeholder: `Add ${singular(fieldLabel(field))}`,
				typeOptions: { multipleValues: true, sortable: true },
				options: [
					{
						displayName: singular(fieldLabel(field)),
						name: 'entries',
						values: alphabetical(layoutProperties(layoutOfEntry(field.fields ?? []))),
					},
				],
				description,
			};
		case 'picker':
			return { ...picker(field), description };
		case 'pickers':
			return {
				type: 'fixedCollection',
				default: {},
				placeholder: `Add ${singular(fieldLabel(field))}`,
				typeOptions: { multipleValues: true },
				options: [
					{
						displayName: singular(fieldLabel(field)),
						name: 'entries',
						values: [
							{
								displayName: singular(fieldLabel(field)),
								name: 'record',
								...picker(field),
								description: 'By ID, several can be given: separated by commas, or as a list by an expression',
							},
						],
					},
				],
				description,
			};
		case 'pickMany':
			return {
				displayName: `${singular(fieldLabel(field))} Names or IDs`,
				type: 'multiOptions',
				default: [],
				typeOptions: { loadOptionsMethod: searchMethod(field.pick ?? { from: '', value: [], label: [] }) },
				description: `${sentence(help)}. Choose from the list, or specify IDs using an ${EXPRESSIONS}${DYNAMIC}.`,
			};
	}
}

function picker({ pick, example }: Field): Shape {
	const value = pick?.value[0] ?? 'id';
	return {
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				...(pick ? { typeOptions: { searchListMethod: searchMethod(pick), searchable: true } } : {}),
			},
			{
				displayName: BY[value] ?? 'By ID',
				name: 'id',
				type: 'string',
				placeholder: `e.g. ${String([example].flat()[0])}`,
			},
		],
	};
}

/** What the second mode of a picker takes where that is no ID. */
const BY: Record<string, string> = { template_name: 'By Name', display_phone_number: 'By Number', slug: 'By Key' };

const pairs = (field: Field, description: string): Shape => ({
	type: 'fixedCollection',
	default: {},
	placeholder: `Add ${singular(fieldLabel(field))}`,
	typeOptions: { multipleValues: true },
	options: [
		{
			displayName: singular(fieldLabel(field)),
			name: 'pairs',
			values: [
				{ displayName: 'Key', name: 'key', type: 'string', default: '', description: 'Name or position of the value' },
				{ displayName: 'Value', name: 'value', type: 'string', default: '', description: 'The value itself' },
			],
		},
	],
	description,
});

const choices = ({ choices = [] }: Field): INodePropertyOptions[] =>
	sorted(
		choices.map((value) => ({ name: titleCase(value), value })),
		'name',
	);

const limits = (minValue?: number, maxValue?: number) => ({
	...(minValue === undefined ? {} : { minValue }),
	...(maxValue === undefined ? {} : { maxValue }),
});

const editor = ({ editor }: Field): Partial<INodeProperties> =>
	editor === 'lines' ? { typeOptions: { rows: 3 } } : editor === 'password' ? { typeOptions: { password: true } } : {};

const placeholder = ({ type, example }: Field): string =>
	type === 'email' ? 'name@email.com' : `e.g. ${String(example)}`;

/** n8n wants the fields of an entry in alphabetical order from the fifth on. */
const alphabetical = (properties: INodeProperties[]): INodeProperties[] =>
	properties.length < 5 ? properties : sorted(properties, 'displayName');

/** Collections and long choices are in alphabetical order, as in all of n8n. */
export const sorted = <Key extends string, Item extends Record<Key, string>>(items: Item[], key: Key): Item[] =>
	items.toSorted((a, b) => a[key].localeCompare(b[key], 'en'));

const singular = (label: string): string => label.replace(/ies$/, 'y').replace(/(?<!s)s$/, '');
