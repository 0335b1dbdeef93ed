import fc from 'fast-check';
import { MINUTE, SECOND } from '../../support/clock';
import type { Fate } from '../../support/fake-woocommerce/webhooks';
import { connectShop, type ConnectedShop } from './woocommerce-outage-bridge';

let connected: ConnectedShop;
beforeAll(async () => {
	connected = await connectShop();
});
afterAll(() => connected.stop());

const DEEDS = ['pay', 'complete', 'cancel', 'refund', 'track', 'edit', 'trash', 'restore'] as const;
interface Step {
	of: number;
	deed: (typeof DEEDS)[number];
	/** Seconds until the next step. */
	then: number;
	/** Whether the shop's queue runs after it, and what becomes of what it sends. */
	queue?: Fate[] | undefined;
	/** The bridge looks after the shop. */
	look: boolean;
}
const fates = fc.array(fc.constantFrom<Fate>('sent', 'lost', 'answer-lost', 'twice'), { minLength: 1, maxLength: 4 });
const steps: fc.Arbitrary<Step[]> = fc.array(
	fc.record({
		of: fc.nat(1),
		deed: fc.constantFrom(...DEEDS),
		then: fc.constantFrom(0, 0, 1, 90, 600, 1500),
		queue: fc.option(fates, { nil: undefined }),
		look: fc.boolean(),
	}),
	{ minLength: 1, maxLength: 9 },
);
const beginnings = fc.array(fc.constantFrom('pending', 'processing', 'on-hold'), { minLength: 2, maxLength: 2 });

function act(shop: ConnectedShop['shop'], id: number, { deed }: Step): void {
	const { status, refunds } = shop.orders.get(id);
	if (deed === 'restore') return void (status === 'trash' && shop.orders.restore(id));
	if (status === 'trash') return;
	const isOver = status === 'cancelled' || status === 'refunded';
	const isPaid = status === 'processing' || status === 'completed';
	if (deed === 'trash') shop.orders.trash(id);
	else if (deed === 'edit') shop.orders.change(id, ({ billing }) => (billing['address_2'] = `Flat ${refunds.length}`));
	else if (isOver) return;
	else if (deed === 'track') shop.orders.track(id, `AWB${id}`);
	else if (deed === 'refund' ? isPaid : deed !== 'pay' || !isPaid) {
		if (deed === 'refund') shop.orders.refund(id, '10.00');
		else shop.orders[deed](id);
	}
}

/** Everything that the order as it stands in the end says to have happened, and that is still worth a message. */
function due(shop: ConnectedShop['shop'], id: number): string[] {
	const { status, refunds } = shop.orders.get(id);
	if (status === 'trash') return [];
	const isPlaced = ['on-hold', 'processing', 'completed'].includes(status);
	return [
		...(isPlaced ? ['order_received'] : []),
		...(status === 'completed' ? ['order_shipped'] : []),
		...refunds.map(() => 'order_refunded'),
	];
}

test('whatever becomes of the deliveries: each message once, none missing, in the order in which it happened', async () => {
	await fc.assert(
		fc.asyncProperty(beginnings, steps, async (statuses, life) => {
			const { clock, shop, bridge, healed } = connected;
			const before = (await connected.taken()).length;
			const orders = statuses.map((status) => shop.orders.place({ status }));
			for (const step of life) {
				act(shop, orders[step.of] ?? 0, step);
				clock.advance(step.then * SECOND);
				const fateOf = step.queue?.values();
				if (fateOf) await shop.webhooks.runQueue(() => fateOf.next().value ?? 'sent');
				await (step.look ? bridge.later(16 * MINUTE) : bridge.drain());
			}
			shop.webhooks.dropQueue();
			await healed();
			const messages = (await connected.taken()).slice(before).map((line) => line.split(' '));
			for (const id of orders) {
				const got = messages.filter(([order]) => order === String(id)).map(([, template]) => template);
				// One for each refund; of anything else one for ever.
				const single = got.filter((template) => template !== 'order_refunded');
				expect(single).toEqual([...new Set(single)]);
				const refunds = shop.orders.get(id).refunds.length;
				expect(got.length - single.length).toBeLessThanOrEqual(refunds);
				expect(got).toEqual(expect.arrayContaining(due(shop, id)));
				if (shop.orders.get(id).status !== 'trash') expect(got.length - single.length).toBe(refunds);
				// What is over is not confirmed afterwards, and what left was confirmed before.
				const place = (template: string) => got.indexOf(template);
				if (place('order_received') > 0) expect(got.slice(0, place('order_received'))).toEqual([]);
			}
			expect(shop.webhooks.all.every(({ status }) => status === 'active')).toBe(true);
		}),
		{ numRuns: 20 },
	);
}, 180_000);
