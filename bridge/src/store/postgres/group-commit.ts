import { Batches } from './batches';
import type { Database } from './database';
import type { Transaction } from './statement';

interface Write {
	run: (on: Transaction) => Promise<unknown>;
	lazy: boolean;
	resolve: (value: never) => void;
	reject: (error: unknown) => void;
}

/** What a transaction holds back from others grows with it. */
const MOST = 50;

/**
 * Writes that come while a transaction is under way share the next one, and so one sync; each is answered after the commit.
 * A write may be run twice: it depends on nothing but the database.
 */
export class GroupCommit {
	private readonly batches = new Batches<Write>(
		(waiting) => waiting.splice(0, MOST),
		(batch) => this.commit(batch),
	);

	constructor(private readonly database: Database) {}

	/** `lazy`: nobody has been told of it, and it is done anew when the server crashes before it has synced something that came later. */
	write<T>(run: (on: Transaction) => Promise<T>, { lazy = false } = {}): Promise<T> {
		if (this.database.isClosed) return Promise.reject(new Error('the ledger is closed'));
		return new Promise<T>((resolve, reject) => {
			this.batches.add({ run, lazy, resolve, reject });
		});
	}

	settled(): Promise<void> {
		return this.batches.settled();
	}

	private async commit(batch: readonly Write[], again = 3): Promise<void> {
		try {
			const results = await this.database.transaction(
				async (on) => {
					const made: unknown[] = [];
					for (const { run } of batch)
						made.push(await run(made.length < batch.length - 1 ? { ...on, last: nothing } : on));
					return made;
				},
				batch.every(({ lazy }) => lazy),
			);
			batch.forEach(({ resolve }, index) => {
				resolve(results[index] as never);
			});
		} catch (error) {
			// One write of the batch is at fault, or two processes waited for each other: alone, each gets its own answer.
			const [only, ...others] = batch;
			if (others.length === 0 && again > 0 && isPassing(error)) await this.commit(batch, again - 1);
			else if (others.length === 0) only?.reject(error);
			else if (isOfConnection(error)) for (const write of batch) write.reject(error);
			else for (const write of batch) await this.commit([write]);
		}
	}
}

const nothing = (): void => undefined;

/** The server answered nothing: trying each write again would only make them wait. */
const isOfConnection = (error: unknown): boolean => Reflect.get(Object(error), 'severity') !== 'ERROR';

/** Two transactions waited for each other, and this one was chosen to give way. */
const isPassing = (error: unknown): boolean => ['40001', '40P01'].includes(String(Reflect.get(Object(error), 'code')));
