import type { QueryResult } from 'pg';
import type { Row } from '../sqlite/rows';

/** Single statements, or those of one transaction. */
export interface Connection {
	query(query: { name?: string; text: string; values: unknown[]; query_timeout?: number }): Promise<QueryResult<Row>>;
}

export interface Transaction extends Connection {
	/** Nothing more is asked, and nothing is taken back: the commit goes together with what was asked last. */
	last(): void;
}

export type Values = Record<string, unknown>;

export interface Statement {
	all(on: Connection, values?: Values): Promise<Row[]>;
	get(on: Connection, values?: Values): Promise<Row | undefined>;
	/** How many rows it changed. */
	run(on: Connection, values?: Values): Promise<number>;
}

/** A statement whose parameters have names: `$source`. Values that are undefined are NULL. */
export function statement(text: string, options: { name?: string; timeoutMs?: number } = {}): Statement {
	const names: string[] = [];
	const numbered = text.replace(/\$([a-zA-Z]\w*)/g, (_, name: string) => {
		if (!names.includes(name)) names.push(name);
		return `$${names.indexOf(name) + 1}`;
	});
	const query = (on: Connection, values: Values = {}) =>
		on.query({
			...(options.name === undefined ? {} : { name: options.name }),
			...(options.timeoutMs === undefined ? {} : { query_timeout: options.timeoutMs }),
			text: numbered,
			values: names.map((name) => storable(values[name])),
		});
	return {
		all: async (on, values) => (await query(on, values)).rows,
		get: async (on, values) => (await query(on, values)).rows[0],
		run: async (on, values) => (await query(on, values)).rowCount ?? 0,
	};
}

/** A statement that each connection plans once: for those that run for every message. */
export const prepared = (name: string, text: string): Statement => statement(text, { name });

/** PostgreSQL's text holds every character but this one. */
export const withoutNul = (text: string): string => (text.includes('\0') ? text.replaceAll('\0', '\uFFFD') : text);
/** As JSON that PostgreSQL reads: without NUL, and without halves of characters. */
export function asJson(rows: readonly object[]): string {
	const json = JSON.stringify(rows);
	return /\\u(0000|d[89a-f])/i.test(json) ? JSON.stringify(rows, wellFormed) : json;
}
const wellFormed = (_: string, value: unknown): unknown =>
	typeof value === 'string' ? withoutNul(value).toWellFormed() : value;

const storable = (value: unknown): unknown => {
	if (typeof value === 'string') return withoutNul(value);
	return Array.isArray(value) ? value.map(storable) : value;
};
