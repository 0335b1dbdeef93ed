import type { Delivery, Reading } from '../../../../bridge/src/domain';
import type { ShopError } from '../../../../bridge/src/sources/shop-error';
import { shopifySource } from '../../../../bridge/src/sources/shopify/shopify-source';
import { TestClock } from '../../../support/clock';
import { FAKE_ADMIN_TOKEN, type FakeShopify, startFakeShopify } from '../../../support/fake-shopify/fake-shopify';
import type { Rest } from '../../../support/fake-shopify/from-rest';
import { there } from '../../../support/there';
import { SHOPIFY_SECRET, SHOPIFY_SHOP, shopifyDeliveries, shopifyFixture } from '../../../support/shopify';

let shop: FakeShopify;
const clock = new TestClock();
beforeAll(async () => {
	shop = await startFakeShopify(clock);
});
afterAll(() => shop.stop());
beforeEach(() => {
	shop.orders.clear();
	shop.bucket.fill();
	shop.asked.length = 0;
});

const source = () =>
	shopifySource(
		{ id: 'kaveri', shop: SHOPIFY_SHOP, secrets: [SHOPIFY_SECRET], adminToken: FAKE_ADMIN_TOKEN, apiUrl: shop.url },
		{ country: 'IN' },
	);

/** What the bridge fetches of an order as if nothing of it had come. */
async function fetched(order: Rest) {
	shop.orders.set(String(order['id']), order);
	const [found] = await there(source().admin).latest(1);
	return there(found).missed({ events: [] });
}

/** Facts that the Admin API does not give, or gives in another form. */
function comparable(reading: Reading) {
	if (reading.kind !== 'event' || !reading.order) return reading;
	const { number: _number, checkoutToken: _token, ...order } = reading.order;
	return { ...order, attributes: order.attributes, lines: order.lines };
}

const orders = shopifyDeliveries().filter(
	({ file, topic }) =>
		topic.startsWith('orders/') && !/wire|sample-test|120-line/.test(file) && topic !== 'orders/delete',
);

test('there are orders of every kind among the fixtures', () => {
	expect(orders.length).toBeGreaterThan(10);
});

test.each(orders.map(({ file }) => file))('%s fetched reads as the webhook does', async (file) => {
	const order = JSON.parse(shopifyFixture(file).toString()) as Rest;
	const webhook = source().read({ topic: 'orders/create', headers: {}, body: Buffer.from(JSON.stringify(order)) });
	const created = there((await fetched(order)).find(({ topic }) => topic === 'orders/create'));
	expect(comparable(source().read(created))).toEqual(comparable(webhook));
	expect(created.deliveryKey).toBe(`reconciled/orders/create/${order['id']}`);
});

test('120 lines are fetched page by page, none twice and none lost', async () => {
	const order = JSON.parse(shopifyFixture('orders-create.120-line-items').toString()) as Rest;
	const skus = (order['line_items'] as Rest[]).map((line, index) => (line['sku'] = `SKU-${index}`));
	shop.orders.set(String(order['id']), order);
	const [found] = await there(source().admin).latest(1);
	const again = async (): Promise<Delivery[]> => {
		try {
			return await there(found).missed({ events: [] });
		} catch (error) {
			// The bucket is empty before the order is whole; the next attempt goes on where this one stopped.
			clock.advance(there((error as ShopError).retryAfterMs));
			pauses += 1;
			return again();
		}
	};
	let pauses = 0;
	const [created] = await again();
	const reading = source().read(there(created));
	expect(skus).toHaveLength(120);
	expect(reading.kind === 'event' && reading.order?.lines.map(({ sku }) => sku)).toEqual(skus);
	expect(pauses).toBeGreaterThan(0);
	expect(shop.asked.filter((name) => name === 'Order')).toHaveLength(1);
});

