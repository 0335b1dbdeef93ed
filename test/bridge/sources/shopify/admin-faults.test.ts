import { SUBSCRIBED_TOPICS } from '../../../../bridge/src/sources/shopify/admin/subscriptions';
import { HOUR, SECOND } from '../../../support/clock';
import { FAKE_CLIENT } from '../../../support/fake-shopify/fake-shopify';
import { shopifyFixture } from '../../../support/shopify';
import { there } from '../../../support/there';
import { type AdminShop, failure, startAdminShop } from './admin-shop';

let { shop, clock, admin } = {} as AdminShop;
beforeEach(async () => {
	({ shop, clock, admin } = await startAdminShop());
});
afterEach(() => shop.stop());

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

describe('answers as Shopify’s reference has them', () => {
	const answer = (name: string) => JSON.parse(shopifyFixture(`graphql/${name}`).toString()) as object;

	test('throttled, with status 200', async () => {
		shop.faults.verbatim.set('Shop', answer('throttled'));
		expect(await failure(admin().whoAmI())).toMatchObject({ kind: 'later', retryAfterMs: 18_800 });
	});

	test('access denied, with status 200 and part of the data', async () => {
		shop.faults.verbatim.set('LatestOrders', answer('access-denied'));
		const error = await failure(admin().latest(1));
		expect(error).toMatchObject({ kind: 'refused', message: expect.stringContaining('the scope read_customers ') });
	});

	test('user errors, with status 200 and no error', async () => {
		shop.faults.verbatim.set('Subscribe', answer('webhookSubscriptionCreate.userErrors'));
		const { refused, created } = await admin().subscribe('https://bridge.example/webhooks/shopify/kaveri');
		expect(created).toEqual([]);
		expect(refused[0]?.reason).toBe('Address for this topic has already been taken');
	});

	test('a subscription made', async () => {
		shop.faults.verbatim.set('Subscribe', answer('webhookSubscriptionCreate.ok'));
		const { created } = await admin().subscribe('https://bridge.example/webhooks/shopify/kaveri');
		expect(created).toHaveLength(SUBSCRIBED_TOPICS.length);
	});

	test('something else than was asked for is no order', async () => {
		shop.faults.verbatim.set('LatestOrders', { data: { orders: { nodes: [{ id: 1 }] } } });
		expect(await failure(admin().latest(1))).toMatchObject({ kind: 'rejected' });
	});
});
