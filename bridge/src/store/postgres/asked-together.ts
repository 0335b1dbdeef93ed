import type { Pool, PoolClient } from 'pg';
import { reasonOf } from '../../reason-of';
import type { Connection } from './statement';

interface Turn {
	client: Promise<PoolClient>;
	/** Questions without an answer. */
	open: number;
	/** The connection cannot be used again. */
	lost?: Error;
}

/**
 * Single statements, each for itself. Those that are asked in one tick go over one connection, one after the other and without waiting for
 * each other's answers: each write to a server and each connection that it comes by costs more than most statements.
 */
export class AskedTogether implements Connection {
	private next: Turn | undefined;

	constructor(private readonly pool: Pool) {}

	async query(query: Parameters<Connection['query']>[0]): ReturnType<Connection['query']> {
		const turn = (this.next ??= this.begin());
		turn.open += 1;
		const client = await turn.client;
		try {
			return await client.query(query);
		} catch (error) {
			if (Reflect.get(Object(error), 'severity') !== 'ERROR') turn.lost = new Error(reasonOf(error));
			throw error;
		} finally {
			turn.open -= 1;
			if (turn.open === 0) client.release(turn.lost);
		}
	}

	private begin(): Turn {
		const client = this.pool.connect();
		const go = () => {
			this.next = undefined;
		};
		client.then(go, go);
		return { client, open: 0 };
	}
}
