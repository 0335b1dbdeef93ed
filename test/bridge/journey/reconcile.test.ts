import { SUBSCRIBED_TOPICS } from '../../../bridge/src/sources/shopify/admin/subscriptions';
import { DAY, HOUR, MINUTE } from '../../support/clock';
import { FAKE_CLIENT } from '../../support/fake-shopify/fake-shopify';
import { type Healing, startHealing } from '../../support/fake-shopify/healing';

let healing: Healing;
const start = async (keys?: string) => (healing = await startHealing(keys));
afterEach(() => healing.stop());

const sent = async () => (await healing.bridge.taken()).map(({ templateName }) => templateName);
const events = async () =>
	(await healing.bridge.admin<{ items: { topic: string; source: string }[] }>('/events?source=kaveri')).items;
const logged = (text: string) => healing.bridge.logLines.filter((line) => line.includes(text));

describe('webhook subscriptions', () => {
	test('are made at the first look, and the webhooks come', async () => {
		const { shop, bridge } = await start();
		expect(shop.hooks.hooks).toHaveLength(SUBSCRIBED_TOPICS.length);
		await shop.place();
		await bridge.drain();
		expect(await sent()).toEqual(['cod_confirmation']);
		expect(logged('dropped webhook subscriptions')).toEqual([]);
	});

	test('that the shop removed are put back and told; those of others are left alone', async () => {
		const { shop, bridge } = await start();
		shop.hooks.hooks.splice(0);
		shop.hooks.add('ORDERS_CREATE', 'https://other.example/hook');
		await bridge.later(15 * MINUTE);
		expect(shop.hooks.hooks).toHaveLength(SUBSCRIBED_TOPICS.length + 1);
		expect(logged('dropped webhook subscriptions')).toHaveLength(1);
		await bridge.later(15 * MINUTE);
		expect(logged('dropped webhook subscriptions')).toHaveLength(1);
	});

	test('are looked after for days with tokens that last one', async () => {
		healing = await startHealing('reconcile: { every: 6h }', { key: `clientId: ${FAKE_CLIENT.id}` });
		const { shop, bridge } = healing;
		for (let look = 0; look < 12; look += 1) await bridge.later(6 * HOUR);
		expect(shop.asked.filter((name) => name === 'Subscriptions')).toHaveLength(13);
		expect(shop.asked.filter((name) => name === 'token')).toHaveLength(4);
		expect(logged('cannot be looked at')).toEqual([]);
	});

	test('without reconcile nothing is asked of the shop', async () => {
		const { shop, bridge } = await start('reconcile: { enabled: false }');
		await bridge.later(HOUR);
		expect(shop.asked).toEqual([]);
	});
});

