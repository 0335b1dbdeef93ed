import type { Client, ClientConfig, Pool, PoolClient } from 'pg';
import { reasonOf } from '../../reason-of';
import { AskedTogether } from './asked-together';
import { OneWriteSocket } from './one-write-socket';
import type { Connection, Transaction } from './statement';

/** Shops wait five seconds for an answer: with both, one that hangs has become a 503 by then. */
const CONNECT_MS = 2_000;
export const ACCEPT_MS = 2_500;
/** For all other statements. */
const STATEMENT_MS = 30_000;
/** A process that was paused in a transaction keeps its rows from the others no longer than this. */
const PAUSED_MS = 10_000;

/**
 * Every statement that runs for a message has its index. A server that does not know yet how many rows there are (a broadcast of 100,000
 * that came a moment ago) reads all of them for each message otherwise, and compiles that: 110 ms in place of one.
 */
const PLANS = '-c enable_seqscan=off -c jit=off';
/** And each is planned once a connection: planning takes longer than most of them. A bitmap is made of rows that are gone as well. */
const PLANNED_ONCE = `${PLANS} -c plan_cache_mode=force_generic_plan -c enable_bitmapscan=off`;

const BIGINT = 20;
type Driver = typeof import('pg');

/** Rows count and times are far below 2^53. */
const numbers = ({ types }: Driver): ClientConfig['types'] => ({
	getTypeParser: (oid, format) =>
		Number(oid) === BIGINT ? (value: string) => Number(value) : (types.getTypeParser(oid, format as 'text') as never),
});

/** Connections to one database. Those that are lost are replaced when they are next needed. */
export class Database {
	/** Statements that are no transaction with others. */
	readonly single: Connection;
	/** Waits for nobody. */
	readonly accepting: Pool;
	/** For what people ask, planned for what they ask. */
	readonly asking: Pool;
	private readonly pool: Pool;
	private closed = false;

	private constructor(
		private readonly url: string,
		private readonly driver: Driver,
	) {
		this.pool = this.poolOf(10, STATEMENT_MS);
		this.single = new AskedTogether(this.pool);
		this.accepting = this.poolOf(2, ACCEPT_MS);
		this.asking = this.poolOf(2, STATEMENT_MS, PLANS);
	}

	/** Connects when it is first asked. The driver is loaded by who needs it: it takes 10 MB. */
	static async at(url: string): Promise<Database> {
		return new Database(url, await import('pg'));
	}

	/** A connection that belongs to no pool: locks live on it. `idleMs`: the server ends it when nothing is asked for so long. */
	client(idleMs: number): Client {
		return new this.driver.Client({
			...this.config(STATEMENT_MS),
			options: `${PLANS} -c idle_session_timeout=${idleMs}`,
		});
	}

	/** Runs work that one process at a time may do on this database; the others wait. */
	async alone<T>(what: string, work: () => Promise<T>): Promise<T> {
		const client = new this.driver.Client(this.config(STATEMENT_MS));
		client.on('error', () => undefined);
		await client.connect();
		try {
			await client.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [what]);
			return await work();
		} finally {
			await client.end();
		}
	}

	/**
	 * One transaction; a work that throws leaves nothing of it. What it asks without waiting for the answer before goes together.
	 * `lazy`: it is on disk when something that is committed later is; a crash of the server may take it.
	 */
	async transaction<T>(work: (on: Transaction) => Promise<T>, lazy = false): Promise<T> {
		const client = await this.pool.connect();
		// Lost between two statements, it fails the next one.
		const lost = () => undefined;
		client.on('error', lost);
		try {
			const begun = client.query(lazy ? 'BEGIN; SET LOCAL synchronous_commit = off' : 'BEGIN');
			// Told by the first statement; a work that throws before it has one leaves nobody to hear of it.
			begun.catch(() => undefined);
			let committed: Promise<unknown> | undefined;
			const last = () => {
				committed = client.query('COMMIT');
				committed.catch(() => undefined);
			};
			const result = await work({ ...after(begun, client), last });
			await (committed ?? client.query('COMMIT'));
			client.release();
			return result;
		} catch (error) {
			await abandon(client, error);
			throw error;
		} finally {
			client.off('error', lost);
		}
	}

	/** Resolves when what is under way has ended. Called again it does nothing. */
	async close(): Promise<void> {
		if (this.closed) return;
		this.closed = true;
		await Promise.all([this.pool, this.accepting, this.asking].map((pool) => pool.end()));
	}

	get isClosed(): boolean {
		return this.closed;
	}

	private poolOf(max: number, statementMs: number, options = PLANNED_ONCE): Pool {
		const pool = new this.driver.Pool({ ...this.config(statementMs), options, max, idleTimeoutMillis: 30_000 });
		// A connection that is lost while nobody uses it: the pool makes another.
		pool.on('error', () => undefined);
		// And while it is used: who uses it hears of it by the statement that fails; the event alone would end the process.
		pool.on('connect', (client) => client.on('error', () => undefined));
		return pool;
	}

	private config(statementMs: number): ClientConfig {
		return {
			connectionString: this.url,
			application_name: 'messlo-bridge',
			options: PLANS,
			connectionTimeoutMillis: CONNECT_MS,
			statement_timeout: statementMs,
			// The server may be the one that hangs.
			query_timeout: statementMs,
			idle_in_transaction_session_timeout: PAUSED_MS,
			keepAlive: true,
			pipeline: true,
			stream: () => new OneWriteSocket(),
			types: numbers(this.driver),
		};
	}
}

/** The first statement goes together with the one before it, and is good only if that was. */
function after(before: Promise<unknown>, client: PoolClient): Connection {
	return {
		query: async (query) => {
			const [result] = await Promise.all([client.query(query), before]);
			return result;
		},
	};
}

/** A connection in doubt is given up; one whose transaction was refused can be used again. */
async function abandon(client: PoolClient, error: unknown): Promise<void> {
	const refused = Reflect.get(Object(error), 'severity') === 'ERROR';
	if (refused)
		try {
			await client.query('ROLLBACK');
			client.release();
			return;
		} catch {
			// It was lost meanwhile.
		}
	client.release(new Error(reasonOf(error)));
}
