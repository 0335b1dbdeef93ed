import { shopifySource } from '../../../../bridge/src/sources/shopify/shopify-source';
import { SUBSCRIBED_TOPICS } from '../../../../bridge/src/sources/shopify/admin/subscriptions';
import { SECOND } from '../../../support/clock';
import { FAKE_ADMIN_TOKEN } from '../../../support/fake-shopify/fake-shopify';
import { SHOPIFY_SECRET, SHOPIFY_SHOP } from '../../../support/shopify';
import { type AdminShop, failure, startAdminShop } from './admin-shop';

let { shop, clock, admin } = {} as AdminShop;
beforeEach(async () => {
	({ shop, clock, admin } = await startAdminShop());
});
afterEach(() => shop.stop());

test('without a key there is no API', () => {
	const source = shopifySource({ id: 'kaveri', shop: SHOPIFY_SHOP, secrets: [SHOPIFY_SECRET] }, {});
	expect(source.admin).toBeUndefined();
});

test('says whose key it is', async () => {
	expect(await admin().whoAmI()).toEqual({ name: 'Kaveri Handlooms', domain: SHOPIFY_SHOP });
});

test('the shop for tests refuses what the real one would: an unknown field, an unknown argument, a query too dear', async () => {
	const post = async (query: string) => {
		const answered = await fetch(`${shop.url}/admin/api/2026-10/graphql.json`, {
			method: 'POST',
			headers: { 'x-shopify-access-token': FAKE_ADMIN_TOKEN },
			body: JSON.stringify({ query }),
		});
		return JSON.stringify(await answered.json());
	};
	expect(await post('query A { shop { nam } }')).toContain("Field 'nam' doesn't exist on type 'Shop'");
	expect(await post('query A { shop(id: 1) { name } }')).toContain("doesn't accept argument 'id'");
	expect(
		await post(
			'query A { orders(first: 250) { nodes { id totalPriceSet { shopMoney { amount } } refunds(first: 9) { id } } } }',
		),
	).toContain('MAX_COST_EXCEEDED');
});

describe('webhook subscriptions', () => {
	const address = 'https://bridge.example/webhooks/shopify/kaveri';

	test('all that are read are made, and none twice', async () => {
		const first = await admin().subscribe(address);
		expect(first.created).toEqual([...SUBSCRIBED_TOPICS]);
		expect(shop.hooks.hooks.map(({ uri, format }) => [uri, format])).toEqual(
			SUBSCRIBED_TOPICS.map(() => [address, 'JSON']),
		);
		const second = await admin().subscribe(address);
		expect(second).toEqual({ present: [...SUBSCRIBED_TOPICS], created: [], mended: [], refused: [] });
		expect(shop.hooks.hooks).toHaveLength(SUBSCRIBED_TOPICS.length);
	});

	test('those of others stay as they are, also in the hundreds', async () => {
		for (let index = 0; index < 120; index += 1)
			shop.hooks.add(index % 2 ? 'ORDERS_CREATE' : 'APP_UNINSTALLED', `https://other.example/${index}`);
		await admin().subscribe(address);
		shop.hooks.hooks.splice(
			shop.hooks.hooks.findIndex(({ uri }) => uri === address),
			1,
		);
		expect((await admin().subscribe(address)).created).toEqual(['orders/create']);
		expect(shop.hooks.hooks.filter(({ uri }) => uri.startsWith('https://other.example'))).toHaveLength(120);
	});

	test('one in XML is mended', async () => {
		shop.hooks.add('ORDERS_PAID', address, 'XML');
		expect((await admin().subscribe(address)).mended).toEqual(['orders/paid']);
		expect(shop.hooks.hooks.filter(({ topic }) => topic === 'ORDERS_PAID')).toMatchObject([{ format: 'JSON' }]);
	});

	test('topics that the shop refuses are told with its reason, the others are there', async () => {
		shop.faults.refusedTopics.add('FULFILLMENT_EVENTS_CREATE');
		const { refused, created } = await admin().subscribe(address);
		expect(refused).toEqual([
			{ topic: 'fulfillment_events/create', reason: 'The following topic is invalid: FULFILLMENT_EVENTS_CREATE' },
		]);
		expect(created).toHaveLength(SUBSCRIBED_TOPICS.length - 1);
	});

	test('an address without https is refused by the shop, and said so', async () => {
		const { refused } = await admin().subscribe('http://bridge.example/webhooks/shopify/kaveri');
		expect(refused[0]?.reason).toContain('http:// is not supported');
	});
});

describe('asking for orders', () => {
	test('changed ones come page by page, oldest change first', async () => {
		for (let index = 0; index < 120; index += 1) {
			clock.advance(SECOND);
			await shop.place();
		}
		const since = new Date(clock.now().getTime() - 110 * SECOND);
		const seen: number[] = [];
		for await (const { updatedAt } of admin().changedSince(since)) seen.push(updatedAt.getTime());
		expect(seen).toHaveLength(111);
		expect(seen).toEqual([...seen].sort((a, b) => a - b));
		expect(shop.asked.filter((name) => name === 'ChangedOrders')).toHaveLength(3);
	});

	test('the newest come first, as many as asked for', async () => {
		const ids: string[] = [];
		for (let index = 0; index < 60; index += 1) {
			clock.advance(SECOND);
			ids.unshift(await shop.place());
		}
		expect((await admin().latest(55)).map(({ id }) => id)).toEqual(ids.slice(0, 55));
		expect(await admin().latest(500)).toHaveLength(60);
	});
});

describe('writing to an order', () => {
	test('tags are added to those that are there, lines of the note once', async () => {
		const id = await shop.place({ tags: 'vip', note: 'Ring twice' });
		const api = admin();
		await api.annotate(id, { tags: ['whatsapp-sent'], note: 'WhatsApp: sent' });
		await api.annotate(id, { tags: ['whatsapp-sent'], note: 'WhatsApp: sent\nWhatsApp: read' });
		expect(shop.orders.get(id)).toMatchObject({
			tags: 'vip, whatsapp-sent',
			note: 'Ring twice\nWhatsApp: sent\nWhatsApp: read',
		});
	});

	test('an order that was deleted is gone', async () => {
		const id = await shop.place();
		await shop.remove(id);
		expect(await failure(admin().annotate(id, { tags: ['x'] }))).toMatchObject({ kind: 'gone' });
		expect(await failure(admin().annotate(id, { note: 'x' }))).toMatchObject({ kind: 'gone' });
		expect(await failure(admin().annotate('a-checkout-token', { note: 'x' }))).toMatchObject({ kind: 'gone' });
	});

	test('what the shop will not take is told in its words', async () => {
		const id = await shop.place({ tags: Array.from({ length: 250 }, (_, index) => `t${index}`).join(', ') });
		expect(await failure(admin().annotate(id, { tags: ['one-more'] }))).toMatchObject({
			kind: 'rejected',
			message: expect.stringContaining('maximum of 250'),
		});
	});
});
