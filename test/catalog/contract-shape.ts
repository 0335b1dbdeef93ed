import { resolve, type Schema } from '../support/contract';

/** What a schema says of an object: the fields it names, and those it always requires. */
export interface Shape {
	properties: Map<string, Schema[]>;
	required: Set<string>;
}

/** Reads a schema through references, allOf and oneOf; conditions (if, not, anyOf) are left to the validator. */
export function shape(schema: Schema | undefined): Shape {
	const all: Shape = { properties: new Map(), required: new Set() };
	if (!schema) return all;
	const { properties = {}, required = [], allOf = [], oneOf = [] } = resolve(schema);
	add(all, Object.entries(properties), required);
	for (const part of allOf.map(shape)) merge(all, part, part.required);
	const choices = oneOf.map(shape);
	const inEvery = [...(choices[0]?.required ?? [])].filter((name) => choices.every((one) => one.required.has(name)));
	for (const part of choices) merge(all, part, new Set(inEvery));
	return all;
}

/** What the entries of a list, or the inside of an object, look like in any of these schemas. */
export const inner = (schemas: readonly Schema[]): Shape => {
	const all: Shape = { properties: new Map(), required: new Set() };
	for (const schema of schemas) {
		const part = shape(resolve(schema).items ?? schema);
		merge(all, part, part.required);
	}
	return all;
};

function add(into: Shape, properties: [string, Schema][], required: Iterable<string>): void {
	for (const [name, schema] of properties) into.properties.set(name, [...(into.properties.get(name) ?? []), schema]);
	for (const name of required) into.required.add(name);
}

const merge = (into: Shape, { properties }: Shape, required: Set<string>): void =>
	add(
		into,
		[...properties].flatMap(([name, schemas]) => schemas.map((schema): [string, Schema] => [name, schema])),
		required,
	);
