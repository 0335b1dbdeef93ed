import fc from 'fast-check';
import { afterAttempt, CLOSED } from '../../../bridge/src/delivery/circuit';
import { giveBack, type Rates, readRates, takePlaces, type Wish } from '../../../bridge/src/delivery/rates';

const START = Date.parse('2026-11-20T09:00:00Z');
const LIMITS = { perSecond: 20, senderPerSecond: 20 };
const fresh = (limits = LIMITS): Rates => readRates(undefined, limits, START);
const wish = (mapping: string, places = 16, sender = '911'): Wish => ({ sender, mapping, places });
const places = (grants: readonly Wish[]): Record<string, number> =>
	Object.fromEntries(grants.map(({ sender, mapping, places: given }) => [`${sender}/${mapping}`, given]));

test('who asks for much leaves the others theirs', () => {
	const { grants } = takePlaces(fresh(), [wish('campaign', 100), wish('order-paid', 2)], 16, LIMITS, START);
	expect(places(grants)).toEqual({ '911/campaign': 14, '911/order-paid': 2 });
});

test('a sender has its own rate beside that of the account', () => {
	const limits = { perSecond: 20, senderPerSecond: 5 };
	const wishes = [wish('a'), wish('b'), wish('a', 16, '922')];
	const { grants, next } = takePlaces(fresh(limits), wishes, 64, limits, START);
	expect(places(grants)).toEqual({ '911/a': 3, '911/b': 2, '922/a': 5 });
	expect(next).toBe(START + 200);
});

test('a sender that is stopped leaves its share to the others', () => {
	const trouble = { kind: 'stop', name: 'billing' } as const;
	const circuit = afterAttempt(CLOSED, { message: 'm', mapping: 'a', probe: false, trouble }, START);
	const rates = { ...fresh(), senders: { '911': { bucket: fresh().account, circuit } } };
	const { grants, next } = takePlaces(rates, [wish('a'), wish('a', 16, '922')], 64, LIMITS, START);
	expect(places(grants)).toEqual({ '922/a': 16 });
	expect(next).toBe(START + 60_000);
});

test('what is given back can be taken again, a probe too', () => {
	const first = takePlaces(fresh(), [wish('a', 20)], 64, LIMITS, START);
	expect(takePlaces(first.rates, [wish('a')], 64, LIMITS, START).grants).toEqual([]);
	const back = giveBack(
		first.rates,
		first.grants.map((grant) => ({ ...grant, places: 7 })),
	);
	expect(places(takePlaces(back, [wish('a')], 64, LIMITS, START).grants)).toEqual({ '911/a': 7 });

	const open = { name: 'x', kind: 'stop', since: START, at: START, until: START + 1, waits: 1, mappings: [] } as const;
	const half = {
		...fresh(),
		senders: { '911': { bucket: fresh().account, circuit: { failed: [], open: { ...open, mappings: [] } } } },
	};
	const probe = takePlaces(half, [wish('a'), wish('b')], 64, LIMITS, START + 1);
	expect(probe.grants).toMatchObject([{ mapping: 'a', places: 1, probe: true }]);
	expect(takePlaces(probe.rates, [wish('b')], 64, LIMITS, START + 1).grants).toEqual([]);
	const returned = giveBack(probe.rates, probe.grants);
	expect(takePlaces(returned, [wish('b')], 64, LIMITS, START + 1).grants).toMatchObject([
		{ mapping: 'b', probe: true },
	]);
});

test('what cannot be read begins anew', () => {
	expect(readRates('{"account":', LIMITS, START)).toEqual(fresh());
	expect(readRates(JSON.stringify(fresh()), LIMITS, START)).toEqual(fresh());
});

test('never more than the account, a sender, the places or the wishes allow; and nobody is left out while there is more', () => {
	const wishes = fc.array(
		fc.record({ sender: fc.constantFrom('911', '922', '933'), mapping: fc.string(), places: fc.nat(40) }),
		{ maxLength: 8 },
	);
	const limit = fc.integer({ min: 1, max: 50 });
	fc.assert(
		fc.property(wishes, fc.nat(64), limit, limit, (asked, most, perSecond, senderPerSecond) => {
			const limits = { perSecond, senderPerSecond };
			const { grants } = takePlaces(fresh(limits), asked, most, limits, START);
			const total = grants.reduce((sum, grant) => sum + grant.places, 0);
			expect(total).toBeLessThanOrEqual(Math.min(most, perSecond));
			for (const sender of ['911', '922', '933']) {
				const own = grants.filter((grant) => grant.sender === sender);
				const given = own.reduce((sum, grant) => sum + grant.places, 0);
				const wanted = asked.filter((each) => each.sender === sender);
				expect(given).toBeLessThanOrEqual(senderPerSecond);
				const more = wanted.reduce((sum, each) => sum + each.places, 0) > given;
				if (more) expect(given === senderPerSecond || total === Math.min(most, perSecond)).toBe(true);
			}
		}),
	);
});
