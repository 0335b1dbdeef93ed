import type { IDataObject } from 'n8n-workflow';
import { at } from '../../../catalog';

/** Of the database behind the API. */
const INTERNAL = new Set(['_id', '__v']);

type Json = Readonly<Record<string, unknown>>;

/** What a step on a canvas or an agent needs: no empty values, no database internals, of nested records their own values. */
export function simplify(record: Json, nested = false): IDataObject {
	const { _id } = record;
	const id = _id === undefined ? {} : { id: _id };
	const kept = Object.entries(record)
		.filter(([key, value]) => !INTERNAL.has(key) && !(nested && typeof value === 'object'))
		.map(([key, value]): [string, unknown] => [key, brief(value)])
		.filter(([, value]) => !isEmpty(value));
	return { ...id, ...Object.fromEntries(kept) } as IDataObject;
}

function brief(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(brief);
	if (!isObject(value)) return value;
	return simplify(value, '_id' in value);
}

/** The fields that somebody named, by dot path; what a record does not have is left out. */
export const selectFields = (record: Json, paths: readonly string[]): IDataObject =>
	Object.fromEntries(
		paths
			.map((path) => [path, at(record, path) ?? (path === 'id' ? record['_id'] : undefined)])
			.filter(([, value]) => value !== undefined),
	) as IDataObject;

const isEmpty = (value: unknown): boolean =>
	value === undefined ||
	value === null ||
	value === '' ||
	(typeof value === 'object' && Object.keys(value).length === 0);

const isObject = (value: unknown): value is Json =>
	typeof value === 'object' && value !== null && !(value instanceof Date);
