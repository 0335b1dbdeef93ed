import fc from 'fast-check';
import type { ShopOrder } from '../../../../bridge/src/sources/shop-admin';
import { HOUR, MINUTE, SECOND, TestClock } from '../../../support/clock';
import type { FakeWooCommerceOptions } from '../../../support/fake-woocommerce/fake-woocommerce';
import { all, openFakeShop } from './admin-shop';

let open: Awaited<ReturnType<typeof openFakeShop>> | undefined;
afterEach(() => open?.shop.close());
async function fresh(options: Partial<FakeWooCommerceOptions> & { start?: string } = {}) {
	open = await openFakeShop({ ...options, clock: new TestClock(options.start) });
	return open;
}
const ids = (orders: ShopOrder[]) => orders.map(({ id }) => Number(id));
const states = (orders: ShopOrder[]) => orders.map(({ id, updatedAt }) => `${id} ${updatedAt.toISOString()}`);

test('changed then or later, oldest change first', async () => {
	const { clock, shop, admin } = await fresh();
	const [one, two, three] = [shop.orders.place(), shop.orders.place(), shop.orders.place()];
	clock.advance(HOUR);
	const since = clock.now();
	shop.orders.pay(two);
	clock.advance(SECOND);
	shop.orders.pay(one);
	expect(ids(await all(admin.changedSince(since)))).toEqual([two, one]);
	expect(ids(await all(admin.changedSince(new Date(since.getTime() + 1))))).toEqual([two, one]);
	expect(ids(await all(admin.changedSince(new Date(since.getTime() + SECOND))))).toEqual([one]);
	expect(ids(await all(admin.changedSince(new Date(0))))).toEqual([three, two, one]);
	expect((await all(admin.changedSince(since)))[0]).toMatchObject({ name: `#${two}`, updatedAt: since });
});

test.each(['Asia/Kolkata', 'America/Los_Angeles', 'Pacific/Kiritimati', 'UTC'])(
	'the time of the site does not matter: %s',
	async (zone) => {
		const { clock, shop, admin } = await fresh({ zone });
		shop.orders.place();
		clock.advance(MINUTE);
		const later = shop.orders.place();
		expect(ids(await all(admin.changedSince(clock.now())))).toEqual([later]);
	},
);

test('an order that can be asked for only in the hour that the site skips in spring', async () => {
	// In Berlin the clock goes from 02:00 to 03:00 on 28 March 2027: WordPress reads 02:30 as 03:30.
	const { clock, shop, admin } = await fresh({ zone: 'Europe/Berlin', start: '2027-03-28T02:10:00Z' });
	const [early, inside] = [shop.orders.place(), (clock.advance(20 * MINUTE), shop.orders.place())];
	clock.advance(15 * MINUTE);
	const late = shop.orders.place();
	expect(ids(await all(admin.changedSince(new Date('2027-03-28T02:30:00Z'))))).toEqual([inside, late]);
	expect(ids(await all(admin.changedSince(new Date('2027-03-28T02:05:00Z'))))).toEqual([early, inside, late]);
});

test('more orders than a page in that hour', async () => {
	const { clock, shop, admin } = await fresh({ zone: 'Europe/Berlin', start: '2027-03-28T01:58:00Z' });
	const placed = Array.from({ length: 380 }, () => (clock.advance(20 * SECOND), shop.orders.place()));
	expect(ids(await all(admin.changedSince(new Date(0))))).toEqual(placed);
	const since = new Date('2027-03-28T02:30:00Z');
	expect(ids(await all(admin.changedSince(since)))).toEqual(placed.slice(95));
});

test('a bulk edit changes more orders in one second than a page has', async () => {
	const { clock, shop, admin } = await fresh();
	const before = shop.orders.place();
	clock.advance(MINUTE);
	const placed = Array.from({ length: 350 }, () => shop.orders.place());
	clock.advance(SECOND);
	const after = shop.orders.place();
	const found = ids(await all(admin.changedSince(new Date(0))));
	expect(found).toHaveLength(352);
	expect([found[0], found.at(-1)]).toEqual([before, after]);
	expect(new Set(found)).toEqual(new Set([before, ...placed, after]));
});

