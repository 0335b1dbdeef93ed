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
	/** Key or not: another proof is in the request itself, or none is asked for. */
	keyOptional: boolean;
	parameters: Parameter[];
	/** JSON pointers to the schemas of its bodies, by media type. */
	bodies: Record<string, { pointer: string; variants: string[] }>;
	bodyRequired: boolean;
	/** Page size of the vendor's client, taken as the default. */
	pageSize: number;
	/** Where a list's array lies in the answer, such as "data.contacts". */
	itemsAt: string;
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
		// A form is one variant of its own.
		const options = type === 'application/json' ? list(schema['oneOf']) : [schema];
		const variants = options.flatMap(({ $ref: ref }) => (typeof ref === 'string' ? [ref] : []));
		return [type, { pointer: `${pointer}/${escapePointer(type)}/schema`, variants }] as const;
	});
	const ways = list(row['security'] ?? document['security']);
	return {
		id: String(row['operationId']),
		method: method.toUpperCase(),
		path,
		needsKey: ways.some((way) => 'ApiKeyHeader' in way),
		keyOptional: ways.some((way) => Object.keys(way).length === 0 || 'SubscribeToken' in way),
		parameters: list(row['parameters']).map((parameter) => readParameter(document, resolve(document, parameter))),
		bodies: Object.fromEntries(bodies),
		bodyRequired: requestBody['required'] === true,
		pageSize: typeof row['x-client-page-size'] === 'number' ? row['x-client-page-size'] : 20,
		itemsAt: readItemsAt(document, row),
	};
}

/** The best of the places where the answer's schema, or one of its alternatives, says that a list may lie. */
function readItemsAt(document: Json, row: Json): string {
	const schema = ['responses', '200', 'content', 'application/json', 'schema'].reduce(child, row);
	const alternatives = [schema, ...list(schema['anyOf'])].map((option) => resolve(document, option));
	const places = alternatives.flatMap((option): unknown[] =>
		Array.isArray(option['x-items-at']) ? option['x-items-at'] : [],
	);
	// "" is the whole body, which would leave no room for the paging.
	const best = places.find((place) => place !== '');
	return typeof best === 'string' ? best : 'data';
}

const readParameter = (document: Json, parameter: Json): Parameter => ({
	name: String(parameter['name']),
	in: parameter['in'] === 'path' ? 'path' : 'query',
	required: parameter['required'] === true,
	schema: resolve(document, child(parameter, 'schema')),
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
