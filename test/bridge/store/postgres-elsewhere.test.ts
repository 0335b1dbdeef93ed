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
		const elsewhere = async () => (await two.unplannedElsewhere()).map(({ id }) => id);
		expect(await elsewhere()).toEqual([]);
		expect((await one.unplannedEvents(1)).map(({ id }) => id)).toEqual([first.id]);
		expect((await two.unplannedEvents(5)).map(({ id }) => id)).toEqual([second.id]);
		expect([await elsewhere(), (await one.unplannedElsewhere()).map(({ id }) => id)]).toEqual([
			[first.id],
			[second.id],
		]);
		await one.planEvent(first.id, { state: 'ignored', reason: 'seen' }, [], NOW);
		expect(await elsewhere()).toEqual([]);
	} finally {
		await Promise.all([one.close(), two.close()]);
		await dropDatabase(url);
	}
});
