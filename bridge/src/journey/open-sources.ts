import type { Config } from '../config/config';
import { type Clock, systemClock } from '../domain';
import type { Feed } from '../sources/feed';
import { calendarSource } from '../sources/google-calendar/calendar-source';
import { googleSheetsSource } from '../sources/google-sheets/google-sheets-source';
import { shopifySource } from '../sources/shopify/shopify-source';
import type { Source } from '../sources/source';
import { woocommerceSource } from '../sources/woocommerce/woocommerce-source';
import { withHealing } from './shop-feed';

export interface SourceSurroundings {
	/** Country of numbers that came without any. */
	country?: string;
	timezone: string;
	/** By default the machine's. */
	clock?: Clock;
}

/** One place to add a shop. */
export function openSource(
	config: Config['sources'][number],
	{ country, timezone, clock = systemClock }: SourceSurroundings,
): Source {
	const numbers = country === undefined ? {} : { country };
	switch (config.kind) {
		case 'shopify':
			return withHealing(shopifySource(config, numbers, clock), config);
		case 'woocommerce':
			return withHealing(woocommerceSource(config, numbers), config);
		case 'google-calendar':
			return calendarSource(config, numbers);
		case 'google-sheets':
			return googleSheetsSource(config, { timezone });
	}
}

export function openSources(
	{ sources, defaults }: Pick<Config, 'sources' | 'defaults'>,
	clock: Clock = systemClock,
): ReadonlyMap<string, Source> {
	return new Map(sources.map((each) => [each.id, openSource(each, { ...defaults, clock })]));
}

export function feedsOf(sources: ReadonlyMap<string, Source>): Map<string, Feed> {
	return new Map([...sources].flatMap(([id, { feed }]) => (feed ? [[id, feed] as const] : [])));
}
