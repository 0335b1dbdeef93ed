import type { Field } from '../../../catalog';

/** How a form shows a field: what the description builds and the execution reads. */
export type Widget =
	| 'boolean'
	| 'dateTime'
	/** A list of objects: one group of fields an entry. */
	| 'entries'
	/** The name of the item's binary field, or several. */
	| 'file'
	| 'json'
	| 'number'
	| 'options'
	/** An object of values by key. */
	| 'pairs'
	/** One record from a searchable list. */
	| 'picker'
	/** Several records, each from a searchable list. */
	| 'pickers'
	/** Several records from a list that is short enough to load whole. */
	| 'pickMany'
	| 'text'
	/** A list of texts or numbers, separated by commas. */
	| 'texts';

/** Accounts have some tags and templates, but tens of thousands of contacts. */
const LONG_LISTS = new Set(['contact.getMany']);

export function widget({ type, items, fields, editor, pick, choices }: Field): Widget {
	if (pick) return type !== 'list' ? 'picker' : LONG_LISTS.has(pick.from) ? 'pickers' : 'pickMany';
	if (choices) return 'options';
	switch (type) {
		case 'list':
			if (items === 'file') return 'file';
			if (editor === 'json' || items === 'object' || items === 'list') return 'json';
			return fields ? 'entries' : 'texts';
		case 'object':
			return editor === 'json' || fields ? 'json' : 'pairs';
		case 'map':
			return 'pairs';
		case 'number':
		case 'integer':
			return 'number';
		case 'date':
		case 'dateTime':
			return 'dateTime';
		case 'boolean':
		case 'file':
			return type;
		case 'string':
		case 'phone':
		case 'email':
		case 'url':
			return 'text';
	}
}