describe('orders whose webhooks never came', () => {
	test('are found at the next look, and their messages go out', async () => {
		const { shop, bridge, clock } = await start();
		shop.hooks.lost = true;
		const id = await shop.place();
		clock.advance(MINUTE);
		await shop.pay(id);
		// Not the time after: the second message to one person leaves six seconds later.
		const looked = new Date(clock.now().getTime() + 15 * MINUTE);
		await bridge.later(15 * MINUTE);
		expect(await sent()).toEqual(['cod_confirmation', 'order_paid']);
		expect((await events()).map(({ topic }) => topic).sort()).toEqual(['orders/create', 'orders/paid']);
		expect(logged('Webhooks had not come')).toHaveLength(1);
		const { items } = await bridge.admin<{ items: { id: string; feed: { progress: object } }[] }>('/sources');
		expect(items.find((each) => each.id === 'kaveri')?.feed.progress).toEqual({
			reconciled: { found: 2, restored: 0, lastFound: looked.toISOString() },
			subscriptions: { active: SUBSCRIBED_TOPICS.length, refused: [] },
		});
	});

	test('a webhook that comes after all makes no second message', async () => {
		const { shop, bridge } = await start();
		shop.hooks.lost = true;
		await shop.pay(await shop.place());
		await bridge.later(15 * MINUTE);
		shop.hooks.lost = false;
		await shop.hooks.redeliver();
		await bridge.later(15 * MINUTE);
		expect(await sent()).toEqual(['cod_confirmation', 'order_paid']);
	});

	test('what changed in the last two minutes is left to its webhook', async () => {
		const { shop, bridge, clock } = await start();
		clock.advance(14 * MINUTE);
		shop.hooks.lost = true;
		await shop.place();
		await bridge.later(MINUTE);
		expect(await sent()).toEqual([]);
		shop.hooks.lost = false;
		await shop.hooks.redeliver();
		await bridge.drain();
		await bridge.later(15 * MINUTE);
		expect(await sent()).toEqual(['cod_confirmation']);
		expect((await events()).filter(({ topic }) => topic === 'orders/create')).toHaveLength(1);
	});

	test('nothing is missed when all webhooks came: no event is stored besides theirs', async () => {
		const { shop, bridge, clock } = await start();
		const id = await shop.place();
		await bridge.drain();
		for (const step of [shop.pay, shop.fulfil] as const) {
			clock.advance(MINUTE);
			await step(id);
			await bridge.drain();
		}
		clock.advance(MINUTE);
		await shop.carry(id, 'delivered');
		await shop.refund(id, '50.00');
		await bridge.drain();
		const before = (await events()).length;
		for (let look = 0; look < 3; look += 1) await bridge.later(15 * MINUTE);
		expect((await events()).length).toBe(before);
		expect(logged('Webhooks had not come')).toEqual([]);
	});

	test('what happened before the shop was connected is not told, but a shipment from then on finds its customer', async () => {
		let old = '';
		healing = await startHealing('', {
			before: async (shop, clock) => {
				old = await shop.place();
				await shop.pay(old);
				clock.advance(HOUR);
			},
		});
		const { shop, bridge, clock } = healing;
		clock.advance(MINUTE);
		await shop.change(old, { note: 'Call before delivery' });
		await bridge.later(15 * MINUTE);
		expect(await sent()).toEqual([]);
		shop.hooks.lost = true;
		await shop.fulfil(old);
		await bridge.later(15 * MINUTE);
		expect(await sent()).toEqual(['order_shipped']);
	});

	test('what is older than the limit is not sent', async () => {
		const { shop, bridge, clock } = await start('reconcile: { limit: 6h }');
		shop.hooks.lost = true;
		const old = await shop.place();
		clock.advance(7 * HOUR);
		await shop.place();
		await shop.pay(old);
		await bridge.later(15 * MINUTE);
		expect((await sent()).sort()).toEqual(['cod_confirmation', 'order_paid']);
		await bridge.later(DAY);
		expect(await sent()).toHaveLength(2);
	});

	test('missed: ask holds them, says why, and a replay sends them', async () => {
		const { shop, bridge } = await start('reconcile: { missed: ask }');
		await shop.place();
		await bridge.drain();
		shop.hooks.lost = true;
		await shop.place();
		await bridge.later(15 * MINUTE);
		expect(await sent()).toEqual(['cod_confirmation']);
		const [held] = await bridge.messages('?state=held');
		expect(held?.reason).toMatch(/^the shop's webhook for this never came; .*Replay it to send it now, or cancel it$/);
		await bridge.admin(`/messages/${held?.id ?? ''}/replay`, { method: 'POST' });
		await bridge.drain();
		expect(await sent()).toEqual(['cod_confirmation', 'cod_confirmation']);
	});

	test('an order that the shop cannot give stops the others only for a while', async () => {
		const { shop, bridge, clock } = await start();
		shop.hooks.lost = true;
		await shop.place();
		shop.faults.broken.add('Order');
		await bridge.later(15 * MINUTE);
		for (let look = 0; look < 4; look += 1) await bridge.later(5 * MINUTE);
		expect(logged('it is left out')).toHaveLength(1);
		shop.faults.broken.clear();
		clock.advance(MINUTE);
		await shop.place();
		await bridge.later(15 * MINUTE);
		expect(await sent()).toEqual(['cod_confirmation']);
	});

	test('a shop that asks for a pause gets it, and the look goes on where it stopped', async () => {
		const { shop, bridge, clock } = await start();
		shop.hooks.lost = true;
		for (let index = 0; index < 12; index += 1) await shop.place({ phone: `+9198765430${10 + index}` });
		clock.advance(15 * MINUTE);
		shop.bucket.empty();
		for (let look = 0; look < 20; look += 1) await bridge.later(20_000);
		expect(await sent()).toHaveLength(12);
	});
});
