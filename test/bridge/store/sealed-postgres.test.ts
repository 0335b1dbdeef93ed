import { randomBytes } from 'node:crypto';
import { sealedAsAsked } from '../../../bridge/src/store/sealed/open';
import type { Store } from '../../../bridge/src/store/store';
import { dropDatabase } from '../../support/postgres';
import { freshLedger, openForTest } from '../../support/postgres-ledger';
import { storeBattery } from './battery';
import { delivery, newMessage, NOW } from './battery/ledger';

const made: string[] = [];
const fresh = async () => {
	const url = await freshLedger();
	made.push(url);
	return url;
};
const open = async (url: string, key: Buffer): Promise<Store> => sealedAsAsked(await openForTest(url), { key });
afterAll(async () => {
	await Promise.all(made.map(dropDatabase));
});

storeBattery('PostgreSQL, sealed', async () => {
	const [url, key] = [await fresh(), randomBytes(32)];
	let store = await open(url, key);
	return {
		store,
		reopen: async () => {
			await store.close();
			store = await open(url, key);
			return store;
		},
	};
});

test('processes that seal a database at the same moment seal it with one key, and each reads what the others wrote', async () => {
	const [url, key] = [await fresh(), randomBytes(32)];
	const stores = await Promise.all([1, 2, 3].map(() => open(url, key)));
	try {
		for (const [index, store] of stores.entries()) {
			const { id } = await store.saveEvent(delivery(index), { receivedAt: NOW, verifiedAt: NOW });
			await store.planEvent(id, { state: 'mapped' }, [newMessage({ subject: `${index}` })], NOW);
		}
		for (const store of stores) {
			const { items } = await store.messages({ to: '+919876543211', limit: 9 });
			expect(items.map(({ variables }) => variables)).toEqual(Array(3).fill({ '1': 'Rohit' }));
		}
	} finally {
		await Promise.all(stores.map((store) => store.close()));
	}
});
