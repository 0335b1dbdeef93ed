import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';

interface Parameter {
	name: string;
	in: string;
	required?: boolean;
	schema: object;
	$ref?: string;
}
interface ContractOperation {
	operationId: string;
	parameters?: Parameter[];
	requestBody?: { required?: boolean; content: Record<string, { schema: object }> };
	'x-variants'?: string[];
}
interface Contract {
	paths: Record<string, Record<string, ContractOperation>>;
	components: { parameters: Record<string, Parameter> };
}

const contract = parse(readFileSync(join(__dirname, '../../contract/messlo-api.openapi.yaml'), 'utf8')) as Contract;
const ajv = new Ajv2020({ strict: false, allErrors: true, coerceTypes: false });
addFormats(ajv);
ajv.addSchema(contract, 'contract');
/** Query and path values arrive as text. */
const coercing = new Ajv2020({ strict: false, coerceTypes: true });
addFormats(coercing);
coercing.addSchema(contract, 'contract');

const compiled = new Map<Ajv2020, Map<string, ValidateFunction>>([
	[ajv, new Map()],
	[coercing, new Map()],
]);
function validator(schema: object, from: Ajv2020): ValidateFunction {
	const key = JSON.stringify(schema).replaceAll('"#/', '"contract#/');
	const known = compiled.get(from)?.get(key) ?? from.compile(JSON.parse(key) as object);
	compiled.get(from)?.set(key, known);
	return known;
}

export interface Judgement {
	operationId: string | undefined;
	/** Variants of the body's schema that accept it; the whole body's validity when there are none. */
	variants: string[];
	faults: string[];
}

/** What the OpenAPI contract says of a request: which operation and variants take it, and every fault. */
export function judge(request: { method: string; path: string; body?: unknown }): Judgement {
	const url = new URL(request.path, 'http://contract');
	const found = match(request.method, url.pathname);
	if (!found)
		return { operationId: undefined, variants: [], faults: [`no ${request.method} ${url.pathname} in the contract`] };
	const { operation, pathValues } = found;
	const faults: string[] = [];
	const parameters = (operation.parameters ?? []).map(resolve);
	for (const { name, in: place, required, schema } of parameters) {
		const value = place === 'path' ? pathValues[name] : (url.searchParams.get(name) ?? undefined);
		if (value === undefined) {
			if (required) faults.push(`${place} ${name} is required`);
			continue;
		}
		const check = validator({ type: 'object', properties: { value: schema } }, coercing);
		if (!check({ value })) faults.push(`${place} ${name}: ${coercing.errorsText(check.errors)}`);
	}
	for (const name of url.searchParams.keys())
		if (!parameters.some((parameter) => parameter.in === 'query' && parameter.name === name))
			faults.push(`query ${name} is not in the contract`);
	const schema = operation.requestBody?.content['application/json']?.schema;
	const variants = (operation['x-variants'] ?? []).filter(
		(variant) => schema && validator({ $ref: `#/components/schemas/${variant}` }, ajv)(request.body),
	);
	if (schema) {
		const check = validator(schema, ajv);
		if (!check(request.body)) faults.push(`body: ${ajv.errorsText(check.errors)}`);
	}
	return { operationId: operation.operationId, variants, faults };
}

const resolve = (parameter: Parameter): Parameter => {
	const name = parameter.$ref?.split('/').at(-1);
	return (name === undefined ? undefined : contract.components.parameters[name]) ?? parameter;
};

function match(method: string, path: string) {
	for (const [template, verbs] of Object.entries(contract.paths)) {
		const pattern = new RegExp(`^${template.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);
		const found = pattern.exec(path);
		const operation = verbs[method.toLowerCase()];
		if (found && operation) return { operation, pathValues: { ...found.groups } as Record<string, string> };
	}
	return undefined;
}
