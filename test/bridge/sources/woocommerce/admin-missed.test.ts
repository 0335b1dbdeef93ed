import type { LedgerEvent, LedgerOrder, ShopOrder } from '../../../../bridge/src/sources/shop-admin';
import { deliveryKey } from '../../../../bridge/src/sources/woocommerce/delivery-key';
import { DAY, HOUR, MINUTE, SECOND } from '../../../support/clock';
import { all, openFakeShop } from './admin-shop';

let open: Awaited<ReturnType<typeof openFakeShop>>;
let id: number;
beforeEach(async () => {
	open = await openFakeShop();
	id = open.shop.orders.place();
});
afterEach(() => open.shop.close());

async function fetched(): Promise<ShopOrder> {
	const order = (await all(open.admin.changedSince(new Date(0)))).find((each) => each.id === String(id));
	if (!order) throw new Error('not found');
	return order;
}
/** What the webhook of a state would have been stored as. */
const stored = (topic: string): LedgerEvent => ({
	topic,
	deliveryKey: deliveryKey(topic, open.shop.orders.rest(id) as { id: number }),
	occurredAt: open.shop.orders.get(id).modified,
});
const missed = async (known: Partial<LedgerOrder> = {}) => (await fetched()).missed({ events: [], ...known });

test('of an order that the ledger never saw, its creation', async () => {
	open.clock.advance(MINUTE);
	open.shop.orders.pay(id);
	const key = deliveryKey('order.created', open.shop.orders.rest(id) as { id: number });
	const [delivery, ...others] = await missed();
	expect(others).toEqual([]);
	expect(delivery).toMatchObject({
		source: 'boutique',
		topic: 'order.created',
		deliveryKey: `reconciled/${key}`,
		eventKey: key,
		triggeredAt: '2026-11-20T09:01:00Z',
	});
	expect(JSON.parse(delivery?.body.toString() ?? '')).toEqual(open.shop.orders.rest(id));
});

test('its key is the same whenever it is found', async () => {
	const first = await missed();
	open.clock.advance(DAY);
	expect((await missed())[0]?.deliveryKey).toBe(first[0]?.deliveryKey);
});

test('of an order from before the bridge knew the shop, only the change', async () => {
	open.clock.advance(30 * DAY);
	const notBefore = new Date(open.clock.now().getTime() - HOUR);
	open.shop.orders.complete(id);
	expect(await missed({ notBefore })).toMatchObject([{ topic: 'order.updated' }]);
	// A dry run asks without a limit: it shows all that such an order would have been told.
	expect(await missed()).toMatchObject([{ topic: 'order.created' }]);
});

test('nothing that happened too long ago', async () => {
	const notBefore = new Date(open.clock.now().getTime() + SECOND);
	expect(await missed({ notBefore })).toEqual([]);
});

test.each(['order.created', 'order.updated', 'order.restored'])('nothing when %s brought this state', async (topic) => {
	const { modified: updatedAt } = open.shop.orders.get(id);
	expect(await missed({ updatedAt, events: [stored(topic)] })).toEqual([]);
	const { deliveryKey: key, ...event } = stored(topic);
	expect(await missed({ updatedAt, events: [{ ...event, deliveryKey: `reconciled/${key}` }] })).toEqual([]);
});

test('the change that was not told, once', async () => {
	const events = [stored('order.created')];
	const { modified: updatedAt } = open.shop.orders.get(id);
	open.clock.advance(MINUTE);
	open.shop.orders.pay(id);
	const deliveries = await missed({ updatedAt, events });
	expect(deliveries).toMatchObject([{ topic: 'order.updated', triggeredAt: '2026-11-20T09:01:00Z' }]);
});

test('a second change in the same second', async () => {
	const known = { updatedAt: open.shop.orders.get(id).modified, events: [stored('order.created')] };
	open.shop.orders.pay(id);
	expect(await missed(known)).toMatchObject([{ topic: 'order.updated' }]);
});

test('nothing when the ledger is ahead of the list', async () => {
	const order = await fetched();
	open.clock.advance(SECOND);
	open.shop.orders.pay(id);
	const { modified: updatedAt } = open.shop.orders.get(id);
	expect(order.missed({ updatedAt, events: [stored('order.updated')] })).toEqual([]);
});

describe('an order in the trash', () => {
	test('was deleted: no more than its id', async () => {
		const events = [stored('order.created')];
		open.clock.advance(MINUTE);
		open.shop.orders.trash(id);
		const deliveries = await missed({ events });
		expect(deliveries).toMatchObject([{ topic: 'order.deleted', triggeredAt: '2026-11-20T09:01:00Z' }]);
		expect(deliveries[0]?.body.toString()).toBe(`{"id":${id}}`);
	});
	test('is told once, and again after it was restored', async () => {
		const events: LedgerEvent[] = [
			stored('order.created'),
			{ topic: 'order.deleted', deliveryKey: 'order.deleted 727' },
		];
		open.shop.orders.trash(id);
		expect(await missed({ events })).toEqual([]);
		open.shop.orders.restore(id);
		events.push(stored('order.restored'));
		open.clock.advance(MINUTE);
		open.shop.orders.trash(id);
		expect(await missed({ events })).toHaveLength(1);
	});
	test('nobody was told of needs no word', async () => {
		open.shop.orders.trash(id);
		expect(await missed()).toEqual([]);
	});
});

test('every digit of what a plugin keeps is kept', async () => {
	const { shop, admin } = open;
	const [order] = await all(admin.changedSince(new Date(0)));
	expect(order?.missed({ events: [] })).toHaveLength(1);
	shop.orders.change(id, ({ meta }) => meta.push({ id: 1, key: '_awb', value: { toJSON: () => RAW } }));
	const [changed] = await all(admin.changedSince(new Date(0)));
	const [delivery] = await Promise.resolve(changed?.missed({ events: [] }) ?? []);
	expect(delivery?.body.toString()).toContain('"value":"82098291194615450812"');
});
/** JSON.rawJSON (Node 22) writes a number that no double can hold. */
const RAW = (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON('82098291194615450812');