test('a refund is fetched whole: what is paid back, and for which lines', async () => {
	const refund = JSON.parse(shopifyFixture('refunds-create.in-partial-shipping').toString()) as Rest;
	const order = JSON.parse(shopifyFixture('orders-paid.in-upi').toString()) as Rest;
	const deliveries = await fetched({ ...order, refunds: [{ ...refund, order_id: order['id'] }] });
	const found = there(deliveries.find(({ topic }) => topic === 'refunds/create'));
	const reading = source().read(found);
	const webhook = source().read({ topic: 'refunds/create', headers: {}, body: Buffer.from(JSON.stringify(refund)) });
	if (reading.kind !== 'event' || webhook.kind !== 'event') throw new Error('not read');
	expect(reading.refund).toEqual(webhook.refund);
	expect(reading.subject).toBe(String(order['id']));
});

test('an id beyond what a double holds keeps every digit', async () => {
	const order = JSON.parse(shopifyFixture('orders-create.in-cod-optin').toString()) as Rest;
	const [created] = await fetched({ ...order, id: '820982911946154508' });
	const reading = source().read(there(created));
	expect(reading).toMatchObject({ subject: '820982911946154508', order: { id: '820982911946154508' } });
});

test('what the ledger has is not missed; what it lacks comes in the order of an order’s life', async () => {
	const id = await shop.place();
	await shop.pay(id);
	const parcel = await shop.fulfil(id);
	await shop.refund(id, '100.00');
	const [order] = await there(source().admin).latest(1);
	const topics = async (events: Parameters<NonNullable<typeof order>['missed']>[0]['events'], updatedAt?: Date) =>
		(await there(order).missed({ events, ...(updatedAt ? { updatedAt } : {}) })).map(({ topic }) => topic);
	const event = (name: 'order.created' | 'order.paid' | 'order.fulfilled' | 'order.refunded' | 'shipment.updated') => ({
		event: name,
		topic: '',
		deliveryKey: '',
	});
	expect(await topics([])).toEqual([
		'orders/create',
		'orders/paid',
		'orders/fulfilled',
		'fulfillments/update',
		'refunds/create',
	]);
	const most = [event('order.created'), event('order.paid'), event('order.fulfilled')];
	expect(await topics([...most, { ...event('shipment.updated'), about: `${parcel}/in_transit` }])).toEqual([
		'orders/updated',
		'refunds/create',
	]);
	const refund = there((there(shop.orders.get(id))['refunds'] as Rest[])[0])['id'] as number;
	const all = [
		...most,
		{ ...event('shipment.updated'), about: `${parcel}/in_transit` },
		{ ...event('order.refunded'), about: String(refund) },
	];
	expect(await topics(all, there(order).updatedAt)).toEqual([]);
	expect(await topics(all, new Date(there(order).updatedAt.getTime() - 1000))).toEqual(['orders/updated']);
});

test('what was fetched and its webhook have the same key: also `once: event` sends one message for both', async () => {
	const id = await shop.place();
	await shop.pay(id);
	await shop.fulfil(id);
	await shop.refund(id, '100.00');
	const order = there(shop.orders.get(id));
	const last = (list: unknown) => there((list as Rest[]).at(-1));
	const webhooks: Record<string, object> = {
		'orders/create': order,
		'orders/paid': order,
		'orders/fulfilled': order,
		'fulfillments/update': last(order['fulfillments']),
		'refunds/create': last(order['refunds']),
	};
	const keyOf = (topic: string, body: Buffer) => {
		const reading = source().read({ topic, headers: {}, body });
		return reading.kind === 'event' ? reading.key : undefined;
	};
	const [found] = await there(source().admin).latest(1);
	const keys = (await there(found).missed({ events: [] })).map(({ topic, body }) => [topic, keyOf(topic, body)]);
	expect(keys).toEqual(
		Object.entries(webhooks).map(([topic, body]) => [topic, keyOf(topic, Buffer.from(JSON.stringify(body)))]),
	);
	expect(new Set(keys.map(([, key]) => key)).size).toBe(5);
});
