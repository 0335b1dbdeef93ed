import type { ErrorObject, ValidateFunction } from 'ajv';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { explain, withoutNoise } from './explain';
import { isObject, type Json } from './json';
import { UploadedFile } from '../uploaded-file';
import type { Contract, Operation } from './read-contract';

export interface IncomingRequest {
	path: Record<string, string>;
	query: Record<string, unknown>;
	/** Without parameters: "application/json"; empty when the request has no body. */
	mediaType: string;
	body: unknown;
}

export interface Verdict {
	problems: string[];
	variant?: string;
	/** The query with numbers as numbers and truth values as such. */
	query: Record<string, unknown>;
	/** The body; of a form, with numbers as numbers and lists as lists. */
	body: unknown;
}

const ROOT = 'contract';

interface BodyVerdict {
	problems: string[];
	variant?: string;
	value?: unknown;
}

type BodySchema = Operation['bodies'][string];

/** Checks requests against the OpenAPI document; schemas are compiled when first needed. */
export class RequestChecker {
	private readonly ajv: Ajv2020;
	/** For forms, where everything arrives as text and a list of one as one. */
	private readonly coercing: Ajv2020;
	private readonly compiled = new Map<string, ValidateFunction>();

	constructor(contract: Contract) {
		this.ajv = validatorOf(contract, false);
		this.coercing = validatorOf(contract, 'array');
	}

	/** All that the contract has against a request; an empty list when it fits. */
	check(operation: Operation, request: IncomingRequest): Verdict {
		const query = { ...request.query };
		const problems: string[] = [];
		for (const parameter of operation.parameters) {
			const values: Record<string, unknown> = parameter.in === 'path' ? request.path : query;
			const value = asTyped(values[parameter.name], parameter.schema);
			if (value === undefined) {
				if (parameter.required) problems.push(`${parameter.in}.${parameter.name} is required`);
				continue;
			}
			if (parameter.in === 'query') query[parameter.name] = value;
			const validate = this.compile(`${operation.id} ${parameter.name}`, () => this.ajv.compile(parameter.schema));
			if (!validate(value)) problems.push(...explain(`${parameter.in}.${parameter.name}`, validate.errors ?? []));
		}
		const body = this.checkBody(operation, request);
		return {
			query,
			body: body.value ?? request.body,
			problems: [...problems, ...body.problems],
			...(body.variant && { variant: body.variant }),
		};
	}

	private checkBody(operation: Operation, request: IncomingRequest): BodyVerdict {
		const types = Object.keys(operation.bodies);
		if (request.mediaType === '') {
			return { problems: operation.bodyRequired ? [`a body is required (${types.join(' or ')})`] : [] };
		}
		if (types.length === 0) return { problems: [] };
		const schema = operation.bodies[request.mediaType];
		if (!schema) return { problems: [`content-type must be ${types.join(' or ')}, but is ${request.mediaType}`] };
		if (request.mediaType !== 'application/json') return this.checkForm(schema, request.body);
		if (schema.variants.length === 0) {
			const errors = this.errorsOf(schema.pointer, request.body);
			return { problems: explain('body', errors) };
		}
		return this.checkVariants(schema.variants, request.body);
	}

	private checkForm({ pointer, variants: [form] }: BodySchema, body: unknown): BodyVerdict {
		const parts = isObject(body) ? body : {};
		// A file stands as its name while it is checked: to the contract it is text.
		const value = mapParts(parts, (part) => (part instanceof UploadedFile ? part.name : part));
		const validate = this.compile(`form ${pointer}`, () => this.coercing.compile({ $ref: `${ROOT}${pointer}` }));
		const problems = validate(value) ? [] : explain('body', validate.errors ?? []);
		for (const [name, part] of Object.entries(parts)) {
			const files = [part].flat().filter((one) => one instanceof UploadedFile);
			if (files.length > 0) value[name] = Array.isArray(value[name]) ? files : files[0];
		}
		const variant = form?.split('/').pop();
		return { problems, value, ...(variant !== undefined && { variant }) };
	}

