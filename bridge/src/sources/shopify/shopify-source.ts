import type { Source } from '../source';
import { shopifyReader } from './read';
import { shopifyVerifier, type ShopifyConfig } from './verify';

/** A Shopify shop. `defaults.country` reads national phone numbers that came without any address. */
export function shopifySource(config: ShopifyConfig, defaults: { country?: string }): Source {
	const shop = { id: config.id, domain: config.shop, ...(config.name === undefined ? {} : { name: config.name }) };
	return {
		id: config.id,
		kind: 'shopify',
		shop,
		doors: { shopify: shopifyVerifier(config) },
		read: shopifyReader({
			shop,
			...(defaults.country === undefined ? {} : { country: defaults.country }),
		}),
	};
}
