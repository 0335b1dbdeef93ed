import { woocommerceAdmin, type WooCommerceAdminConfig } from '../../../../bridge/src/sources/woocommerce/admin';
import type { ShopAdmin, ShopOrder } from '../../../../bridge/src/sources/shop-admin';
import { TestClock } from '../../../support/clock';
import {
	type FakeWooCommerce,
	type FakeWooCommerceOptions,
	startFakeWooCommerce,
	WOO_KEY,
	WOO_KEY_SECRET,
} from '../../../support/fake-woocommerce/fake-woocommerce';

export const ADDRESS = 'https://bridge.example.com/webhooks/woocommerce/boutique';
export const SECRET = 'wooSecret0123456789';

/** A fake shop and the bridge's admin of it. */
export async function openFakeShop(
	options: Partial<FakeWooCommerceOptions> & { clock?: TestClock } = {},
): Promise<{ clock: TestClock; shop: FakeWooCommerce; admin: ShopAdmin }> {
	const clock = options.clock ?? new TestClock();
	const shop = await startFakeWooCommerce({ ...options, clock });
	return { clock, shop, admin: adminOf(shop.url) };
}

export const adminOf = (url: string, config: Partial<WooCommerceAdminConfig> = {}): ShopAdmin =>
	woocommerceAdmin({
		id: 'boutique',
		url,
		consumerKey: WOO_KEY,
		consumerSecret: WOO_KEY_SECRET,
		secrets: [SECRET],
		...config,
	});

export async function all(orders: AsyncIterable<ShopOrder>): Promise<ShopOrder[]> {
	const found: ShopOrder[] = [];
	for await (const order of orders) found.push(order);
	return found;
}
