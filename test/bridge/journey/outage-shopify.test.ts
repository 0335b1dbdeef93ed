import { HOUR, MINUTE } from '../../support/clock';
import { type Healing, startHealing } from '../../support/fake-shopify/healing';
import { SUBSCRIBED_TOPICS } from '../../../bridge/src/sources/shopify/admin/subscriptions';

let healing: Healing;
beforeEach(async () => {
	healing = await startHealing();
});
afterEach(() => healing.stop());

const sent = async () => (await healing.bridge.taken()).map(({ templateName }) => templateName).sort();

/** A day of a shop: an order an hour, every third is paid, every fourth shipped, one is cancelled, one refunded. */
async function aDayOfOrders(): Promise<string[]> {
	const { shop, clock } = healing;
	const expected: string[] = [];
	for (let hour = 0; hour < 23; hour += 1) {
		clock.advance(HOUR);
		const id = await shop.place();
		if (hour === 10) {
			await shop.cancel(id);
			expected.push('order_cancelled');
			continue;
		}
		expected.push('cod_confirmation');
		if (hour % 3 === 0) {
			await shop.pay(id);
			expected.push('order_paid');
		}
		if (hour % 4 === 0) {
			await shop.fulfil(id);
			expected.push('order_shipped');
		}
		if (hour === 6) {
			await shop.refund(id, '50.00');
			expected.push('order_refunded');
		}
	}
	return expected.sort();
}

test('a day’s outage of the bridge: everything that should have gone out has, once', async () => {
	const { shop, bridge } = healing;
	await bridge.bridge.stop();
	const expected = await aDayOfOrders();
	// The bridge did not answer for long: Shopify has removed what it gave up on.
	expect(shop.hooks.hooks.length).toBeLessThan(SUBSCRIBED_TOPICS.length);
	await bridge.startBridge();
	for (let round = 0; round < 30; round += 1) await bridge.later(MINUTE);
	expect(await sent()).toEqual(expected);
	expect(shop.hooks.hooks.filter(({ uri }) => uri.startsWith(bridge.bridge.url))).toHaveLength(
		SUBSCRIBED_TOPICS.length,
	);
	await shop.hooks.redeliver();
	for (let round = 0; round < 4; round += 1) await bridge.later(15 * MINUTE);
	expect(await sent()).toEqual(expected);
});

test('a day’s outage of the shop’s API and its webhooks: afterwards all goes out, once', async () => {
	const { shop, bridge, clock } = healing;
	shop.hooks.lost = true;
	shop.faults.status = 503;
	const expected: string[] = [];
	for (let hour = 0; hour < 23; hour += 1) {
		await shop.place();
		expected.push('cod_confirmation');
		await bridge.later(HOUR);
	}
	expect(await sent()).toEqual([]);
	const { items } = await bridge.admin<{ items: { id: string; feed: { fault: string } }[] }>('/sources');
	expect(items.find(({ id }) => id === 'kaveri')?.feed.fault).toContain('503');
	shop.faults.status = undefined;
	clock.advance(MINUTE);
	// All of one person, who gets one message a round.
	for (let round = 0; round < 25; round += 1) await bridge.later(2 * MINUTE);
	expect(await sent()).toEqual(expected);
	shop.hooks.lost = false;
	await shop.hooks.redeliver();
	await bridge.later(15 * MINUTE);
	expect(await sent()).toEqual(expected);
});
