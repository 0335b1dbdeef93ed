import type { WebhookSource } from '../source';
import { shopifyReader } from './read';
import { shopifyVerifier, type ShopifyConfig } from './verify';

/** A Shopify shop. `defaults.country` reads national phone numbers that came without any address. */
export function shopifySource(config: ShopifyConfig, defaults: { country?: string }): WebhookSource {
	return {
		id: config.id,
		kind: 'shopify',
		verify: shopifyVerifier(config),
		read: shopifyReader({
			shop: { id: config.id, domain: config.shop, ...(config.name === undefined ? {} : { name: config.name }) },
			...(defaults.country === undefined ? {} : { country: defaults.country }),
		}),
	};
}
