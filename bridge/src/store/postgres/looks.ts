import { toMessage } from '../sqlite/rows';
import type { Message, Store } from '../store';
import type { Database } from './database';
import { type Connection, prepared } from './statement';
import { type Holder, taker } from './take';

type Looks = Pick<Store, 'unknownDue' | 'watchedDue' | 'nextLook'>;

/** Messages of a kind that are due for a look, taken and read. */
function looked(name: string, where: string, order: string) {
	const take = taker({ name, kind: 'm', table: 'messages', where, order });
	const read = prepared(`read-${name}`, `SELECT * FROM messages WHERE id = ANY($ids) AND ${where} ORDER BY ${order}`);
	return async (on: Connection, holder: Holder, at: Date, limit: number): Promise<Message[]> => {
		const now = at.getTime();
		const ids = await take(on, holder, limit, { now });
		return ids.length === 0 ? [] : (await read.all(on, { ids, now })).map(toMessage);
	};
}

const unknown = looked('unknown', `state = 'unknown' AND due_at <= $now`, 'due_at, id');
const watched = looked('watched', 'look_at <= $now', 'look_at, id');
const NEXT = prepared(
	'next-look',
	`SELECT least((SELECT min(look_at) FROM messages WHERE look_at IS NOT NULL), (SELECT min(due_at) FROM messages WHERE state = 'unknown')) AS at`,
);

/** Messages that are looked up in their threads, each by one process at a time; who has looked says so by changing it. */
export function lookStore({ pool }: Database, holder: Holder): Looks {
	return {
		unknownDue: (now, limit) => unknown(pool, holder, now, limit),
		watchedDue: (now, limit) => watched(pool, holder, now, limit),
		nextLook: async () => {
			const at = (await NEXT.get(pool))?.['at'];
			return typeof at === 'number' ? new Date(at) : undefined;
		},
	};
}
