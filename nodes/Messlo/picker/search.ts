import { type ILoadOptionsFunctions, type INodeListSearchResult, type INodePropertyOptions, sleep } from 'n8n-workflow';
import { operation, type Picker } from '../../../catalog';
import { readPage } from '../api/collect';
import { connect } from '../api/connect';
import { Pace } from '../api/pace';
import { nodeError } from '../errors/node-error';
import { type Choice, readRecord } from './read-record';
import { scopesOf } from './scopes';

/** Where a list goes on: which of its scopes, which page of that. */
interface Place {
	scope: number;
	page: number;
}

/** Enough for a list that one scrolls; fewer only at its end. */
const ENOUGH = 20;
const FIRST: Place = { scope: 0, page: 1 };
const TIME = { now: () => Date.now(), sleep };

type Read = (record: Record<string, unknown>) => Choice | undefined;

/** The search of a picker: goes on where the token says, through all pages. */
export const listSearch = (pick: Picker, read: Read = (record) => readRecord(pick, record)) =>
	async function search(this: ILoadOptionsFunctions, filter?: string, token?: string): Promise<INodeListSearchResult> {
		const { choices, next } = await find(this, pick, read, filter ?? '', readToken(token), ENOUGH);
		return { results: choices, ...(next ? { paginationToken: `${next.scope}.${next.page}` } : {}) };
	};

/** All choices of a short list. */
export const loadOptions = (pick: Picker) =>
	async function load(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
		return (await find(this, pick, (record) => readRecord(pick, record), '', FIRST, Infinity)).choices;
	};

async function find(
	context: ILoadOptionsFunctions,
	pick: Picker,
	read: Read,
	filter: string,
	start: Place,
	enough: number,
): Promise<{ choices: Choice[]; next?: Place }> {
	const row = operation(pick.from);
	try {
		const api = await connect(context, 'messloApi', new Pace(TIME), TIME);
		const scopes = await scopesOf(context, api, row);
		const searches = filter !== '' && row.fields.some(({ name }) => name === 'search');
		const found = new Map<string, Choice>();
		let next: Place | undefined = scopes.length === 0 ? undefined : start;
		while (next && found.size < enough) {
			const { scope, page }: Place = next;
			const values = { ...scopes[scope], ...(searches ? { search: filter } : {}) };
			const { records, more } = await readPage(api, row, values, page, row.page ?? 100);
			for (const choice of records.flatMap((record) => read(record) ?? []))
				if ((searches || matches(choice, filter)) && !found.has(choice.value)) found.set(choice.value, choice);
			next = more ? { scope, page: page + 1 } : scope + 1 < scopes.length ? { scope: scope + 1, page: 1 } : undefined;
		}
		return { choices: [...found.values()], ...(next ? { next } : {}) };
	} catch (error) {
		throw nodeError(context.getNode(), row, error, 0);
	}
}

const matches = ({ name, value }: Choice, filter: string): boolean =>
	`${name} ${value}`.toLowerCase().includes(filter.toLowerCase());

function readToken(token: string | undefined): Place {
	const [scope = 0, page = 1] = (token ?? '0.1').split('.').map(Number);
	return { scope, page };
}
