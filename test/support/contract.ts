import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';

/** The little of JSON Schema that tests look into. */
export interface Schema {
	$ref?: string;
	type?: string | string[];
	allOf?: Schema[];
	oneOf?: Schema[];
	properties?: Record<string, Schema>;
	required?: string[];
	items?: Schema;
	'x-items-at'?: string[];
}
interface Parameter {
	name: string;
	in: string;
	required?: boolean;
	schema: Schema;
	$ref?: string;
}
interface Content {
	content?: Record<string, { schema?: Schema; example?: unknown }>;
}
export interface ContractOperation {
	operationId: string;
	method: string;
	path: string;
	parameters: Parameter[];
	requestBody?: Content;
	responses?: Record<string, Content>;
	'x-variants'?: string[];
	'x-alternate-path'?: string;
	'x-plan-limited'?: boolean;
}
interface Contract {
	paths: Record<
		string,
		Record<string, Omit<ContractOperation, 'method' | 'path' | 'parameters'> & { parameters?: Parameter[] }>
	>;
	components: { parameters: Record<string, Parameter>; schemas: Record<string, Schema> };
}

const JSON_BODY = 'application/json';
const FORM_BODY = 'multipart/form-data';

const contract = parse(readFileSync(join(__dirname, '../../contract/messlo-api.openapi.yaml'), 'utf8')) as Contract;
const ajv = new Ajv2020({ strict: false, allErrors: true, coerceTypes: false });
addFormats(ajv);
ajv.addSchema(contract, 'contract');
/** Query, path and form values arrive as text. */
const coercing = new Ajv2020({ strict: false, coerceTypes: true });
addFormats(coercing);
coercing.addSchema(contract, 'contract');

const resolveParameter = (parameter: Parameter): Parameter => {
	const name = parameter.$ref?.split('/').at(-1);
	return (name === undefined ? undefined : contract.components.parameters[name]) ?? parameter;
};

/** Every operation of the contract. */
export const CONTRACT: readonly ContractOperation[] = Object.entries(contract.paths).flatMap(([path, verbs]) =>
	Object.entries(verbs).map(([method, operation]) => ({
		...operation,
		method: method.toUpperCase(),
		path,
		parameters: (operation.parameters ?? []).map(resolveParameter),
	})),
);

/** Literal paths first: /api/automation/statistics is no flow. */
const routes = CONTRACT.map((operation) => ({
	operation,
	pattern: new RegExp(`^${operation.path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`),
	literals: operation.path.split('/').filter((part) => !part.startsWith('{')).length,
})).sort((a, b) => b.literals - a.literals);

/** The schema behind a reference. */
export function resolve(schema: Schema): Schema {
	const name = schema.$ref?.split('/').at(-1);
	return name === undefined ? schema : resolve(contract.components.schemas[name] ?? {});
}

/** The body that an operation takes, of one variant where there are several. */
export function bodySchema(operation: ContractOperation, variant?: string, multipart?: boolean): Schema | undefined {
	if (variant !== undefined) return contract.components.schemas[variant];
	return operation.requestBody?.content?.[multipart ? FORM_BODY : JSON_BODY]?.schema;
}

const compiled = new Map<Ajv2020, Map<object, ValidateFunction>>([
	[ajv, new Map()],
	[coercing, new Map()],
]);
function validator(schema: object, from: Ajv2020): ValidateFunction {
	const known = compiled.get(from)?.get(schema);
	if (known) return known;
	const made = from.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"contract#/')) as object);
	compiled.get(from)?.set(schema, made);
	return made;
}
/** Coercion needs an object to write into; one wrapper a schema keeps the cache working. */
const wrappers = new Map<object, object>();
function wrapped(schema: object): object {
	const wrapper = wrappers.get(schema) ?? { type: 'object', properties: { value: schema } };
	wrappers.set(schema, wrapper);
	return wrapper;
}
const references = new Map<string, object>();
function reference(variant: string): object {
	const known = references.get(variant) ?? { $ref: `#/components/schemas/${variant}` };
	references.set(variant, known);
	return known;
}