	private checkVariants(variants: string[], body: unknown): { problems: string[]; variant?: string } {
		const results = variants.map((ref) => ({ name: ref.split('/').pop() ?? ref, errors: this.errorsOf(ref, body) }));
		const matching = results.filter(({ errors }) => errors.length === 0).map(({ name }) => name);
		const [variant] = matching;
		if (matching.length === 1 && variant) return { problems: [], variant };
		if (matching.length > 1) return { problems: [`body fits several forms: ${matching.join(', ')}`] };
		const undecided = this.undecided(variants, body);
		if (undecided) return { problems: [undecided] };
		const [nearest] = results
			.map((result) => ({ ...result, distance: distance(result.errors) - this.likeness(result.name, body) }))
			.sort((a, b) => a.distance - b.distance);
		if (!nearest) return { problems: ['body fits no form'] };
		return { problems: explain('body', nearest.errors).map((text) => `${text} [as ${nearest.name}]`) };
	}

	private errorsOf(pointer: string, value: unknown): ErrorObject[] {
		const validate = this.compile(pointer, () => this.ajv.compile({ $ref: `${ROOT}${pointer}` }));
		return validate(value) ? [] : (validate.errors ?? []);
	}

	/** How many constant fields of the form (such as messageType) the body has right. */
	private likeness(name: string, body: unknown): number {
		if (!isObject(body)) return 0;
		return this.constants(`#/components/schemas/${name}`).filter(([field, value]) => value === body[field]).length * 15;
	}

	/** Where one field (such as messageType) tells the forms apart and does not say which: no form is nearer than another. */
	private undecided(variants: string[], body: unknown): string | undefined {
		const values = new Map<string, unknown[]>();
		for (const [field, value] of variants.flatMap((ref) => this.constants(ref))) {
			values.set(field, [...new Set([...(values.get(field) ?? []), value])]);
		}
		for (const [field, options] of values) {
			const value = isObject(body) ? body[field] : undefined;
			if (options.length < 2 || options.includes(value)) continue;
			const known = options.join(', ');
			return value === undefined
				? `body.${field} is required (one of ${known})`
				: `body.${field} must be one of ${known}, but is ${JSON.stringify(value)}`;
		}
		return undefined;
	}

	private constants(ref: string): [string, unknown][] {
		const form = this.ajv.getSchema(`${ROOT}${ref}`)?.schema;
		const parts = isObject(form) && Array.isArray(form['allOf']) ? form['allOf'].filter(isObject) : [];
		return parts
			.flatMap((part) => Object.entries(part['properties'] ?? {}))
			.flatMap(([field, schema]): [string, unknown][] =>
				isObject(schema) && 'const' in schema ? [[field, schema['const']]] : [],
			);
	}

	private compile(key: string, make: () => ValidateFunction): ValidateFunction {
		const known = this.compiled.get(key) ?? make();
		this.compiled.set(key, known);
		return known;
	}
}

function validatorOf(contract: Contract, coerceTypes: false | 'array'): Ajv2020 {
	const ajv = new Ajv2020({ strict: false, allErrors: true, verbose: true, validateFormats: true, coerceTypes });
	addFormats(ajv);
	ajv.addFormat('binary', true);
	// The document is OpenAPI, not a JSON Schema, so only its parts are validated.
	ajv.addSchema(contract.document, ROOT, false, false);
	return ajv;
}

const mapParts = (parts: Json, change: (part: unknown) => unknown): Json =>
	Object.fromEntries(
		Object.entries(parts).map(([name, part]) => [name, Array.isArray(part) ? part.map(change) : change(part)]),
	);

// A wrong messageType means another form; a missing or misspelt field is an ordinary mistake within the form.
const WEIGHTS: Record<string, number> = { const: 100, not: 50, required: 10, anyOf: 10 };
const distance = (errors: readonly ErrorObject[]): number =>
	withoutNoise(errors).reduce((sum, { keyword }) => sum + (WEIGHTS[keyword] ?? 1), 0);

/** A parameter as what its schema says: it arrives as text. */
function asTyped(value: unknown, { type }: Json): unknown {
	if (typeof value !== 'string') return value;
	if ((type === 'integer' || type === 'number') && /^-?\d+(\.\d+)?$/.test(value)) return Number(value);
	if (type === 'boolean' && /^(true|false)$/.test(value)) return value === 'true';
	return value;
}
