import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { type Field, fieldLabel, titleCase } from '../../../catalog';
import { group } from './group';
import { type Layout, layoutOfEntry } from './layout';
import { pickerShape } from './picker-shape';
import { sentence } from './sentence';
import type { Shape } from './shape';
import { sorted } from './sorted';
import { widget } from './widget';

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
			return group(field, 'pairs', [
				{ displayName: 'Key', name: 'key', type: 'string', default: '', description: 'Name or position of the value' },
				{ displayName: 'Value', name: 'value', type: 'string', default: '', description: 'The value itself' },
			]);
		case 'entries':
			return group(field, 'entries', alphabetical(layoutProperties(layoutOfEntry(field.fields ?? []))));
		case 'picker':
		case 'pickers':
		case 'pickMany':
			return pickerShape(field);
	}
}

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
