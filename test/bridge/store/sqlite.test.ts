import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqlite } from '../../../bridge/src/store/sqlite/open';
import { storeBattery } from './battery';

const folder = mkdtempSync(join(tmpdir(), 'messlo-store-'));
afterAll(() => {
	rmSync(folder, { recursive: true, force: true });
});

let number = 0;
storeBattery('SQLite', async () => {
	const file = join(folder, `${(number += 1)}`, 'bridge.db');
	let store = openSqlite(file);
	return {
		store,
		reopen: async () => {
			await store.close();
			store = openSqlite(file);
			return store;
		},
	};
});
