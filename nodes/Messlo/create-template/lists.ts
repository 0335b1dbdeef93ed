import type { INodeProperties } from 'n8n-workflow';
import { type Field, FieldError, fieldLabel, type Operation, type Values } from '../../../catalog';
import { fieldValue, type Reading } from '../execute/field-value';

/** Lists that may also come as JSON or from an expression, by the parameter that takes them so. */
const PARAMETERS: Record<string, string> = {
	buttons: 'buttonsJson',
	carousel_cards: 'cardsJson',
	variable_examples: 'samplesJson',
};
export const LISTS = 'additionalFields';

/** The collection with the lists as JSON; undefined where there are none. */
export function listsProperty(fields: readonly Field[]): INodeProperties | undefined {
	const options = fields.flatMap((field): INodeProperties[] => {
		const name = PARAMETERS[field.name];
		if (name === undefined) return [];
		const label = fieldLabel(field);
		return [
			{
				displayName: `${label} (JSON)`,
				name,
				type: 'json',
				default: '[]',
				hint: `e.g. ${JSON.stringify(field.name === 'variable_examples' ? ['Ana', 'A-1042'] : field.example)}`,
				description: `${label} as a list, in place of the fields above; may come from an expression`,
			},
		];
	});
	return options.length === 0
		? undefined
		: {
				displayName: 'Additional Fields',
				name: LISTS,
				type: 'collection',
				placeholder: 'Add Field',
				default: {},
				options: options.toSorted((a, b) => a.displayName.localeCompare(b.displayName, 'en')),
			};
}

/** The lists of a template: each from its fields or from its JSON. Samples need no key, their place tells it. */
export function readLists(row: Operation, derived: Values, given: Values, reading: Reading): Values {
	const lists = row.fields.flatMap((field): [string, unknown][] => {
		const parameter = PARAMETERS[field.name];
		if (parameter === undefined) return [];
		const ofFields = derived[field.name];
		const ofJson = fieldValue({ ...field, editor: 'json' }, given[parameter], reading, field.name);
		const isEmpty = ofJson === undefined || (Array.isArray(ofJson) && ofJson.length === 0);
		if (!isEmpty && ofFields !== undefined)
			throw new FieldError(row.id, field.name, 'must be given either by its fields or as JSON, not by both');
		const list = isEmpty ? ofFields : ofJson;
		return [[field.name, field.name === 'variable_examples' ? withKeys(list) : list]];
	});
	return Object.fromEntries(lists);
}

/** From texts, from the API's own entries, or from an object by number. */
function withKeys(samples: unknown): unknown {
	if (samples === undefined) return undefined;
	if (!Array.isArray(samples))
		return typeof samples === 'object' && samples !== null
			? Object.entries(samples).map(([key, example]) => ({ key, example: textOf(example) }))
			: samples;
	return samples.map((sample: unknown, index) => {
		const entry = typeof sample === 'object' && sample !== null ? sample : { example: textOf(sample) };
		return { key: String(index + 1), ...entry };
	});
}

const textOf = (value: unknown): unknown => (typeof value === 'number' ? String(value) : value);
