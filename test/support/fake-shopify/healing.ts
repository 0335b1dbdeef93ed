import { TestBridge, type TestBridgeOptions } from '../bridge';
import { TestClock } from '../clock';
import { SHOPIFY_SECRET } from '../shopify';
import { type FakeShopify, startFakeShopify } from './fake-shopify';

export interface Healing {
	clock: TestClock;
	shop: FakeShopify;
	bridge: TestBridge;
	stop(): Promise<void>;
}

/** A bridge whose source 'kaveri' has a key for a shop on a free port; they have met already. `keys`: more of the source's keys; `before`: what went on
 * in the shop before. */
export async function startHealing(
	keys = '',
	{ before, ...options }: TestBridgeOptions & { before?: (shop: FakeShopify, clock: TestClock) => Promise<void> } = {},
): Promise<Healing> {
	const clock = new TestClock();
	const shop = await startFakeShopify(clock);
	await before?.(shop, clock);
	const source = `{ id: kaveri, kind: shopify, shop: ${shop.domain}, secrets: [${SHOPIFY_SECRET}], ${shop.keys()} ${keys === '' ? '' : `, ${keys}`} }`;
	const bridge = await TestBridge.start({ clock, sources: [source], ...options });
	await bridge.drain();
	return {
		clock,
		shop,
		bridge,
		stop: async () => {
			await bridge.stop();
			await shop.stop();
		},
	};
}
