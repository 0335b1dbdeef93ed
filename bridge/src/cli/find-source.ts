import type { Config } from '../config/config';
import { suggest } from '../yaml/nearest';

/** The configured source of this id, or an error that names those there are. */
export function findSource({ sources }: Pick<Config, 'sources'>, id: string): Config['sources'][number] {
	const found = sources.find((source) => source.id === id);
	if (found) return found;
	throw new Error(
		`There is no source '${id}' in the configuration: ${suggest(
			id,
			sources.map((source) => source.id),
		)}.`,
	);
}
