import { type Field, FieldError, type Values } from '../../../catalog';
import { type Layout, layoutOfEntry } from '../description/layout';
import { widget } from '../description/widget';
import { readPhone } from '../phone/read-phone';
import { parseJson } from './parse-json';
import { readTime } from './read-time';

/** What reading needs to know beside the value. */
export interface Reading {
	operation: string;
	/** Of the workflow, for times without a zone. */
	timezone: string;
	/** For phones without a country. */
	callingCode: string;
}

/** The values of a form or an entry: what stands on it and what its collection holds. */
export function readLayout(layout: Layout, raw: unknown, reading: Reading, path = ''): Values {
	const given = record(raw);
	const collected = record(given[layout.collection.name]);
	const value = (field: Field, from: Values): [string, unknown] => [
		field.name,
		fieldValue(field, from[field.name], reading, path + field.name),
	];
	return Object.fromEntries([
		...layout.direct.map((field) => value(field, given)),
		// A collection holds only what somebody added; an agent or an expression may still put a field beside it.
		...layout.collected.map((field) => value(field, { [field.name]: given[field.name], ...collected })),
	]);
}

/** The API's value for what the form holds; undefined for what was left empty. */
export function fieldValue(field: Field, raw: unknown, reading: Reading, path: string): unknown {
	if (raw === undefined || raw === null || raw === '') return undefined;
	switch (widget(field)) {
		case 'boolean':
			return raw === 'true' ? true : raw === 'false' ? false : raw;
		case 'number':
			return typeof raw === 'string' && raw.trim() !== '' ? Number(raw) : raw;
		case 'json':
			return readJson(raw, reading, path);
		case 'pairs':
			return notEmpty(readPairs(raw));
		case 'entries':
			return notEmpty(
				entriesIn(raw).map((entry, index) =>
					withoutBlanks(readLayout(layoutOfEntry(field.fields ?? []), entry, reading, `${path}.${index}.`)),
				),
			);
		case 'pickers':
			return notEmpty(
				entriesIn(raw).flatMap((entry) => texts(located(record(entry)['record'] ?? entry), field, reading, path)),
			);
		case 'pickMany':
		case 'texts':
			return notEmpty(texts(raw, field, reading, path));
		case 'file':
			return field.type === 'list' ? notEmpty(texts(raw, field, reading, path)) : String(raw).trim();
		case 'picker':
			return scalar(field.type, located(raw), reading, path);
		case 'dateTime':
		case 'options':
		case 'text':
			return scalar(field.type, raw, reading, path);
	}
}

/** One value of text; a number from a sheet or an expression is text too. */
function scalar(
	type: Field['type'],
	raw: unknown,
	{ operation, timezone, callingCode }: Reading,
	path: string,
): unknown {
	if (raw === undefined || raw === null || raw === '') return undefined;
	if (type === 'date' || type === 'dateTime') return readTime(raw, type, timezone);
	if (typeof raw === 'object') return raw;
	const text = String(raw);
	if (type === 'phone') {
		const phone = readPhone(text, callingCode);
		if (!phone.ok) throw new FieldError(operation, path, phone.reason);
		return phone.digits;
	}
	return type === 'url' || type === 'email' ? text.trim() : text;
}

/** A list as an array, or as text with commas. An address may hold commas itself. */
function texts(raw: unknown, field: Field, reading: Reading, path: string): unknown[] {
	const separator = field.items === 'url' ? /[\s,]+(?=https?:\/\/)/ : /[,\n]/;
	const parts: unknown[] = Array.isArray(raw)
		? raw
		: String(raw)
				.split(separator)
				.map((part) => part.trim());
	return parts
		.map((part, index) => scalar(field.items ?? 'string', part, reading, `${path}.${index}`))
		.filter((part) => part !== undefined);
}

function readJson(raw: unknown, { operation }: Reading, path: string): unknown {
	if (typeof raw !== 'string') return raw;
	const { value, problem } = parseJson(raw);
	if (problem !== undefined) throw new FieldError(operation, path, `must be JSON: ${problem}`);
	return value;
}

function readPairs(raw: unknown): Values {
	const { pairs } = record(raw);
	if (!Array.isArray(pairs)) return record(raw);
	return Object.fromEntries(
		pairs.map(record).flatMap(({ key, value }) => (key === undefined || key === '' ? [] : [[String(key), value]])),
	);
}

/** The entries of a fixed collection; an expression may give the bare list. */
function entriesIn(raw: unknown): unknown[] {
	if (Array.isArray(raw)) return raw;
	const { entries } = record(raw);
	return Array.isArray(entries) ? entries : [];
}

/** What a resource locator points at. */
const located = (raw: unknown): unknown => (record(raw)['__rl'] === undefined ? raw : record(raw)['value']);

const withoutBlanks = (values: Values): Values =>
	Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

const notEmpty = <Value extends object>(value: Value): Value | undefined =>
	Object.keys(value).length === 0 ? undefined : value;

const record = (value: unknown): Values =>
	typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Values) : {};
