import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../../bridge/src/store/open';
import { createSeal } from '../../../bridge/src/store/sealed/seal';
import { sealedStore } from '../../../bridge/src/store/sealed/store';
import { openSqlite } from '../../../bridge/src/store/sqlite/open';
import { storeBattery } from './battery';

const folder = mkdtempSync(join(tmpdir(), 'messlo-sealed-'));
afterAll(() => {
	rmSync(folder, { recursive: true, force: true });
});

let number = 0;
const fresh = () => join(folder, `${(number += 1)}`, 'bridge.db');

storeBattery('SQLite, sealed', async () => {
	const address = { kind: 'sqlite' as const, path: fresh(), key: randomBytes(32) };
	let store = await openStore(address);
	return {
		store,
		reopen: async () => {
			await store.close();
			store = await openStore(address);
			return store;
		},
	};
});

storeBattery('SQLite, sealed after it was begun', async () => {
	const file = fresh();
	const seal = createSeal(randomBytes(32));
	const open = () => sealedStore(openSqlite(file), { seal, mixed: true });
	let store = open();
	return {
		store,
		reopen: async () => {
			await store.close();
			store = open();
			return store;
		},
	};
});
