import { randomUUID } from 'node:crypto';
import type { PgBoss } from 'pg-boss';
import type { Database } from './database';
import type { Connection } from './statement';

const QUEUE = 'messages';
/** Jobs of a process that died; of what became of their messages, the ledger keeps the story. */
const KEPT_S = 600;

/** Which message now, and who has it: a job of pg-boss for each message that is being sent. What comes of it, only the ledger says. */
export class Queue {
	private constructor(private readonly boss: PgBoss) {}

	/** Makes and migrates the tables of pg-boss, in their own schema. */
	static async open(database: Database, leaseMs: number, onError: (error: unknown) => void): Promise<Queue> {
		// Loaded by who needs it: it takes 20 MB.
		const { PgBoss } = await import('pg-boss');
		const boss = new PgBoss({
			db: adapter(database.single),
			schedule: false,
			registerInstance: false,
			openTelemetry: { enabled: false },
			monitorVacuum: false,
		});
		boss.on('error', onError);
		await boss.start();
		const lease = {
			expireInSeconds: Math.max(1, Math.ceil(leaseMs / 1000)),
			retryLimit: 0,
			deleteAfterSeconds: KEPT_S,
		};
		await boss.createQueue(QUEUE, { policy: 'standard', ...lease });
		await boss.updateQueue(QUEUE, lease);
		return new Queue(boss);
	}

	/** Offers messages and takes as many, within a transaction; in any order. The server is asked both in one go. */
	async take(on: Connection, messages: readonly number[]): Promise<{ message: number; job: string }[]> {
		const asked = Promise.withResolvers<undefined>();
		const db = planned(on, () => {
			asked.resolve(undefined);
		});
		const jobs = messages.map((message) => ({ id: randomUUID(), data: { message } }));
		const offered = this.boss.insert(QUEUE, jobs, { db });
		await Promise.race([asked.promise, offered]);
		const [taken] = await Promise.all([
			this.boss.fetch<{ message: number }>(QUEUE, { batchSize: messages.length, db: planned(on) }),
			offered,
		]);
		return taken.map(({ id, data }) => ({ job: id, message: data.message }));
	}

	/** What was taken is done with, whatever came of it; the job goes: in a table of those that are done, the others take long to find. */
	async done(on: Connection, jobs: readonly string[]): Promise<void> {
		if (jobs.length > 0) await this.boss.deleteJob(QUEUE, [...jobs], { db: planned(on) });
	}

	async close(): Promise<void> {
		await this.boss.stop({ graceful: false, close: false });
	}
}

/** pg-boss's own statements, on a connection of ours. */
const adapter = (on: Connection) => ({
	executeSql: (text: string, values: unknown[] = []) => on.query({ text, values }),
});

/** Those that it makes for every message: each connection plans them once. */
const planned = (on: Connection, asked?: () => void) => ({
	executeSql: (text: string, values: unknown[] = []) => {
		const answer = on.query({ name: nameOf(text), text, values });
		asked?.();
		return answer;
	},
});
const names = new Map<string, string>();
function nameOf(text: string): string {
	const name = names.get(text) ?? `pg-boss-${names.size}`;
	names.set(text, name);
	return name;
}
