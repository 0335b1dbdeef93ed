import { notFound, Refusal } from '../refusal';
import type { Entry, State } from '../state';
import type { World } from '../world';
import { handler, type Handler } from './handler';
import { isSearched, listAnswer } from './paging';

type Fields = Record<string, unknown>;

/** Finds the record that an id names, or refuses with 404. */
export type Find = (state: State, id: string) => { _id: string };

export interface Rules {
	/** What one record is called in refusals. */
	noun: string;
	/** Fields that `search` looks through. */
	search?: readonly string[];
	/** Fields of which each value is taken only once. */
	unique?: readonly string[];
	/** Fields that hold the id, or ids, of other records. */
	references?: Readonly<Record<string, Find>>;
	/** Fields that are kept and never shown. */
	hidden?: readonly string[];
	/** What a new record has unless the caller says otherwise. */
	defaults?: Fields | ((world: World) => Fields);
}

/** Which operations of the contract do the plain things to a collection. */
export interface Served {
	list?: string;
	create?: string;
	get?: string;
	/** Each changes the fields that the body has: an update, a switch, a state. */
	update?: string | readonly string[];
	remove?: string;
	/** `{ids}` in the body. */
	removeMany?: string;
}

const PAGING = ['page', 'limit', 'search'];

/** Records of one kind, and the handlers that list, make, read, change and remove them. */
export class Collection {
	constructor(
		private readonly name: string,
		private readonly rules: Rules,
	) {}

	all(state: State): Entry[] {
		const known = state.collections.get(this.name) ?? [];
		state.collections.set(this.name, known);
		return known;
	}

	readonly find = (state: State, id: string): Entry => {
		const entry = this.all(state).find(({ _id }) => _id === id);
		if (!entry) throw notFound(`${this.rules.noun} ${id}`);
		return entry;
	};

	/** Adds a record; refuses what is there already, and ids of nothing. */
	add(world: World, fields: Fields): Entry {
		const { defaults } = this.rules;
		const checked = this.checked(world.state, fields);
		const at = world.clock.now().toISOString();
		const entry = {
			...(typeof defaults === 'function' ? defaults(world) : defaults),
			_id: world.state.nextId(),
			createdAt: at,
			updatedAt: at,
			...checked,
		};
		this.all(world.state).push(entry);
		return entry;
	}

	change(world: World, entry: Entry, fields: Fields): Entry {
		const checked = this.checked(world.state, fields, entry);
		return Object.assign(entry, checked, { _id: entry._id, updatedAt: world.clock.now().toISOString() });
	}

	/** Removes all of them, or none when one of the ids is unknown. */
	remove(state: State, ids: readonly string[]): void {
		const gone = new Set(ids.map((id) => this.find(state, id)));
		state.collections.set(
			this.name,
			this.all(state).filter((entry) => !gone.has(entry)),
		);
	}

	shown(entry: Entry): Fields {
		const hidden = this.rules.hidden ?? [];
		return Object.fromEntries(Object.entries(entry).filter(([field]) => !hidden.includes(field)));
	}

	serve({ list, create, get, update = [], remove, removeMany }: Served): Record<string, Handler> {
		const done = (id: string | undefined, handle: Handler): [string, Handler][] =>
			id === undefined ? [] : [[id, handle]];
		const one = (world: World, path: Record<string, string>): Entry => this.find(world.state, firstOf(path));
		return Object.fromEntries([
			...done(list, this.list()),
			...done(
				create,
				handler<Fields>(({ world, body: { _id: _, ...fields } }) => ({
					success: true,
					data: this.shown(this.add(world, fields)),
				})),
			),
			...done(
				get,
				handler(({ world, path }) => ({ success: true, data: this.shown(one(world, path)) })),
			),
			...[update].flat().flatMap((id) =>
				done(
					id,
					handler<Fields>(({ world, path, body }) => ({
						success: true,
						data: this.shown(this.change(world, one(world, path), body)),
					})),
				),
			),
			...done(
				remove,
				handler(({ world, path }) => {
					this.remove(world.state, [firstOf(path)]);
					return { success: true, message: `${this.rules.noun} deleted` };
				}),
			),
			...done(
				removeMany,
				handler<{ ids: string[] }>(({ world, body }) => {
					this.remove(world.state, body.ids);
					return { success: true, message: `${body.ids.length} deleted` };
				}),
			),
		]);
	}

	/** Those that have what the query asks for: its text, and the value of each other field that the contract knows. */
	private list(): Handler {
		const { search = [], references = {} } = this.rules;
		return handler((call) => {
			const { state } = call.world;
			const wanted = Object.entries(call.query)
				.filter(([field]) => !PAGING.includes(field) && call.operation.parameters.some(({ name }) => name === field))
				.map(([field, value]): [string, string] => [
					field,
					references[field]?.(state, String(value))._id ?? String(value),
				]);
			const found = this.all(state)
				.filter((entry) => wanted.every(([field, value]) => String(entry[field]) === value))
				.filter(
					(entry) =>
						search.length === 0 ||
						isSearched(
							call,
							search.map((field) => textOf(entry[field])),
						),
				);
			return listAnswer(
				found.map((entry) => this.shown(entry)),
				call,
			);
		});
	}

	/** The fields with each reference as a record id; refuses duplicates and ids of nothing. */
	private checked(state: State, fields: Fields, self?: Entry): Fields {
		const { unique = [], references = {}, noun } = this.rules;
		for (const field of unique) {
			const value = textOf(fields[field]).toLowerCase();
			const twin = this.all(state).find((entry) => entry !== self && textOf(entry[field]).toLowerCase() === value);
			if (value !== '' && twin)
				throw new Refusal(400, `A ${noun} with the ${field} ${textOf(fields[field])} exists already`);
		}
		const ids = Object.entries(references).flatMap(([field, find]): [string, unknown][] => {
			const value = fields[field];
			if (Array.isArray(value)) return [[field, value.map((id) => find(state, String(id))._id)]];
			return value === undefined || value === null ? [] : [[field, find(state, String(value))._id]];
		});
		return { ...fields, ...Object.fromEntries(ids) };
	}
}

const firstOf = (path: Record<string, string>): string => Object.values(path)[0] ?? '';

const textOf = (value: unknown): string => (value === undefined ? '' : [value].flat().map(String).join(' '));
