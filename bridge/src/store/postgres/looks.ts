import { toMessage } from '../sqlite/rows';
import type { Message, Store } from '../store';
import type { Database } from './database';
import { prepared } from './statement';
import { type Holder, taker } from './take';

type Looks = Pick<Store, 'unknownDue' | 'watchedDue' | 'nextLook'>;

const unknown = taker({
	name: 'unknown',
	kind: 'm',
	table: 'messages',
	where: `state = 'unknown' AND due_at <= $now`,
	order: 'due_at, id',
});
const watched = taker({
	name: 'watched',
	kind: 'm',
	table: 'messages',
	where: 'look_at <= $now',
	order: 'look_at, id',
});
const NEXT = prepared(
	'next-look',
	`SELECT least((SELECT min(look_at) FROM messages WHERE look_at IS NOT NULL), (SELECT min(due_at) FROM messages WHERE state = 'unknown')) AS at`,
);

/** Messages that are looked up in their threads, each by one process at a time; who has looked says so by changing it. */
export function lookStore(database: Database, holder: Holder): Looks {
	const due = async (take: typeof unknown, at: Date, limit: number): Promise<Message[]> =>
		(await take(database, holder, limit, { now: at.getTime() })).mine.map(toMessage);
	return {
		unknownDue: (now, limit) => due(unknown, now, limit),
		watchedDue: (now, limit) => due(watched, now, limit),
		nextLook: async () => {
			const at = (await NEXT.get(database.single))?.['at'];
			return typeof at === 'number' ? new Date(at) : undefined;
		},
	};
}