/** What the contract has against the body of a 200. */
export function answerFaults(operationId: string, body: unknown): string[] {
	const operation = CONTRACT.find((candidate) => candidate.operationId === operationId);
	const content = Object.values(operation?.responses?.['200']?.content ?? {});
	const schema = content[0]?.schema;
	if (!schema) return [`${operationId} has no schema for its answer`];
	const check = validator(schema, ajv);
	return check(body) ? [] : [ajv.errorsText(check.errors)];
}

type Part = { name: string; value: string } | { name: string; file: string };

export interface Judged {
	method: string;
	path: string;
	body?: unknown;
	form?: readonly Part[];
}

export interface Judgement {
	operationId: string | undefined;
	/** Variants of the body's schema that accept it; the whole body's validity when there are none. */
	variants: string[];
	faults: string[];
}

/** What the OpenAPI contract says of a request: which operation and variants take it, and every fault. */
export function judge(request: Judged): Judgement {
	const url = new URL(request.path, 'http://contract');
	const found = match(request.method, url.pathname);
	if (!found)
		return { operationId: undefined, variants: [], faults: [`no ${request.method} ${url.pathname} in the contract`] };
	const { operation, pathValues } = found;
	const faults = [...parameterFaults(operation, pathValues, url.searchParams)];
	const schema = operation.requestBody?.content?.[request.form ? FORM_BODY : JSON_BODY]?.schema;
	if (!schema) {
		if (request.form) faults.push('takes no form');
		else if (request.body !== undefined) faults.push('takes no body');
		return { operationId: operation.operationId, variants: [], faults };
	}
	const [from, body] = request.form ? [coercing, formValue(request.form, schema)] : [ajv, request.body];
	const named = JSON.stringify(schema);
	const variants = (operation['x-variants'] ?? []).filter(
		(variant) => named.includes(`/${variant}"`) && validator(reference(variant), from)(body),
	);
	const check = validator(schema, from);
	if (!check(body)) faults.push(`body: ${from.errorsText(check.errors)}`);
	return { operationId: operation.operationId, variants, faults };
}

function* parameterFaults(
	{ parameters }: ContractOperation,
	pathValues: Record<string, string>,
	query: URLSearchParams,
): Generator<string> {
	// An object in the query is spread: its fields stand there themselves.
	const spread = parameters.some(({ in: place, schema }) => place === 'query' && schema.type === 'object');
	for (const { name, in: place, required, schema } of parameters) {
		const value = place === 'path' ? pathValues[name] : (query.get(name) ?? undefined);
		if (value === undefined) {
			if (required) yield `${place} ${name} is required`;
			continue;
		}
		const check = validator(wrapped(schema), coercing);
		if (!check({ value })) yield `${place} ${name}: ${coercing.errorsText(check.errors)}`;
	}
	for (const name of query.keys())
		if (!spread && !parameters.some((parameter) => parameter.in === 'query' && parameter.name === name))
			yield `query ${name} is not in the contract`;
}

/** A form as the object its schema describes: files as text, parts of one name as a list where the schema wants one. */
function formValue(form: readonly Part[], schema: Schema): Record<string, unknown> {
	const lists = new Set(
		[resolve(schema), ...(resolve(schema).allOf ?? []).map(resolve)].flatMap(({ properties = {} }) =>
			Object.keys(properties).filter((name) => properties[name]?.type === 'array'),
		),
	);
	const value: Record<string, unknown> = {};
	for (const part of form) {
		const content = 'file' in part ? `(file ${part.file})` : part.value;
		if (lists.has(part.name)) value[part.name] = [...((value[part.name] as unknown[] | undefined) ?? []), content];
		else value[part.name] = content;
	}
	return value;
}

function match(method: string, path: string) {
	for (const { operation, pattern } of routes) {
		const found = operation.method === method ? pattern.exec(path) : null;
		if (found)
			return {
				operation,
				pathValues: Object.fromEntries(
					Object.entries(found.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]),
				),
			};
	}
	return undefined;
}
