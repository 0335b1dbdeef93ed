import { at, type Picker, readText } from '../../../catalog';

export interface Choice {
	name: string;
	value: string;
}

/** A record as a choice of a picker: `order_update (en_US, APPROVED)`; undefined when it is not to be chosen. */
export function readRecord({ value, label, where }: Picker, record: Record<string, unknown>): Choice | undefined {
	const id = readText(record, ...value);
	if (id === undefined || (where && !isWanted(where, record))) return undefined;
	const [name = id, ...rest] = label.map((path) => shown(at(record, path))).filter((text) => text !== '');
	return { name: rest.length === 0 ? name : `${name} (${rest.join(', ')})`, value: id };
}

const isWanted = ({ field, is }: NonNullable<Picker['where']>, record: Record<string, unknown>): boolean => {
	const value = readText(record, field);
	return value === undefined || is.includes(value.toLowerCase());
};

const shown = (value: unknown): string =>
	Array.isArray(value)
		? value.map(String).join(', ')
		: typeof value === 'string' || typeof value === 'number'
			? String(value)
			: '';
