import type { ApiRequest, Field, FieldType, Operation, Values } from './operation';

/** A value that the operation cannot take: names the operation and the field, says what is expected. */
export class FieldError extends Error {
	override name = 'FieldError';
	constructor(
		readonly operation: string,
		readonly field: string,
		expected: string,
	) {
		super(`${operation}: '${field}' ${expected}`);
	}
}

/** Turns a row and values into the HTTP request the API documents. Throws FieldError; never sends a value it does not know. */
export function buildRequest(operation: Operation, values: Values): ApiRequest {
	const known = new Map(operation.fields.map((field) => [field.name, field]));
	for (const [name, value] of Object.entries(values))
		if (value !== undefined && !known.has(name))
			throw new FieldError(operation.id, name, `is not a field; it takes ${[...known.keys()].join(', ') || 'none'}`);
	for (const field of operation.fields) check(operation, field, values[field.name]);

	const [method = 'GET', template = '/'] = operation.route.split(' ');
	const given = (place: Field['in']) =>
		operation.fields.filter((field) => field.in === place && values[field.name] !== undefined);
	const path = template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(values[name])));
	const query = new URLSearchParams(
		given('query').map(({ name }): [string, string] => [name, String(values[name])]),
	).toString();
	const body = { ...operation.fixed, ...Object.fromEntries(given('body').map(({ name }) => [name, values[name]])) };
	const hasBody = operation.fixed !== undefined || operation.fields.some((field) => field.in === 'body');
	return { method, path: query === '' ? path : `${path}?${query}`, ...(hasBody ? { body } : {}) };
}

function check(operation: Operation, field: Field, value: unknown): void {
	if (value === undefined || value === '') {
		if (field.required || value === '') throw new FieldError(operation.id, field.name, `is missing: ${field.help}`);
		return;
	}
	const { test, expected } = TYPES[field.type];
	if (!test(value)) throw new FieldError(operation.id, field.name, `must be ${expected}`);
	if (field.choices && !field.choices.includes(String(value)))
		throw new FieldError(operation.id, field.name, `must be one of ${field.choices.join(', ')}`);
}

const TYPES: Record<FieldType, { test: (value: unknown) => boolean; expected: string }> = {
	string: { test: (value) => typeof value === 'string', expected: 'text' },
	number: { test: (value) => typeof value === 'number' && Number.isFinite(value), expected: 'a number' },
	boolean: { test: (value) => typeof value === 'boolean', expected: 'true or false' },
	phone: {
		test: (value) => typeof value === 'string' && /^[0-9]{6,18}$/.test(value),
		expected: 'a phone number in international form, digits only, such as 919876543210',
	},
	url: { test: (value) => typeof value === 'string' && /^https?:\/\/\S+$/.test(value), expected: 'an http(s) address' },
	list: { test: Array.isArray, expected: 'a list' },
	map: {
		test: (value) =>
			isObject(value) && Object.values(value).every((entry) => typeof entry === 'string' || typeof entry === 'number'),
		expected: 'an object of texts by key, such as {"1": "Ana"}',
	},
	json: { test: (value) => value !== null, expected: 'a value' },
};

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
