import type { Field, Operation } from '../../../catalog';
import { widget } from './widget';

/** Where the fields of a form stand: on it, or in a collection from which people add what they need. */
export interface Layout {
	direct: readonly Field[];
	collection: Collection;
	collected: readonly Field[];
}

export interface Collection {
	name: 'additionalFields' | 'filters' | 'updateFields';
	displayName: 'Additional Fields' | 'Filters' | 'Update Fields';
	placeholder: 'Add Field' | 'Add Filter';
}

const ADDITIONAL: Collection = { displayName: 'Additional Fields', name: 'additionalFields', placeholder: 'Add Field' };
const FILTERS: Collection = { displayName: 'Filters', name: 'filters', placeholder: 'Add Filter' };
const UPDATES: Collection = { displayName: 'Update Fields', name: 'updateFields', placeholder: 'Add Field' };

/** Of so few fields, each stands on the form even though only one of them must be given. */
const FEW = 2;

/** The layout of an operation's form. */
export function layoutOf(row: Operation): Layout {
	const fields = shown(row);
	const changes = /^(PUT|PATCH) /.test(row.route) || row.operation === 'Update';
	const either = row.anyOf !== undefined && row.anyOf.length <= FEW ? row.anyOf : [];
	const controls = new Set(fields.map(({ when }) => when?.field));
	const isDirect = (field: Field): boolean => {
		if (field.required) return true;
		// A default would be sent: where a record is changed, that would change more than people want.
		if (changes) return false;
		// A choice that shows other fields stands before them.
		return (
			field.shown === true ||
			field.when !== undefined ||
			controls.has(field.name) ||
			(either.includes(field.name) && isBlankable(field))
		);
	};
	return split(fields, isDirect, changes ? UPDATES : row.itemsAt ? FILTERS : ADDITIONAL);
}

/** The layout of an entry in a list: what can be left empty needs no adding. */
export const layoutOfEntry = (fields: readonly Field[]): Layout =>
	split(fields, (field) => field.required === true || field.when !== undefined || isBlankable(field), ADDITIONAL);

const split = (fields: readonly Field[], isDirect: (field: Field) => boolean, collection: Collection): Layout => ({
	direct: fields.filter(isDirect),
	collection,
	collected: fields.filter((field) => !isDirect(field)),
});

const BLANKABLE = new Set(['text', 'texts', 'pairs', 'entries', 'picker', 'pickers', 'pickMany', 'file']);
const isBlankable = (field: Field): boolean => BLANKABLE.has(widget(field));

/** Without the page fields, which Return All and Limit stand for. */
const shown = ({ fields, page }: Operation): readonly Field[] =>
	fields.filter(({ name }) => !page || (name !== 'page' && name !== 'limit'));
