import { shopifySource } from '../../../../bridge/src/sources/shopify/shopify-source';
import { SUBSCRIBED_TOPICS } from '../../../../bridge/src/sources/shopify/admin/subscriptions';
import { HOUR, SECOND, TestClock } from '../../../support/clock';
import {
	FAKE_ADMIN_TOKEN,
	FAKE_CLIENT,
	type FakeShopify,
	startFakeShopify,
} from '../../../support/fake-shopify/fake-shopify';
import { there } from '../../../support/there';
import { SHOPIFY_SECRET, SHOPIFY_SHOP } from '../../../support/shopify';

let shop: FakeShopify;
let clock: TestClock;
beforeEach(async () => {
	clock = new TestClock();
	shop = await startFakeShopify(clock);
});
afterEach(() => shop.stop());

type Key = { adminToken?: string; clientId?: string; clientSecret?: string };
const admin = (key: Key = { adminToken: FAKE_ADMIN_TOKEN }) =>
	there(
		shopifySource({ id: 'kaveri', shop: SHOPIFY_SHOP, secrets: [SHOPIFY_SECRET], apiUrl: shop.url, ...key }, {}, clock)
			.admin,
	);
const failure = (work: Promise<unknown>) =>
	work.then(
		() => undefined,
		(error: unknown) => error as Error & { kind: string; retryAfterMs?: number },
	);

test('without a key there is no API', () => {
	const source = shopifySource({ id: 'kaveri', shop: SHOPIFY_SHOP, secrets: [SHOPIFY_SECRET] }, {});
	expect(source.admin).toBeUndefined();
});

test('says whose key it is', async () => {
	expect(await admin().whoAmI()).toEqual({ name: 'Kaveri Handlooms', domain: SHOPIFY_SHOP });
});

describe('tokens of the client credentials grant', () => {
	// The secret that signs the webhooks is the app's client secret.
	const client = { clientId: FAKE_CLIENT.id };

	test('one is fetched, kept, and renewed before it ends', async () => {
		const api = admin(client);
		await Promise.all([api.whoAmI(), api.whoAmI(), api.whoAmI()]);
		expect(shop.asked).toEqual(['token', 'Shop', 'Shop', 'Shop']);
		clock.advance(23 * HOUR);
		await api.whoAmI();
		expect(shop.asked.filter((name) => name === 'token')).toHaveLength(1);
		clock.advance(58 * 60 * SECOND);
		await api.whoAmI();
		expect(shop.asked.filter((name) => name === 'token')).toHaveLength(2);
	});

	test('one that is refused is fetched anew, once', async () => {
		const api = admin(client);
		await api.whoAmI();
		shop.revoke();
		await api.whoAmI();
		expect(shop.asked).toEqual(['token', 'Shop', 'token', 'Shop']);
	});

	test('a wrong secret is told in words that help, without the secret', async () => {
		const error = await failure(admin({ ...client, clientSecret: 'not-the-secret' }).whoAmI());
		expect(error).toMatchObject({ kind: 'refused' });
		expect(error?.message).toContain('Dev Dashboard');
		expect(JSON.stringify(error) + error?.message + error?.stack).not.toContain('not-the-secret');
	});
});

describe('what goes wrong, as what is to be done', () => {
	test('a wrong fixed token is refused, once asked', async () => {
		const error = await failure(admin({ adminToken: 'shpat_wrong' }).whoAmI());
		expect(error).toMatchObject({ kind: 'refused', message: expect.stringContaining("'adminToken'") });
		expect(error?.message).not.toContain('shpat_');
	});

	test('an empty bucket: later, when it holds enough again', async () => {
		shop.bucket.empty();
		const error = await failure(admin().changedSince(clock.now())[Symbol.asyncIterator]().next());
		expect(error).toMatchObject({ kind: 'later' });
		expect(error?.retryAfterMs).toBeGreaterThan(1000);
		clock.advance(there(error?.retryAfterMs));
		expect(await failure(admin().changedSince(clock.now())[Symbol.asyncIterator]().next())).toBeUndefined();
	});

	test('429: after as many seconds as Shopify says', async () => {
		shop.faults.status = 429;
		expect(await failure(admin().whoAmI())).toMatchObject({ kind: 'later', retryAfterMs: 7000 });
	});

	test.each([500, 502, 503])('%s: later', async (status) => {
		shop.faults.status = status;
		expect(await failure(admin().whoAmI())).toMatchObject({ kind: 'later' });
	});

	test('a shop that cannot be reached: later', async () => {
		const api = admin();
		await shop.stop();
		expect(await failure(api.whoAmI())).toMatchObject({ kind: 'later' });
	});

	test('a missing scope is named', async () => {
		shop.faults.denied.set('Order.customer', 'read_customers');
		const id = await shop.place();
		const [order] = await admin().latest(1);
		expect(order?.id).toBe(id);
		const error = await failure(Promise.resolve(there(order).missed({ events: [] })));
		expect(error).toMatchObject({ kind: 'refused', message: expect.stringContaining('read_customers') });
	});

	test('a missing approval for customers’ data is told as such', async () => {
		shop.faults.denied.set('Order.customer', '');
		await shop.place();
		const [order] = await admin().latest(1);
		const error = await failure(Promise.resolve(there(order).missed({ events: [] })));
		expect(error?.message).toContain('protected customer data');
	});
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
