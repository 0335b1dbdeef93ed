import { eventRow, type Row, toEvent, toKnown } from '../sqlite/rows';
import type { Events } from '../parts';
import type { Accepting } from './accept';
import type { Database } from './database';
import type { GroupCommit } from './group-commit';
import { WAITING_LOCK } from './plan-event';
import { prepared, statement } from './statement';

// Several processes plan: each takes events that no other is at work on, and its own again after a round that failed.
const TAKE = prepared(
	'take-events',
	`
	WITH free AS (
		SELECT id FROM events WHERE state = 'stored' AND waits_for IS NULL
			AND NOT EXISTS (SELECT 1 FROM claims WHERE kind = 'e' AND claims.id = events.id AND holder <> $holder AND until > clock_timestamp())
		ORDER BY id LIMIT $limit),
	taken AS (
		INSERT INTO claims AS held (kind, id, holder, until)
		SELECT 'e', id, $holder, clock_timestamp() + $leaseMs * interval '1 millisecond' FROM free ORDER BY id
		ON CONFLICT (kind, id) DO UPDATE SET holder = excluded.holder, until = excluded.until
			WHERE held.holder = excluded.holder OR held.until <= clock_timestamp()
		RETURNING id)
	SELECT (SELECT count(*)::integer FROM free) AS free, array(SELECT id FROM taken) AS ids`,
);
// Asked anew: one that was planned while it was being taken is seen as planned now.
const TAKEN = prepared(
	'taken-events',
	`SELECT * FROM events WHERE id = ANY($ids) AND state = 'stored' AND waits_for IS NULL ORDER BY id`,
);
// Also of a process that died: what it had is taken over first, then what came after.
const ELSEWHERE = prepared(
	'events-elsewhere',
	`SELECT events.* FROM claims JOIN events ON events.id = claims.id
	WHERE claims.kind = 'e' AND claims.holder <> $holder AND events.state = 'stored' AND events.waits_for IS NULL`,
);
const LATEST = prepared(
	'latest-order',
	`SELECT * FROM events WHERE source = $source AND subject = $subject AND carries_order = 1 ORDER BY occurred_at DESC NULLS LAST, id DESC LIMIT 1`,
);
const BEFORE = prepared(
	'state-before',
	`SELECT * FROM events WHERE source = $source AND subject = $subject AND carries_order = 1 AND (occurred_at, id) < ($time::bigint, $event::bigint)
	ORDER BY occurred_at DESC, id DESC LIMIT 1`,
);
const OF_SUBJECT = statement(
	`SELECT id, topic, event, occurred_at, delivery_key FROM events WHERE source = $source AND subject = $subject ORDER BY id`,
);
const CLOSED = prepared('is-closed', `SELECT 1 FROM events WHERE source = $source AND closes = $subject LIMIT 1`);
const REPLAN = statement(`UPDATE events SET state = 'stored', waits_for = NULL, by_hand = 1 WHERE id = $id`);
const WAKE = prepared(
	'wake-events',
	`UPDATE events SET waits_for = NULL WHERE source = $source AND waits_for = $waitsFor`,
);
const BY_ID = prepared('event', `SELECT * FROM events WHERE id = $id`);

/** Events: stored once, found again, planned again. `lease` says for whom and for how long this process takes them. */
export function eventStore(
	{ pool }: Database,
	commit: GroupCommit,
	accepting: Accepting,
	lease: { holder: string; leaseMs: number },
): Events {
	const one = (row: Row | undefined) => row && toEvent(row);
	async function take(limit: number): Promise<number[]> {
		const row = await TAKE.get(pool, { ...lease, limit });
		const ids = (row?.['ids'] ?? []) as unknown[];
		// Another process took the very same ones in this moment: what comes after them is free.
		return ids.length === 0 && Number(row?.['free']) > 0 ? take(limit) : ids.map(Number);
	}
	return {
		saveEvent: (delivery, at, unreadable) => accepting.save(delivery, at, unreadable),
		unplannedEvents: async (limit) => {
			const ids = await take(limit);
			return ids.length === 0 ? [] : (await TAKEN.all(pool, { ids })).map(toEvent);
		},
		unplannedElsewhere: async () => (await ELSEWHERE.all(pool, { holder: lease.holder })).map(toEvent),
		latestOrder: async (source, subject) => one(await LATEST.get(pool, { source, subject })),
		stateBefore: async (source, subject, time, event) =>
			one(await BEFORE.get(pool, { source, subject, time: time.getTime(), event: eventRow(event) })),
		eventsOf: async (source, subject) => (await OF_SUBJECT.all(pool, { source, subject })).map(toKnown),
		isClosed: async (source, subject) => (await CLOSED.get(pool, { source, subject })) !== undefined,
		replan: (event) => commit.write(async (on) => (await REPLAN.run(on, { id: eventRow(event) })) === 1),
		wakeEvents: (source, waitsFor) =>
			commit.write(async (on) => {
				await WAITING_LOCK.run(on, { source, subject: waitsFor });
				return WAKE.run(on, { source, waitsFor });
			}),
		event: async (id) => one(await BY_ID.get(pool, { id: eventRow(id) })),
	};
}
