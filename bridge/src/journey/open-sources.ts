import type { Config } from '../config/config';
import type { Feed } from '../sources/feed';
import { shopifySource } from '../sources/shopify/shopify-source';
import type { Source } from '../sources/source';

export interface SourceSurroundings {
	/** Country of numbers that came without any. */
	country?: string;
	timezone: string;
}

/** One place to add a shop. Undefined while a kind has no source yet. */
export function openSource(config: Config['sources'][number], { country }: SourceSurroundings): Source | undefined {
	if (config.kind === 'shopify') return shopifySource(config, country === undefined ? {} : { country });
	return undefined;
}

export function openSources({ sources, defaults }: Pick<Config, 'sources' | 'defaults'>): ReadonlyMap<string, Source> {
	return new Map(
		sources.flatMap((each) => {
			const source = openSource(each, defaults);
			return source ? [[each.id, source] as const] : [];
		}),
	);
}

export function feedsOf(sources: ReadonlyMap<string, Source>): Map<string, Feed> {
	return new Map([...sources].flatMap(([id, { feed }]) => (feed ? [[id, feed] as const] : [])));
}
