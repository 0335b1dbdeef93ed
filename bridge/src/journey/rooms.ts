import type { Config } from '../config/config';
import type { DocumentRenderer } from '../documents/renderer';
import type { Links } from '../documents/link';
import type { MediaCheck } from '../documents/media/media-check';
import type { Clock } from '../domain';
import type { Logger } from '../log';
import type { Expression } from '../mapping/liquid/compile';
import type { Mapping } from '../mapping/mapping';
import type { MessloClient } from '../messlo/client';
import type { Metrics } from '../metrics';
import type { Source } from '../sources/source';
import type { Store } from '../store/store';
import type { TemplateBook } from './template-book';

/** Everything an order passes on its way, built in main.ts and passed in. */
export interface Rooms {
	config: Config;
	clock: Clock;
	/** In [0, 1): jitter. */
	random: () => number;
	log: Logger;
	metrics: Metrics;
	store: Store;
	sources: ReadonlyMap<string, Source>;
	mappings: readonly Mapping[];
	/** By id of the source: Liquid that gives the number, where it is not in an order. */
	phones: ReadonlyMap<string, Expression>;
	renderer: DocumentRenderer;
	links: Links;
	/** Of links that a mapping or an order gave for a header. */
	checkMedia: MediaCheck;
	api: MessloClient;
	templates: TemplateBook;
	/** Names this process to the ledger. */
	worker: string;
	/** Looks at a source anew where that counts; false while it has told of something that is not planned yet. */
	freshen?: (source: string) => Promise<boolean>;
	/** Messages may have become due: told at once, before anything else is done. */
	planned?: () => void;
}
