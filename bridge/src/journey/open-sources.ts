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

/** One place to add a shop. Undefined while a kind has no source yet. */
export function openSource(
	config: Config['sources'][number],
	{ country, timezone, clock = systemClock }: SourceSurroundings,
): Source | undefined {
	const numbers = country === undefined ? {} : { country };
	if (config.kind === 'shopify') return withHealing(shopifySource(config, numbers, clock), config);
	if (config.kind === 'woocommerce') return withHealing(woocommerceSource(config, numbers), config);
	if (config.kind === 'google-calendar') return calendarSource(config, numbers);
	if (config.kind === 'google-sheets') return googleSheetsSource(config, { timezone });
	return undefined;
}

export function openSources(
	{ sources, defaults }: Pick<Config, 'sources' | 'defaults'>,
	clock: Clock = systemClock,
): ReadonlyMap<string, Source> {
	return new Map(
		sources.flatMap((each) => {
			const source = openSource(each, { ...defaults, clock });
			return source ? [[each.id, source] as const] : [];
		}),
	);
}

export function feedsOf(sources: ReadonlyMap<string, Source>): Map<string, Feed> {
	return new Map([...sources].flatMap(([id, { feed }]) => (feed ? [[id, feed] as const] : [])));
}
