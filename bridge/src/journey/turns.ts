import type { Source } from '../sources/source';
import type { StoredEvent } from '../store/store';
import { isReply, REPLIES } from './replies/delivery';
import type { Rooms } from './rooms';

/** Together, but states of one subject one after the other: each is compared with the one before. */
export async function inTurns(
	{ sources }: Pick<Rooms, 'sources'>,
	events: readonly StoredEvent[],
	work: (event: StoredEvent) => Promise<void>,
): Promise<void> {
	const last = new Map<string, Promise<void>>();
	await Promise.all(
		events.map((event) => {
			const key = turnOf(sources.get(event.source), event);
			if (key === undefined) return work(event);
			const turn = (last.get(key) ?? Promise.resolve()).then(() => work(event));
			last.set(key, turn);
			return turn;
		}),
	);
}

/** What people write counts in the order in which it came. */
function turnOf(source: Source | undefined, event: StoredEvent): string | undefined {
	if (event.source === REPLIES) return REPLIES;
	const subject = isReply(event.topic) ? undefined : source?.stateOf?.(event)?.subject;
	return subject === undefined ? undefined : `${event.source}/${subject}`;
}
