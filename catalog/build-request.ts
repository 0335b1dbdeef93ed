import { checkFields } from './check-field';
import { FieldError } from './field-error';
import type { ApiRequest, Field, FormPart, Operation, Values } from './operation';

/** Turns a row and values into the HTTP request the API documents. Throws FieldError; never sends a value it does not know. */
export function buildRequest(operation: Operation, values: Values): ApiRequest {
	checkFields(operation.id, operation, values);
	const { anyOf } = operation;
	if (anyOf && !anyOf.some((name) => values[name] !== undefined))
		throw new FieldError(operation.id, anyOf.join("' or '"), 'is missing: give at least one of them');

	const [method = 'GET', route = '/'] = operation.route.split(' ');
	const query = new URLSearchParams(
		entries(operation, 'query', values).map(([name, value]): [string, string] => [name, String(value)]),
	);
	const suffix = query.size === 0 ? '' : `?${query.toString()}`;
	const path = fillPath(operation, route, values) + suffix;
	const fallback = operation.fallbackRoute?.split(' ')[1];
	return {
		method,
		path,
		...(fallback === undefined ? {} : { fallbackPath: fillPath(operation, fallback, values) + suffix }),
		...content(operation, values),
	};
}

function content(operation: Operation, values: Values): Pick<ApiRequest, 'body' | 'form'> {
	if (operation.fixed === undefined && !operation.fields.some((field) => field.in === 'body')) return {};
	const body = { ...Object.fromEntries(entries(operation, 'body', values)), ...operation.fixed };
	if (!operation.multipart) return { body };
	const files = new Set(operation.fields.filter(isFile).map(({ name }) => name));
	return { form: Object.entries(body).flatMap(([name, value]) => parts(name, value, files.has(name))) };
}

/** The values of one place in the row's order, spread ones opened. */
const entries = ({ fields }: Operation, place: Field['in'], values: Values): [string, unknown][] =>
	fields
		.filter((field) => field.in === place && values[field.name] !== undefined)
		.flatMap((field): [string, unknown][] => {
			const value = inApiForm(field, values[field.name]);
			return field.spread ? Object.entries(value as Values) : [[field.name, value]];
		});

/** A value as the API spells it: texts in a map where a sheet gives numbers, a plus before some phones; inside lists and objects too. */
function inApiForm(field: Field, value: unknown): unknown {
	if (field.plus) return `+${String(value).replace(/^\+/, '')}`;
	if (field.type === 'map')
		return Object.fromEntries(Object.entries(value as Values).map(([key, entry]) => [key, String(entry)]));
	const { fields } = field;
	if (!fields) return value;
	if (Array.isArray(value)) return value.map((entry) => inside(fields, entry as Values));
	return inside(fields, value as Values);
}

const inside = (fields: readonly Field[], values: Values): Values =>
	Object.fromEntries(
		Object.entries(values).map(([name, value]) => {
			const field = fields.find((candidate) => candidate.name === name);
			return [name, field && value !== undefined ? inApiForm(field, value) : value];
		}),
	);

function fillPath({ id }: Operation, route: string, values: Values): string {
	return route.replace(/\{(\w+)\}/g, (_, name: string) => {
		const value = String(values[name]);
		// A segment of dots survives percent-encoding and would lead to another endpoint.
		if (/^\.+$/.test(value) || !value.isWellFormed()) throw new FieldError(id, name, `cannot be '${value}'`);
		return encodeURIComponent(value);
	});
}

const isFile = ({ type, items }: Field): boolean => type === 'file' || items === 'file';

/** Parts of one field: a file each, else text, nested values as JSON text. */
function parts(name: string, value: unknown, file: boolean): FormPart[] {
	if (file) return [value].flat().map((handle) => ({ name, file: String(handle) }));
	return [{ name, value: typeof value === 'object' ? JSON.stringify(value) : String(value) }];
}
