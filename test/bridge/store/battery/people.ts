import fc from 'fast-check';
import type { Suppression } from '../../../../bridge/src/store/store';
import { after, NOW, type TestLedger } from './ledger';

const PHONES = ['+919876543211', '+919876543212', '+919876543213'];

const entry = (given: Partial<Suppression> = {}): Suppression => ({
	phone: '+919876543211',
	scope: 'marketing',
	reason: "wrote 'stop'",
	at: NOW,
	...given,
});

type Step =
	| { do: 'suppress'; phone: string; scope: Suppression['scope'] }
	| { do: 'unsuppress'; phone: string }
	| { do: 'reopen' };
const step: fc.Arbitrary<Step> = fc.oneof(
	{
		weight: 4,
		arbitrary: fc.record({
			do: fc.constant('suppress' as const),
			phone: fc.constantFrom(...PHONES),
			scope: fc.constantFrom('marketing' as const, 'all' as const),
		}),
	},
	{ weight: 3, arbitrary: fc.record({ do: fc.constant('unsuppress' as const), phone: fc.constantFrom(...PHONES) }) },
	{ weight: 1, arbitrary: fc.constant<Step>({ do: 'reopen' }) },
);

/** Who wants no messages, and whose message an id of the API is. */
export function peopleBattery(ledger: TestLedger): void {
	test('a suppression is kept over a restart, until it is taken back', async () => {
		await ledger.store.suppress(entry());
		await ledger.reopen();
		expect(await ledger.store.suppression('+919876543211')).toEqual(entry());
		expect(await ledger.store.suppression('+919876543212')).toBeUndefined();
		expect([await ledger.store.unsuppress('+919876543211'), await ledger.store.unsuppress('+919876543211')]).toEqual([
			true,
			false,
		]);
		await ledger.reopen();
		expect(await ledger.store.suppression('+919876543211')).toBeUndefined();
	});

	test('who wants nothing at all is not allowed order messages again by a STOP to marketing; the other way round it counts', async () => {
		await ledger.store.suppress(entry({ scope: 'all', reason: 'by hand' }));
		await ledger.store.suppress(entry({ at: after(1000) }));
		expect(await ledger.store.suppression('+919876543211')).toEqual(entry({ scope: 'all', reason: 'by hand' }));
		await ledger.store.suppress(entry({ phone: '+919876543212' }));
		await ledger.store.suppress(entry({ phone: '+919876543212', scope: 'all', at: after(1000) }));
		expect(await ledger.store.suppression('+919876543212')).toMatchObject({ scope: 'all', at: after(1000) });
	});

	test('in any order of suppressing, allowing and restarts, the list is what a plain map says, and every page of it together all of it', async () => {
		const model = new Map<string, Suppression['scope']>();
		await fc.assert(
			fc.asyncProperty(fc.array(step, { maxLength: 25 }), fc.integer({ min: 1, max: 3 }), async (steps, limit) => {
				for (const each of steps) {
					if (each.do === 'reopen') await ledger.reopen();
					else if (each.do === 'suppress') {
						await ledger.store.suppress(entry(each));
						if (model.get(each.phone) !== 'all') model.set(each.phone, each.scope);
					} else expect(await ledger.store.unsuppress(each.phone)).toBe(model.delete(each.phone));
				}
				const listed: [string, string][] = [];
				for (let cursor: string | undefined, first = true; first || cursor !== undefined; first = false) {
					const page = await ledger.store.suppressions({ limit, cursor });
					listed.push(...page.items.map(({ phone, scope }): [string, string] => [phone, scope]));
					cursor = page.next;
				}
				expect(listed).toHaveLength(model.size);
				expect(new Map(listed)).toEqual(model);
			}),
			{ numRuns: 30 },
		);
	});

	test('a message is found by the id that the API gave it, and by no other', async () => {
		const id = await ledger.sent({}, { apiMessageId: 'wamid.one' });
		await ledger.sent({ onceKey: 'another' }, { apiMessageId: 'wamid.two' });
		expect((await ledger.store.messageByApiId('wamid.one'))?.id).toBe(id);
		expect(await ledger.store.messageByApiId('wamid')).toBeUndefined();
		expect(await ledger.store.messageByApiId('')).toBeUndefined();
	});
}
