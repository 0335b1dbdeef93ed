import type { Source } from '../sources/source';
import type { StoredEvent } from '../store/store';
import { isReply, REPLIES } from './replies/delivery';
import type { Rooms } from './rooms';

/**
 * Together, but states of one subject one after the other: each is compared with the one before. Those of a subject that another
 * process is at work on are left for the next round. Answers how many were worked on.
 */
export async function inTurns(
	{ sources, store }: Pick<Rooms, 'sources' | 'store'>,
	events: readonly StoredEvent[],
	work: (event: StoredEvent) => Promise<void>,
): Promise<number> {
	const subjects = Map.groupBy(events, (event) => turnOf(sources.get(event.source), event));
	const worked = await Promise.all(
		[...subjects].map(async ([key, own]) => {
			if (key === undefined) await Promise.all(own.map(work));
			else {
				const end = await store.tryTurn(key);
				if (!end) return 0;
				try {
					for (const event of own) await work(event);
				} finally {
					await end();
				}
			}
			return own.length;
		}),
	);
	return worked.reduce((sum, count) => sum + count, 0);
}

/** What people write counts in the order in which it came. */
function turnOf(source: Source | undefined, event: StoredEvent): string | undefined {
	if (event.source === REPLIES) return REPLIES;
	const subject = isReply(event.topic) ? undefined : source?.stateOf?.(event)?.subject;
	return subject === undefined ? undefined : `${event.source}/${subject}`;
}
