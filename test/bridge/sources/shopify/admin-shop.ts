import type { ShopAdmin } from '../../../../bridge/src/sources/shop-admin';
import { shopifySource } from '../../../../bridge/src/sources/shopify/shopify-source';
import { TestClock } from '../../../support/clock';
import { FAKE_ADMIN_TOKEN, type FakeShopify, startFakeShopify } from '../../../support/fake-shopify/fake-shopify';
import { SHOPIFY_SECRET, SHOPIFY_SHOP } from '../../../support/shopify';
import { there } from '../../../support/there';

export interface AdminShop {
	clock: TestClock;
	shop: FakeShopify;
	admin(key?: { adminToken?: string; clientId?: string; clientSecret?: string }): ShopAdmin;
}

/** A shop on a free port, and what the bridge asks it with. */
export async function startAdminShop(): Promise<AdminShop> {
	const clock = new TestClock();
	const shop = await startFakeShopify(clock);
	const config = { id: 'kaveri', shop: SHOPIFY_SHOP, secrets: [SHOPIFY_SECRET], apiUrl: shop.url };
	return {
		clock,
		shop,
		admin: (key = { adminToken: FAKE_ADMIN_TOKEN }) => there(shopifySource({ ...config, ...key }, {}, clock).admin),
	};
}

/** What it was refused with; undefined when it was not. */
export const failure = (work: Promise<unknown>) =>
	work.then(
		() => undefined,
		(error: unknown) => error as Error & { kind: string; retryAfterMs?: number },
	);
