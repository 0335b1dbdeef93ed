import { toMessage } from '../sqlite/rows';
import type { Message, Store } from '../store';
import type { Database } from './database';
import { prepared, type Statement } from './statement';

type Looks = Pick<Store, 'unknownDue' | 'watchedDue' | 'nextLook'>;

/** Of messages that are due for a look, those that no other process looks at. */
const take = (name: string, dueNow: string, order: string) =>
	prepared(
		name,
		`
		WITH free AS (
			SELECT id FROM messages WHERE ${dueNow}
				AND NOT EXISTS (SELECT 1 FROM claims WHERE kind = 'm' AND claims.id = messages.id AND holder <> $holder AND until > clock_timestamp())
			ORDER BY ${order} LIMIT $limit)
		INSERT INTO claims AS held (kind, id, holder, until)
		SELECT 'm', id, $holder, clock_timestamp() + $leaseMs * interval '1 millisecond' FROM free ORDER BY id
		ON CONFLICT (kind, id) DO UPDATE SET holder = excluded.holder, until = excluded.until
			WHERE held.holder = excluded.holder OR held.until <= clock_timestamp()
		RETURNING id`,
	);
const read = (name: string, dueNow: string, order: string) =>
	prepared(name, `SELECT * FROM messages WHERE id = ANY($ids) AND ${dueNow} ORDER BY ${order}`);

const UNKNOWN = [`state = 'unknown' AND due_at <= $now`, 'due_at, id'] as const;
const TAKE_UNKNOWN = take('take-unknown', ...UNKNOWN);
const READ_UNKNOWN = read('read-unknown', ...UNKNOWN);
const WATCHED = ['look_at <= $now', 'look_at, id'] as const;
const TAKE_WATCHED = take('take-watched', ...WATCHED);
const READ_WATCHED = read('read-watched', ...WATCHED);
const NEXT = prepared(
	'next-look',
	`SELECT least((SELECT min(look_at) FROM messages WHERE look_at IS NOT NULL), (SELECT min(due_at) FROM messages WHERE state = 'unknown')) AS at`,
);

/** Messages that are looked up in their threads, each by one process at a time; who has looked says so by changing it. */
export function lookStore({ pool }: Database, lease: { holder: string; leaseMs: number }): Looks {
	async function due(taking: Statement, reading: Statement, at: Date, limit: number): Promise<Message[]> {
		const now = at.getTime();
		const ids = (await taking.all(pool, { ...lease, now, limit })).map(({ id }) => Number(id));
		return ids.length === 0 ? [] : (await reading.all(pool, { ids, now })).map(toMessage);
	}
	return {
		unknownDue: (now, limit) => due(TAKE_UNKNOWN, READ_UNKNOWN, now, limit),
		watchedDue: (now, limit) => due(TAKE_WATCHED, READ_WATCHED, now, limit),
		nextLook: async () => {
			const at = (await NEXT.get(pool))?.['at'];
			return typeof at === 'number' ? new Date(at) : undefined;
		},
	};
}
