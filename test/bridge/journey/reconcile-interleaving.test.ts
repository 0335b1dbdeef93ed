import fc from 'fast-check';
import { HOUR, MINUTE } from '../../support/clock';
import { type Healing, startHealing } from '../../support/fake-shopify/healing';

let healing: Healing;
beforeAll(async () => {
	healing = await startHealing();
});
afterAll(() => healing.stop());

type Step =
	| { do: 'place' | 'pay' | 'fulfil' | 'refund'; which: number }
	| { do: 'lose' | 'deliver' | 'late' | 'repeat' | 'away' | 'back' | 'look' | 'plan' };

const step: fc.Arbitrary<Step> = fc.oneof(
	{
		weight: 3,
		arbitrary: fc.record({ do: fc.constantFrom('place', 'pay', 'fulfil', 'refund'), which: fc.nat({ max: 2 }) }),
	},
	{
		weight: 2,
		arbitrary: fc.record({
			do: fc.constantFrom('lose', 'deliver', 'late', 'repeat', 'away', 'back', 'look', 'plan'),
		}),
	},
);

let phones = 9_810_000_000;

/** An order of one run, with what has been done to it, and so which messages its buyer is to have. */
interface Placed {
	id: string;
	phone: string;
	done: string[];
	messages: string[];
}

async function run(steps: readonly Step[]): Promise<Placed[]> {
	const { shop, bridge, clock } = healing;
	const placed: Placed[] = [];
	for (const each of steps) {
		clock.advance(MINUTE);
		if ('which' in each) {
			if (each.do === 'place') {
				const phone = `+91${(phones += 1)}`;
				const id = await shop.place({ phone });
				placed.push({ id, phone, done: [], messages: ['cod_confirmation'] });
				continue;
			}
			const order = placed[each.which];
			if (!order || order.done.includes(each.do)) continue;
			order.done.push(each.do);
			if (each.do === 'pay') await shop.pay(order.id);
			if (each.do === 'fulfil') await shop.fulfil(order.id);
			if (each.do === 'refund') await shop.refund(order.id, '10.00');
			order.messages.push({ pay: 'order_paid', fulfil: 'order_shipped', refund: 'order_refunded' }[each.do]);
			continue;
		}
		if (each.do === 'lose' || each.do === 'deliver') shop.hooks.lost = each.do === 'lose';
		if (each.do === 'away' || each.do === 'back') shop.faults.status = each.do === 'away' ? 503 : undefined;
		if (each.do === 'late') await shop.hooks.redeliver();
		if (each.do === 'repeat') await shop.hooks.repeat();
		if (each.do === 'look') await bridge.later(15 * MINUTE);
		if (each.do === 'plan') await bridge.drain();
	}
	return placed;
}

test('whatever is lost, late or repeated, and whenever it is looked: each message goes out once', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 16 }), async (steps) => {
			const { shop, bridge } = healing;
			const placed = await run([{ do: 'place', which: 0 }, ...steps]);
			shop.faults.status = undefined;
			for (let look = 0; look < 4; look += 1) await bridge.later(15 * MINUTE);
			shop.hooks.lost = false;
			await shop.hooks.redeliver();
			await shop.hooks.repeat();
			await bridge.later(HOUR);
			const taken = await bridge.taken();
			for (const { phone, messages } of placed) {
				const got = taken.filter(({ to, contact_no }) => `+${(to ?? contact_no ?? '').replace('+', '')}` === phone);
				expect(got.map(({ templateName }) => templateName).sort()).toEqual(messages.sort());
			}
		}),
		{ numRuns: 15, endOnFailure: true },
	);
}, 180_000);
