import { randomUUID } from 'node:crypto';
import { personKey } from '../../phone';
import type { Store } from '../store';
import { Accepting } from './accept';
import { Database } from './database';
import { eventStore } from './events';
import { followStore } from './follow';
import { GroupCommit } from './group-commit';
import { keepStore } from './keep';
import { listStore } from './lists';
import { lookStore } from './looks';
import { messageStore } from './messages';
import { migrate } from './migrate';
import { peopleStore } from './people';
import { planStore } from './plan-event';
import { privacyStore } from './privacy';
import { Queue } from './queue';
import { statement } from './statement';
import { together } from './together';
import { whatToDo } from './what-to-do';

/** What one process takes is its own for this long; then another may take it over. */
const LEASE_MS = 60_000;

/** Looking for what others have left costs some ten small queries. */
const POLL_MS = 500;

const GIVE_BACK = statement(`DELETE FROM claims WHERE holder = $holder`);

export interface PostgresOptions {
	/** How long what a process takes is its own. */
	leaseMs?: number;
	/** For tests: from when on others may take over what is being sent; by default when the lease has ended. */
	takeOverMs?: number;
	/** Faults of the background work of pg-boss. */
	onError?: (error: unknown) => void;
}

/** Opens (and makes, and migrates) a ledger that any number of processes share; throws with what is wrong and what to do. */
export async function openPostgres(url: string, options: PostgresOptions = {}): Promise<Store> {
	const { leaseMs = LEASE_MS, takeOverMs = leaseMs, onError = () => undefined } = options;
	const database = await Database.at(url);
	let queue: Queue;
	try {
		queue = await database.alone('messlo-bridge schema', async () => {
			await migrate(database);
			return Queue.open(database, leaseMs, onError);
		});
	} catch (cause) {
		await database.close();
		throw whatToDo(url, cause);
	}
	const [planning, outcomes] = [new GroupCommit(database), new GroupCommit(database)];
	const accepting = new Accepting(database);
	const shared = together(database);
	const holder = { holder: randomUUID(), leaseMs };
	let closing: Promise<void> | undefined;
	const close = async () => {
		await Promise.all([planning.settled(), outcomes.settled(), accepting.settled()]);
		// Others need not wait for the lease to end.
		await GIVE_BACK.run(database.single, holder).catch(onError);
		await Promise.all([queue.close(), shared.close()]);
		await database.close();
	};

	return {
		...eventStore(database, planning, accepting, holder),
		...planStore(planning),
		...messageStore(database, outcomes, queue, { leaseMs, takeOverMs }),
		...lookStore(database, holder),
		...listStore(database),
		...followStore(database, outcomes),
		...peopleStore(database, outcomes),
		...privacyStore(database, planning),
		...keepStore(database, planning),
		...shared,
		personKey,
		pollMs: POLL_MS,
		close: () => (closing ??= close()),
	};
}
