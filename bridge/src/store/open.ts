import { openPostgres } from './postgres/open';
import { openSqlite } from './sqlite/open';
import type { Store } from './store';

/** Where a ledger is: a file of one process, or a database that several share. */
export type StoreAddress = { kind: 'sqlite'; path: string } | { kind: 'postgres'; url: string };

/** Opens the ledger at this address; throws with what is wrong and what to do. */
export async function openStore(address: StoreAddress): Promise<Store> {
	return address.kind === 'sqlite' ? openSqlite(address.path) : openPostgres(address.url);
}
