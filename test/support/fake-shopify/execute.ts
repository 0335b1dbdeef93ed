import { argumentsOf, type Document, type Selection, type Value } from './graphql-document';
import { fieldsOf, TYPES, unfolded } from './schema';

export type Resolve = (args: Record<string, Value>) => unknown;

interface Running {
	document: Document;
	variables: Record<string, Value>;
	/** Throws for a field that the key may not see. */
	onField(type: string, field: string): void;
}

/** Answers exactly the fields asked for. `roots` are functions; below them are plain objects, connections plain lists. */
export function execute(running: Running, roots: Record<string, Resolve>): Record<string, unknown> {
	const type = running.document.operation === 'mutation' ? 'Mutation' : 'QueryRoot';
	return Object.fromEntries(
		fieldsOf(running.document, type, running.document.selections).map(({ field }) => {
			const args = argumentsOf(field, running.variables);
			const value = roots[field.name]?.(args);
			return [field.name, shaped(running, type, field.name, args, value, field.selections)];
		}),
	);
}

function shaped(
	running: Running,
	on: string,
	name: string,
	args: Record<string, Value>,
	value: unknown,
	selections: readonly Selection[] | undefined,
): unknown {
	running.onField(on, name);
	const known = TYPES.get(on)?.get(name);
	if (!known?.type || selections === undefined) return value ?? null;
	if (known.kind === 'connection') return connection(running, known.type, args, listOf(value), selections);
	const { type } = known;
	const first = typeof args['first'] === 'number' ? args['first'] : Infinity;
	if (known.kind === 'list')
		return listOf(value)
			.slice(0, first)
			.map((each) => object(running, type, each, selections));
	return value == null ? null : object(running, type, value, selections);
}

function object(running: Running, type: string, value: unknown, selections: readonly Selection[]): object {
	return Object.fromEntries(
		fieldsOf(running.document, type, selections).flatMap(({ field, on }) => {
			const of: unknown = Reflect.get(Object(value), field.name);
			// A field of another kind of discount.
			if (on !== type && of === undefined) return [];
			const args = argumentsOf(field, running.variables);
			return [[field.name, shaped(running, on, field.name, args, of, field.selections)]];
		}),
	);
}

function connection(
	running: Running,
	type: string,
	args: Record<string, Value>,
	all: readonly unknown[],
	selections: readonly Selection[],
): object {
	const start = typeof args['after'] === 'string' ? Number(Buffer.from(args['after'], 'base64').toString()) : 0;
	const end = start + Number(args['first']);
	const page = all.slice(start, end);
	const info = {
		hasNextPage: end < all.length,
		endCursor: page.length === 0 ? null : Buffer.from(String(start + page.length)).toString('base64'),
	};
	return Object.fromEntries(
		unfolded(running.document, type, selections).map((part) => [
			part.name,
			part.name === 'pageInfo'
				? object(running, 'PageInfo', info, part.selections ?? [])
				: page.map((each) => object(running, type, each, part.selections ?? [])),
		]),
	);
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
