import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { isObject, type Json } from './json';

export interface Parameter {
	name: string;
	in: 'path' | 'query';
	required: boolean;
	schema: Json;
}

export interface Operation {
	id: string;
	method: string;
	/** As in the contract: "/api/contacts/{id}". */
	path: string;
	needsKey: boolean;
	parameters: Parameter[];
	/** JSON pointers to the schemas of its bodies, by media type. */
	bodies: Record<string, { pointer: string; variants: string[] }>;
	bodyRequired: boolean;
	/** Page size of the vendor's client, taken as the default. */
	pageSize: number;
}

export interface Contract {
	document: Json;
	operations: Operation[];
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];
const cache = new Map<string, Contract>();

/** Reads the OpenAPI document once a process. */
export function readContract(file: string): Contract {
	const known = cache.get(file);
	if (known) return known;
	const document: unknown = parse(readFileSync(file, 'utf8'));
	if (!isObject(document)) throw new Error(`${file} is not an OpenAPI document.`);
	const contract = { document, operations: readOperations(document) };
	cache.set(file, contract);
	return contract;
}

function readOperations(document: Json): Operation[] {
	const operations: Operation[] = [];
	for (const [path, item] of Object.entries(child(document, 'paths'))) {
		if (!isObject(item)) continue;
		for (const method of METHODS) {
			const row = item[method];
			if (isObject(row)) operations.push(readOperation(document, path, method, row));
		}
	}
	return operations;
}

function readOperation(document: Json, path: string, method: string, row: Json): Operation {
	const requestBody = child(row, 'requestBody');
	const pointer = `#/paths/${escapePointer(path)}/${method}/requestBody/content`;
	const bodies = Object.entries(child(requestBody, 'content')).map(([type, content]) => {
		const schema = isObject(content) ? child(content, 'schema') : {};
		const variants = list(schema['oneOf']).map((option) => String(option['$ref']));
		return [type, { pointer: `${pointer}/${escapePointer(type)}/schema`, variants }] as const;
	});
	return {
		id: String(row['operationId']),
		method: method.toUpperCase(),
		path,
		needsKey: list(row['security'] ?? document['security']).some((way) => 'ApiKeyHeader' in way),
		parameters: list(row['parameters']).map((parameter) => readParameter(resolve(document, parameter))),
		bodies: Object.fromEntries(bodies),
		bodyRequired: requestBody['required'] === true,
		pageSize: typeof row['x-client-page-size'] === 'number' ? row['x-client-page-size'] : 20,
	};
}

const readParameter = (parameter: Json): Parameter => ({
	name: String(parameter['name']),
	in: parameter['in'] === 'path' ? 'path' : 'query',
	required: parameter['required'] === true,
	schema: child(parameter, 'schema'),
});

function resolve(document: Json, node: Json): Json {
	const ref = node['$ref'];
	if (typeof ref !== 'string') return node;
	return ref.slice(2).split('/').reduce(child, document);
}

const child = (node: Json, name: string): Json => {
	const found = node[name];
	return isObject(found) ? found : {};
};
const list = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isObject) : []);
const escapePointer = (text: string): string =>
	encodeURIComponent(text.replaceAll('~', '~0').replaceAll('/', '~1')).replaceAll('%7E', '~');