test('pages full of baskets are no end', async () => {
	const { clock, shop, admin } = await fresh();
	for (let number = 0; number < 230; number += 1) {
		clock.advance(SECOND);
		shop.orders.place({ status: 'checkout-draft' });
	}
	clock.advance(SECOND);
	const order = shop.orders.place();
	expect(ids(await all(admin.changedSince(new Date(0))))).toEqual([order]);
});

test('an order thrown away comes where its change belongs', async () => {
	const { clock, shop, admin } = await fresh();
	const [thrown, first] = [shop.orders.place(), shop.orders.place()];
	clock.advance(MINUTE);
	shop.orders.trash(thrown);
	clock.advance(MINUTE);
	const last = shop.orders.place();
	expect(ids(await all(admin.changedSince(new Date(0))))).toEqual([first, thrown, last]);
});

test('a list is asked for a hundred at a time, in GMT', async () => {
	const { clock, shop, admin } = await fresh();
	for (let number = 0; number < 250; number += 1) {
		clock.advance(SECOND);
		shop.orders.place();
	}
	await all(admin.changedSince(new Date('2026-11-20T00:00:00Z')));
	const lists = shop.requests.filter(({ query }) => query['status'] === undefined);
	expect(lists.map(({ query }) => query)).toMatchObject([
		{
			modified_after: '2026-11-19T23:59:59',
			dates_are_gmt: 'true',
			per_page: '100',
			orderby: 'modified',
			order: 'asc',
		},
		{ modified_after: '2026-11-20T09:01:39' },
		{ modified_after: '2026-11-20T09:03:18' },
	]);
});

test('whatever changes while pages are read, every order comes in its last state, none twice in one', async () => {
	const zone = fc.constantFrom('Asia/Kolkata', 'Europe/Berlin');
	// Many changes a second, so that pages end within a second.
	const life = fc.record({
		zone,
		gaps: fc.array(fc.nat(2), { minLength: 90, maxLength: 330 }),
		meanwhile: fc.array(fc.record({ of: fc.nat(), what: fc.constantFrom('pay', 'place', 'trash', 'wait') }), {
			maxLength: 40,
		}),
		each: fc.integer({ min: 1, max: 6 }),
	});
	await fc.assert(
		fc.asyncProperty(life, async ({ zone: named, gaps, meanwhile, each }) => {
			const { clock, shop, admin } = await fresh({ zone: named, start: '2027-03-28T02:00:00Z' });
			const placed = gaps.map((gap) => (clock.advance(gap * 300), shop.orders.place()));
			clock.advance(SECOND);
			const changes = [...meanwhile];
			shop.meanwhile(() => {
				for (const { of, what } of changes.splice(0, each)) {
					clock.advance(SECOND);
					const id = placed[of % placed.length] ?? 0;
					if (what === 'pay') shop.orders.pay(id);
					if (what === 'trash') shop.orders.trash(id);
					if (what === 'place') placed.push(shop.orders.place());
				}
			});
			const found = await all(admin.changedSince(new Date(0)));
			await shop.close();
			expect(new Set(states(found)).size).toBe(found.length);
			const last = new Map(found.map((order) => [Number(order.id), order.updatedAt.getTime()]));
			// A change after the last list was asked for is of the next run: it is newer than anything found.
			const newest = Math.max(...found.map(({ updatedAt }) => updatedAt.getTime()));
			for (const id of placed) {
				const { modified, status } = shop.orders.get(id);
				if (status !== 'trash' && modified.getTime() <= newest) expect(last.get(id)).toBe(modified.getTime());
				else if (status !== 'trash') expect(modified.getTime()).toBeGreaterThan(newest);
			}
		}),
		{ numRuns: 15 },
	);
}, 60_000);
