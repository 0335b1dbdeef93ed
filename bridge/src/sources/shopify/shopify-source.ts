import { type Clock, systemClock } from '../../domain';
import type { Source } from '../source';
import type { AdminKey } from './admin/ask';
import { shopifyAdmin } from './admin/shopify-admin';
import { shopifyReader } from './read';
import { shopifySubject } from './subject';
import { shopifyVerifier, type ShopifyConfig } from './verify';

/** A Shopify shop. `defaults.country` reads national phone numbers that came without any address. */
export function shopifySource(
	config: ShopifyConfig & Omit<AdminKey, 'shop'>,
	defaults: { country?: string },
	clock: Clock = systemClock,
): Source {
	const shop = { id: config.id, domain: config.shop, ...(config.name === undefined ? {} : { name: config.name }) };
	const source: Source = {
		id: config.id,
		kind: 'shopify',
		shop,
		secrets: config.secrets.filter((secret) => secret !== ''),
		doors: { shopify: shopifyVerifier(config) },
		subjectOf: shopifySubject,
		read: shopifyReader({
			shop,
			...(defaults.country === undefined ? {} : { country: defaults.country }),
		}),
	};
	const admin = shopifyAdmin(source, config, clock);
	return admin ? { ...source, admin } : source;
}
