import { reasonOf } from '../../reason-of';
import { withoutPassword } from '../../without-password';

const ADVICE: readonly [RegExp, string][] = [
	[/newer version/, 'Install that version, or give this one its own database in store.url.'],
	[/older than PostgreSQL/, 'Use a server of version 14 or later.'],
	[/password|authentication|SASL|no pg_hba/i, 'Check the user and the password in store.url.'],
	[/database .* does not exist/, 'Make it (CREATE DATABASE), or name another one in store.url.'],
	[/role .* does not exist/, 'Make that user, or name another one in store.url.'],
	[/permission denied/, 'The user must be allowed to create tables and a schema: make it the owner of the database.'],
	[
		/too many (clients|connections)|remaining connection slots/i,
		'Each bridge needs up to 16 connections: raise max_connections, or run fewer.',
	],
	[/ENOTFOUND|EAI_AGAIN/, 'There is no such host: check the name in store.url.'],
	[
		/ECONNREFUSED|timeout|ETIMEDOUT|EHOSTUNREACH|terminated/i,
		'Check that the server runs, and that host and port in store.url are right.',
	],
	[/SSL|certificate/i, 'Check sslmode in store.url against what the server offers.'],
];

/** The error of opening, with what to do; never with the password. */
export function whatToDo(url: string, cause: unknown): Error {
	const why = reasonsOf(cause);
	const advice = ADVICE.find(([about]) => about.test(why))?.[1] ?? 'Check store.url and the log of the server.';
	return new Error(`The ledger ${withoutPassword(url)} cannot be opened (${why}). ${advice}`, { cause });
}

/** A host of several addresses fails with one error for each. */
const reasonsOf = (cause: unknown): string =>
	cause instanceof AggregateError && cause.errors.length > 0
		? [...new Set(cause.errors.map(reasonOf))].join('; ')
		: reasonOf(cause);
