import { openPostgres } from '../../../bridge/src/store/postgres/open';
import { freshLedger } from '../../support/postgres-ledger';
import { storeBattery } from './battery';

storeBattery('PostgreSQL', async () => {
	const url = await freshLedger();
	// Another process may take over at once: no test waits for a lease to end.
	const open = () => openPostgres(url, { takeOverMs: 0 });
	let store = await open();
	return {
		store,
		reopen: async () => {
			await store.close();
			store = await open();
			return store;
		},
	};
});
