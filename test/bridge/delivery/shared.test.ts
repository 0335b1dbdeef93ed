import { afterAttempt, type Circuit, CIRCUIT } from '../../../bridge/src/delivery/circuit';
import { type Grant, noteAttempt, type Rates, readRates, takePlaces } from '../../../bridge/src/delivery/rates';
import type { Store } from '../../../bridge/src/store/store';
import { freshLedger, openForTest } from '../../support/postgres-ledger';

const NOW = Date.parse('2026-11-20T09:00:00Z');
const LIMITS = { perSecond: 20, senderPerSecond: 20 };

/** Three processes on one PostgreSQL: what the round of sending does to the value that they share (journey/send-round.ts). */
describe('processes on one PostgreSQL', () => {
	let processes: Store[];
	beforeEach(async () => {
		const url = await freshLedger();
		processes = await Promise.all([1, 2, 3].map(() => openForTest(url)));
	});
	afterEach(async () => {
		await Promise.all(processes.map((store) => store.close()));
	});
	const change = <T>(store: Store, work: (rates: Rates) => { rates: Rates; answer: T }): Promise<T> =>
		store.exchange('rates', (text) => {
			const { rates, answer } = work(readRates(text, LIMITS, NOW));
			return { value: JSON.stringify(rates), answer };
		});
	const take = (store: Store, now = NOW): Promise<Grant[]> =>
		change(store, (rates) => {
			const taken = takePlaces(rates, [{ sender: '911', mapping: 'order-paid', places: 3 }], 64, LIMITS, now);
			return { rates: taken.rates, answer: taken.grants };
		});
	const takeAtOnce = async (rounds: number, now = NOW) =>
		(await Promise.all(Array.from({ length: rounds }, () => processes.map((store) => take(store, now))).flat())).flat();

	test('take no more together than one would', async () => {
		const places = (grants: Grant[]) => grants.reduce((sum, grant) => sum + grant.places, 0);
		expect(places(await takeAtOnce(10))).toBe(20);
		expect(places(await takeAtOnce(10, NOW + 500))).toBe(10);
	});

	test('stop together, and let one probe out between them', async () => {
		const refused = {
			message: 'm1',
			mapping: 'order-paid',
			probe: false,
			trouble: { kind: 'stop', name: 'billing' },
		} as const;
		const [first] = processes;
		const seen =
			first &&
			(await change(first, (rates): { rates: Rates; answer: Circuit | undefined } => {
				const after = noteAttempt(rates, '911', refused, LIMITS, NOW);
				return { rates: after, answer: after.senders['911']?.circuit };
			}));
		expect(seen).toEqual(afterAttempt({ failed: [] }, refused, NOW));
		expect(await takeAtOnce(3)).toEqual([]);
		const probes = await takeAtOnce(3, NOW + CIRCUIT.stoppedMs);
		expect(probes).toMatchObject([{ places: 1, probe: true }]);
	});
});
