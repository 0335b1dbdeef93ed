import { openPostgres } from './postgres/open';
import { sealedAsAsked, type StoreKeys } from './sealed/open';
import { openSqlite } from './sqlite/open';
import type { Store } from './store';

/** Where a ledger is: a file of one process, or a database that several share. */
export type StoreAddress = { kind: 'sqlite'; path: string } | { kind: 'postgres'; url: string; leaseMs?: number };

/** Opens the ledger at this address, sealed when there is a key; `onError` hears of faults in the background. Throws with what is wrong and what to do. */
export async function openStore(address: StoreAddress & StoreKeys, onError?: (error: unknown) => void): Promise<Store> {
	const engine = await openEngine(address, onError);
	try {
		return await sealedAsAsked(engine, address);
	} catch (error) {
		await engine.close();
		throw error;
	}
}

/** The ledger as its engine has it: what is sealed stays sealed. */
export async function openEngine(address: StoreAddress, onError?: (error: unknown) => void): Promise<Store> {
	return address.kind === 'sqlite'
		? openSqlite(address.path)
		: openPostgres(address.url, { ...address, ...(onError ? { onError } : {}) });
}
