import type { Client } from 'pg';
import type { Store } from '../store';
import type { Database } from './database';
import { prepared } from './statement';

type Together = Pick<Store, 'tryTurn' | 'exchange' | 'leads'>;

/** A process that is paused loses its turns after this long: the server ends the connection that they live on. */
const IDLE_MS = 30_000;
const BEAT_MS = 5_000;

const VALUE = prepared('shared', `SELECT value FROM shared WHERE name = $name`);
const PUT = prepared(
	'put-shared',
	`INSERT INTO shared (name, value) VALUES ($name, $value)
	ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE shared.value = $seen RETURNING name`,
);

/** What several processes agree on: whose turn it is, who leads, and values that they change one after the other. */
export function together(database: Database): Together & { close(): Promise<void> } {
	const locks = new Locks(database);
	const seen = new Map<string, string>();
	const last = new Map<string, Promise<unknown>>();

	async function exchange<T>(name: string, change: Parameters<Store['exchange']>[1]): Promise<T> {
		// What was written last is what is there, most times: then one statement does.
		for (let known = seen.get(name); ;) {
			const { value, answer } = change(known);
			if (await PUT.get(database.single, { name, value, seen: known })) {
				seen.set(name, value);
				return answer as T;
			}
			const row = await VALUE.get(database.single, { name });
			known = typeof row?.['value'] === 'string' ? row['value'] : undefined;
		}
	}

	return {
		tryTurn: async (what) => {
			const end = await locks.take(`turn ${what}`);
			return end && (() => end());
		},
		leads: async (what) => locks.keep(`lead ${what}`),
		exchange: <T>(name: string, change: (value: string | undefined) => { value: string; answer: T }): Promise<T> => {
			const turn = (last.get(name) ?? Promise.resolve()).then(
				() => exchange<T>(name, change),
				() => exchange<T>(name, change),
			);
			last.set(name, turn);
			return turn;
		},
		close: () => locks.close(),
	};
}

/** Advisory locks of one session: they end with it, whatever becomes of the process. */
class Locks {
	private session: Promise<Client> | undefined;
	/** Of the session that is open now. */
	private held = new Set<string>();
	private closed = false;
	private asked: Promise<unknown> = Promise.resolve();

	constructor(private readonly database: Database) {}

	/** Takes a lock that nobody has, here or elsewhere; answers how to give it back. */
	async take(name: string): Promise<(() => Promise<void>) | undefined> {
		if (this.held.has(name)) return undefined;
		const { held } = this;
		held.add(name);
		const session = await this.lock(name).catch((error: unknown) => {
			held.delete(name);
			throw error;
		});
		if (!session) {
			held.delete(name);
			return undefined;
		}
		return async () => {
			if (!held.delete(name)) return;
			// With the session that had it the lock is gone as well.
			await this.ask(session, 'SELECT pg_advisory_unlock(hashtextextended($1, 0))', [name]).catch(() => undefined);
		};
	}

	/** True when this process has the lock, now or from before. */
	async keep(name: string): Promise<boolean> {
		return this.held.has(name) || (await this.take(name)) !== undefined;
	}

	async close(): Promise<void> {
		this.closed = true;
		await (await this.session?.catch(() => undefined))?.end().catch(() => undefined);
	}

	private async lock(name: string): Promise<Client | undefined> {
		const session = await (this.session ??= this.open());
		const rows = await this.ask(session, 'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS mine', [name]);
		return rows[0]?.mine ? session : undefined;
	}

	/** One after the other: a session takes no second question before it has answered the first. */
	private ask(session: Client, question: string, values: string[]): Promise<{ mine?: boolean }[]> {
		const answer = this.asked.then(async () => (await session.query<{ mine?: boolean }>(question, values)).rows);
		this.asked = answer.catch(() => undefined);
		return answer;
	}

	private async open(): Promise<Client> {
		if (this.closed) throw new Error('the ledger is closed');
		const session = this.database.client(IDLE_MS);
		const ended = () => {
			clearInterval(beat);
			this.session = undefined;
			this.held = new Set();
		};
		const beat = setInterval(() => {
			this.ask(session, 'SELECT 1', []).catch(() => session.end().catch(() => undefined));
		}, BEAT_MS);
		beat.unref();
		try {
			session.once('end', ended);
			session.on('error', () => undefined);
			await session.connect();
		} catch (error) {
			ended();
			throw error;
		}
		return session;
	}
}
