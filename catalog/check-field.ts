import { FieldError } from './field-error';
import type { Field, FieldType, Values } from './operation';

/** Refuses a value that the field cannot take; `path` is where it stands. */
export function checkField(operation: string, field: Field, value: unknown, path = field.name): void {
	const refuse = (expected: string) => new FieldError(operation, path, expected);
	const { test, expected } = TYPES[field.type];
	if (!test(field.plus ? withoutPlus(value) : value)) throw refuse(`must be ${expected}`);
	if (field.choices && !field.choices.includes(String(value)))
		throw refuse(`must be one of ${field.choices.join(', ')}`);
	if (field.pattern && !field.pattern.test(String(value))) throw refuse(`has the wrong form: ${field.help}`);
	checkSize(field, value, refuse);
	if (field.type === 'list') checkEntries(operation, field, value as unknown[], path);
	else if (field.fields) checkFields(operation, field, value as Values, path);
}

/** Checks values against fields of an operation or of an object: unknown, missing, out of place, wrong. */
export function checkFields(
	operation: string,
	{ fields = [], open }: { fields?: readonly Field[]; open?: true },
	values: Values,
	path = '',
): void {
	const at = (name: string) => (path === '' ? name : `${path}.${name}`);
	const known = new Set(fields.map(({ name }) => name));
	for (const [name, value] of Object.entries(values))
		if (value !== undefined && !known.has(name) && !open)
			throw new FieldError(operation, at(name), `is not a field; it takes ${[...known].join(', ') || 'none'}`);
	for (const field of fields) {
		const value = own(values, field.name);
		if (!applies(field, fields, values)) {
			if (value !== undefined) throw new FieldError(operation, at(field.name), outOfPlace(field));
		} else if (value === undefined || value === '') {
			if (field.required || value === '') throw new FieldError(operation, at(field.name), `is missing: ${field.help}`);
		} else checkField(operation, field, value, at(field.name));
	}
}

/** Whether a field is taken beside these values: its `when` holds, absent fields counting as their defaults. */
export function applies(field: Field, fields: readonly Field[], values: Values): boolean {
	if (!field.when) return true;
	const { field: name, is } = field.when;
	const value = own(values, name) ?? fields.find((other) => other.name === name)?.default;
	return is.some((wanted) => wanted === value);
}

const outOfPlace = ({ when }: Field) => `is taken only when '${when?.field}' is ${when?.is.join(' or ')}`;

const own = (values: Values, name: string): unknown => (Object.hasOwn(values, name) ? values[name] : undefined);

function checkSize({ type, min, max }: Field, value: unknown, refuse: (expected: string) => FieldError): void {
	const [size, unit] =
		typeof value === 'number'
			? [value, '']
			: Array.isArray(value)
				? [value.length, ' entries']
				: // WhatsApp counts characters, not UTF-16 units.
					[typeof value === 'string' && type !== 'file' ? [...value].length : undefined, ' characters'];
	if (size === undefined) return;
	if (min !== undefined && size < min) throw refuse(`must be at least ${min}${unit}, not ${size}`);
	if (max !== undefined && size > max) throw refuse(`must be at most ${max}${unit}, not ${size}`);
}

function checkEntries(operation: string, field: Field, entries: unknown[], path: string): void {
	entries.forEach((entry, index) => {
		const at = `${path}.${index}`;
		if (field.fields) {
			if (!isObject(entry)) throw new FieldError(operation, at, `must be ${TYPES.object.expected}`);
			checkFields(operation, field, entry, at);
		} else if (field.items) {
			const { test, expected } = TYPES[field.items];
			if (!test(entry) || entry === '') throw new FieldError(operation, at, `must be ${expected}`);
		} else if (!isCell(entry)) throw new FieldError(operation, at, 'must be text, a number, true or false');
	});
	const { contains } = field;
	if (contains && !entries.some((entry) => contains.is.includes(String((entry as Values)[contains.field]))))
		throw new FieldError(operation, path, `must have an entry with ${contains.field} ${contains.is.join(' or ')}`);
}

const withoutPlus = (value: unknown) => (typeof value === 'string' ? value.replace(/^\+/, '') : value);

const isText = (value: unknown): value is string => typeof value === 'string';

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const isCell = (value: unknown): boolean =>
	isText(value) || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** Date.parse alone would make 31 February the 3rd of March. */
const isDay = (value: string): boolean => {
	const time = Date.parse(`${value}T00:00:00Z`);
	return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
};

const TYPES: Record<FieldType, { test: (value: unknown) => boolean; expected: string }> = {
	string: { test: isText, expected: 'text' },
	number: { test: (value) => typeof value === 'number' && Number.isFinite(value), expected: 'a number' },
	integer: { test: Number.isSafeInteger, expected: 'a whole number' },
	boolean: { test: (value) => typeof value === 'boolean', expected: 'true or false' },
	phone: {
		test: (value) => isText(value) && /^[0-9]{6,18}$/.test(value),
		expected: 'a phone number in international form, digits only, such as 919876543210',
	},
	email: {
		test: (value) => isText(value) && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value),
		expected: 'an e-mail address',
	},
	url: { test: (value) => isText(value) && /^https?:\/\/\S+$/.test(value), expected: 'an http(s) address' },
	date: {
		test: (value) => isText(value) && /^\d{4}-\d\d-\d\d$/.test(value) && isDay(value),
		expected: 'a day, YYYY-MM-DD',
	},
	dateTime: {
		test: (value) => isText(value) && TIME.test(value) && isDay(value.slice(0, 10)) && !Number.isNaN(Date.parse(value)),
		expected: 'a time with its zone, such as 2026-07-01T09:00:00Z',
	},
	list: { test: Array.isArray, expected: 'a list' },
	map: {
		test: (value) =>
			isObject(value) && Object.values(value).every((entry) => isText(entry) || typeof entry === 'number'),
		expected: 'an object of texts by key, such as {"1": "Ana"}',
	},
	object: { test: isObject, expected: 'an object' },
	file: { test: (value) => isText(value) && value !== '', expected: 'the name of a file' },
};
