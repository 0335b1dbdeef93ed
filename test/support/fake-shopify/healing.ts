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

export interface HealingOptions extends TestBridgeOptions {
	/** What went on in the shop before. */
	before?: (shop: FakeShopify, clock: TestClock) => Promise<void>;
	/** By default a fixed token. */
	key?: string;
}

/** A bridge whose source 'kaveri' has a key for a shop on a free port; they have met already. `keys`: more of the source's keys. */
export async function startHealing(keys = '', { before, key, ...options }: HealingOptions = {}): Promise<Healing> {
	const clock = new TestClock();
	const shop = await startFakeShopify(clock);
	await before?.(shop, clock);
	const source = `{ id: kaveri, kind: shopify, shop: ${shop.domain}, secrets: [${SHOPIFY_SECRET}], ${shop.keys(key)} ${keys === '' ? '' : `, ${keys}`} }`;
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
