import type { Source } from '../source';
import { woocommerceAdmin } from './admin';
import { woocommerceReader, woocommerceState, type OrderReader } from './read';
import type { Meaning } from '../../order-meanings';
import { statusesOf } from './statuses';
import { woocommerceVerifier, type VerifierConfig } from './verify';

export interface WooCommerceConfig extends VerifierConfig {
	/** What mappings print as `shop.name`. */
	name?: string | undefined;
	/** Meanings of statuses, over those that are known. */
	statuses?: Readonly<Record<string, Meaning>>;
	/** Key of the shop's REST API; without one nothing is asked of the shop. */
	consumerKey?: string | undefined;
	consumerSecret?: string | undefined;
}

/** A WooCommerce shop. `defaults.country` reads national phone numbers that came without any address. */
export function woocommerceSource(config: WooCommerceConfig, defaults: { country?: string }): Source {
	const { id, name, consumerKey, consumerSecret } = config;
	const shop = { id, domain: new URL(config.url).host, ...(name === undefined ? {} : { name }) };
	const reader: OrderReader = {
		shop,
		statuses: statusesOf(config.statuses),
		...(defaults.country === undefined ? {} : { country: defaults.country }),
	};
	return {
		id,
		kind: 'woocommerce',
		shop,
		secrets: config.secrets.filter((secret) => secret !== ''),
		doors: { woocommerce: woocommerceVerifier(config) },
		read: woocommerceReader(reader),
		stateOf: woocommerceState(reader),
		...(consumerKey === undefined || consumerSecret === undefined
			? {}
			: { admin: woocommerceAdmin({ ...config, consumerKey, consumerSecret }) }),
	};
}
