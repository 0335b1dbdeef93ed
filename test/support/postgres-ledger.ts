import { openPostgres, type PostgresOptions } from '../../bridge/src/store/postgres/open';
import type { Store } from '../../bridge/src/store/store';
import { freshDatabase } from './postgres';

let template: Promise<string> | undefined;

/** The URL of an empty ledger; copied, as making one takes a second. */
export async function freshLedger(): Promise<string> {
	template ??= freshDatabase().then(async (url) => {
		await (await openPostgres(url)).close();
		return url;
	});
	return freshDatabase(await template);
}

/** Another process may take over at once what this one is sending: no test waits for a lease to end. */
export const openForTest = (url: string, options: PostgresOptions = {}): Promise<Store> =>
	openPostgres(url, { takeOverMs: 0, ...options });
