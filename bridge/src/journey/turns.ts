import type { Source } from '../sources/source';
import type { StoredEvent, Unplanned } from '../store/store';
import { isReply, REPLIES } from './replies/delivery';
import { serial } from './read-event';
import type { Rooms } from './rooms';

/**
 * Together, but states of one subject one after the other: each is compared with the one before. Those of a subject that another
 * process is at work on, or behind what another has taken, are left for the next round. Answers how many were worked on.
 */
export async function inTurns(
	{ sources, store }: Pick<Rooms, 'sources' | 'store'>,
	events: Unplanned,
	work: (event: StoredEvent) => Promise<void>,
): Promise<number> {
	const turn = (event: StoredEvent) => turnOf(sources.get(event.source), event);
	const subjects = Map.groupBy(events.mine, turn);
	// What came before is planned before, by whoever has it; one that died has it until its lease ends.
	const elsewhere = Map.groupBy(events.elsewhere, turn);
	const isBehind = (key: string, event: StoredEvent) =>
		elsewhere.get(key)?.some((other) => serial(other) < serial(event)) ?? false;
	const worked = await Promise.all(
		[...subjects].map(async ([key, own]) => {
			if (key === undefined) await Promise.all(own.map(work));
			else {
				const end = await store.tryTurn(key);
				if (!end) return 0;
				let done = 0;
				try {
					for (const event of own) {
						if (isBehind(key, event)) break;
						await work(event);
						done += 1;
					}
				} finally {
					// Meanwhile: who asks for this turn next is answered after it.
					void end();
				}
				return done;
			}
			return own.length;
		}),
	);
	return worked.reduce((sum, count) => sum + count, 0);
}

/** What people write counts in the order in which it came. */
function turnOf(source: Source | undefined, event: StoredEvent): string | undefined {
	if (event.source === REPLIES) return REPLIES;
	const subject = isReply(event.topic) ? undefined : (source?.stateOf?.(event)?.subject ?? source?.subjectOf?.(event));
	return subject === undefined ? undefined : `${event.source}/${subject}`;
}
