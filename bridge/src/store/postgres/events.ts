import { eventRow, type Row, toEvent, toKnown } from '../sqlite/rows';
import type { Events } from '../parts';
import type { Accepting } from './accept';
import type { Database } from './database';
import type { GroupCommit } from './group-commit';
import { prepared, statement } from './statement';
import { type Holder, taker } from './take';

const UNPLANNED = `state = 'stored' AND waits_for IS NULL`;
const take = taker({ name: 'events', kind: 'e', table: 'events', where: UNPLANNED, order: 'id' });
// Asked anew: one that was planned while it was being taken is seen as planned now. And what others have taken, also a process
// that died: what it had is taken over first, then what came after.
const TAKEN = prepared(
	'taken-events',
	`
	SELECT events.*, (id = ANY($ids))::int AS mine FROM events
	WHERE id = ANY($ids::bigint[] || array(SELECT id FROM claims WHERE kind = 'e' AND holder <> $holder))
		AND ${UNPLANNED} ORDER BY id`,
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
const BY_ID = prepared('event', `SELECT * FROM events WHERE id = $id`);

/** Events: stored once, found again, planned again. `holder` takes them. */
export function eventStore({ pool }: Database, commit: GroupCommit, accepting: Accepting, holder: Holder): Events {
	const one = (row: Row | undefined) => row && toEvent(row);
	return {
		saveEvent: (delivery, at, unreadable) => accepting.save(delivery, at, unreadable),
		unplannedEvents: async (limit) => {
			const ids = await take(pool, holder, limit);
			if (ids.length === 0) return { mine: [], elsewhere: [] };
			const rows = await TAKEN.all(pool, { ...holder, ids });
			const [mine, elsewhere] = [rows.filter(isMine), rows.filter((row) => !isMine(row))];
			return { mine: mine.map(toEvent), elsewhere: elsewhere.map(toEvent) };
		},
		latestOrder: async (source, subject) => one(await LATEST.get(pool, { source, subject })),
		stateBefore: async (source, subject, time, event) =>
			one(await BEFORE.get(pool, { source, subject, time: time.getTime(), event: eventRow(event) })),
		eventsOf: async (source, subject) => (await OF_SUBJECT.all(pool, { source, subject })).map(toKnown),
		isClosed: async (source, subject) => (await CLOSED.get(pool, { source, subject })) !== undefined,
		replan: (event) => commit.write(async (on) => (await REPLAN.run(on, { id: eventRow(event) })) === 1),
		event: async (id) => one(await BY_ID.get(pool, { id: eventRow(id) })),
	};
}

const isMine = (row: Row): boolean => row['mine'] === 1;
