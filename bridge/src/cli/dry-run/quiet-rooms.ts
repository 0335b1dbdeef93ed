import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../../config/config';
import { documentSettings } from '../../config/document-settings';
import { createLinks } from '../../documents/link';
import { createMediaCheck } from '../../documents/media/media-check';
import { createRenderer } from '../../documents/renderer';
import type { Clock } from '../../domain';
import { openSources } from '../../journey/open-sources';
import { phonesOf } from '../../journey/phones';
import type { Rooms } from '../../journey/rooms';
import { createTemplateBook } from '../../journey/template-book';
import { createLogger } from '../../log';
import type { Mapping } from '../../mapping/mapping';
import { createClient } from '../../messlo/client';
import { createMetrics } from '../../metrics';
import { openSqlite } from '../../store/sqlite/open';

/** The clock of a dry run stands at the time of the event that is looked at. */
export interface SetClock extends Clock {
	set(time: Date): void;
}

/**
 * The rooms of a bridge that plans and never sends: nothing of the journey is started. Its ledger is a file of its own that is
 * gone afterwards; the running bridge's is neither opened nor asked.
 */
export async function quietRooms(
	config: Config,
	mappings: readonly Mapping[],
): Promise<{ rooms: Rooms; clock: SetClock; close(): Promise<void> }> {
	const folder = await mkdtemp(join(tmpdir(), 'messlo-dry-run-'));
	const store = openSqlite(join(folder, 'dry-run.db'));
	let now: Date | undefined;
	const clock: SetClock = {
		now: () => now ?? new Date(),
		set: (time) => {
			now = time;
		},
	};
	const sources = openSources(config);
	const api = createClient(config.messlo);
	const renderer = createRenderer(documentSettings(config));
	const rooms: Rooms = {
		config,
		clock,
		random: () => 0,
		log: createLogger('silent'),
		metrics: createMetrics(() => store.counts()),
		store,
		mappings,
		renderer,
		links: createLinks(randomUUID()),
		checkMedia: createMediaCheck({ now: () => new Date() }),
		api,
		sources,
		phones: phonesOf(sources),
		// The list of templates is as old as the machine's time says, whatever the event's.
		templates: createTemplateBook(api, config.messlo.wabaId, { now: () => new Date() }),
		worker: randomUUID(),
	};
	return {
		rooms,
		clock,
		close: async () => {
			renderer.close();
			await store.close();
			await rm(folder, { recursive: true, force: true });
		},
	};
}
