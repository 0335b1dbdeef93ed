import { dropDatabase } from '../../support/postgres';
import { freshLedger, openForTest } from '../../support/postgres-ledger';
import { storeBattery } from './battery';

const made: string[] = [];
afterAll(async () => {
	await Promise.all(made.map(dropDatabase));
});

storeBattery('PostgreSQL', async () => {
	const url = await freshLedger();
	made.push(url);
	let store = await openForTest(url);
	return {
		store,
		reopen: async () => {
			await store.close();
			store = await openForTest(url);
			return store;
		},
	};
});
