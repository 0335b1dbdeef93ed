import type { Store } from '../../../bridge/src/store/store';
import { dropDatabase } from '../../support/postgres';
import { freshLedger, openForTest } from '../../support/postgres-ledger';
import { delivery, NOW } from './battery/ledger';

// What npm run test:chaos found: a later state of an order was planned while another process still had the earlier one.
test('what another process has taken to plan is seen, until it is planned or taken over', async () => {
	const url = await freshLedger();
	const [one, two] = await Promise.all([openForTest(url), openForTest(url)]);
	try {
		const save = (n: number) => one.saveEvent(delivery(n), { receivedAt: NOW, verifiedAt: NOW });
		const [first, second] = [await save(1), await save(2)];
		const unplanned = async (store: Store, limit: number) => {
			const { mine, elsewhere } = await store.unplannedEvents(limit);
			return [mine.map(({ id }) => id), elsewhere.map(({ id }) => id)];
		};
		expect(await unplanned(one, 1)).toEqual([[first.id], []]);
		expect(await unplanned(two, 5)).toEqual([[second.id], [first.id]]);
		expect(await unplanned(one, 5)).toEqual([[first.id], [second.id]]);
		await one.planEvent(first.id, { state: 'ignored', reason: 'seen' }, [], NOW);
		expect(await unplanned(two, 5)).toEqual([[second.id], []]);
	} finally {
		await Promise.all([one.close(), two.close()]);
		await dropDatabase(url);
	}
});
