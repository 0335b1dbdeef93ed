import type { ErrorObject } from 'ajv';
import { isObject } from './json';

/** Ajv's errors as sentences that name the field, what was expected and what came. */
export function explain(where: string, errors: readonly ErrorObject[]): string[] {
	return [...new Set(withoutNoise(errors).map((error) => sentence(where, error)))];
}

/** Errors that a person needs: of alternatives, only the one that was meant. */
export function withoutNoise(errors: readonly ErrorObject[]): ErrorObject[] {
	return errors.filter((error) => !errors.some((other) => other !== error && covers(other, error, errors)));
}

function covers(outer: ErrorObject, inner: ErrorObject, all: readonly ErrorObject[]): boolean {
	const isChoice = ['anyOf', 'oneOf'].includes(outer.keyword) && inner.keyword === 'required';
	if (isChoice && outer.instancePath === inner.instancePath) {
		if (alternatives(outer).includes(String(inner.params['missingProperty']))) return true;
	}
	if (outer.keyword === 'oneOf' && inner.schemaPath.startsWith(`${outer.schemaPath}/`)) {
		const branch = inner.schemaPath.slice(0, inner.schemaPath.indexOf('/', outer.schemaPath.length + 1));
		return all.some((error) => ['const', 'not'].includes(error.keyword) && error.schemaPath.startsWith(`${branch}/`));
	}
	// A oneOf of which one branch was meant says nothing beside that branch's own errors.
	return inner.keyword === 'oneOf' && outer.schemaPath.startsWith(`${inner.schemaPath}/`) && !covers(inner, outer, all);
}

/** The fields one of which is enough: asked for by `Has_…` schemas or by `required` in each alternative. */
function alternatives(error: ErrorObject): string[] {
	const options: unknown[] = Array.isArray(error.schema) ? error.schema : [];
	const required = options.flatMap((option): unknown[] =>
		isObject(option) && !('properties' in option) && Array.isArray(option['required']) ? option['required'] : [],
	);
	return [...refNames(options).flatMap((name) => name.slice('Has_'.length).split('_and_')), ...required.map(String)];
}

const refNames = (options: unknown): string[] =>
	(Array.isArray(options) ? options : [])
		.map((option: unknown) => (isObject(option) ? String(option['$ref']).split('/').pop() : undefined))
		.filter((name) => name?.startsWith('Has_') === true)
		.map(String);

function sentence(where: string, error: ErrorObject): string {
	const field = error.instancePath.slice(1).replaceAll('/', '.');
	const subject = field === '' ? where : `${where}.${field}`;
	const description: unknown = isObject(error.parentSchema) ? error.parentSchema['description'] : undefined;
	const hint = typeof description === 'string' ? ` (${description.replace(/\.$/, '')})` : '';
	const but = `, but is ${show(error.data)}`;
	const { params } = error;
	switch (error.keyword) {
		case 'required':
			return `${subject}.${String(params['missingProperty'])} is required`;
		case 'type':
			return `${subject} must be of type ${String(params['type']).replaceAll(',', ' or ')}${hint}${but}`;
		case 'pattern':
			return `${subject} must match ${String(params['pattern'])}${hint}${but}`;
		case 'format':
			return `${subject} must be a valid ${String(params['format'])}${hint}${but}`;
		case 'enum':
			return `${subject} must be one of ${(params['allowedValues'] as unknown[]).map(show).join(', ')}${hint}${but}`;
		case 'const':
			return `${subject} must be ${show(params['allowedValue'])}${hint}${but}`;
		case 'additionalProperties':
			return `${subject}.${String(params['additionalProperty'])} is not a known field`;
		case 'not': {
			const present = refNames(isObject(error.schema) ? error.schema['anyOf'] : undefined)
				.map((name) => name.slice('Has_'.length))
				.filter((name) => isObject(error.data) && name in error.data);
			return present.length === 0
				? `${subject} is of another form`
				: `${subject}.${present.join(', ')} must not be given here`;
		}
		case 'anyOf':
		case 'oneOf': {
			const names = alternatives(error);
			return names.length === 0
				? `${subject} fits none of the allowed forms${hint}${but}`
				: `${subject} needs one of ${names.join(', ')}`;
		}
		default:
			return `${subject} ${error.message ?? 'is not allowed'}${hint}${but}`;
	}
}

function show(value: unknown): string {
	const text = JSON.stringify(value) ?? 'nothing';
	return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
