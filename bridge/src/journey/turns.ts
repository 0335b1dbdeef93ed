import type { StoredEvent } from '../store/store';
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
			const subject = sources.get(event.source)?.stateOf?.(event)?.subject;
			if (subject === undefined) return work(event);
			const key = `${event.source}/${subject}`;
			const turn = (last.get(key) ?? Promise.resolve()).then(() => work(event));
			last.set(key, turn);
			return turn;
		}),
	);
}
