import { eventRow, type Row, toEvent, toKnown } from '../sqlite/rows';
import type { Events } from '../parts';
import type { Accepting } from './accept';
import type { Database } from './database';
import type { GroupCommit } from './group-commit';
import { prepared, statement } from './statement';
import { type Holder, taker } from './take';

const UNPLANNED = `state = 'stored' AND waits_for IS NULL`;
const take = taker({ name: 'events', kind: 'e', table: 'events', where: UNPLANNED, order: 'id' });
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
export function eventStore(database: Database, commit: GroupCommit, accepting: Accepting, holder: Holder): Events {
	const { single } = database;
	const one = (row: Row | undefined) => row && toEvent(row);
	return {
		saveEvent: (delivery, at, unreadable) => accepting.save(delivery, at, unreadable),
		unplannedEvents: async (limit) => {
			const { mine, elsewhere } = await take(database, holder, limit);
			return { mine: mine.map(toEvent), elsewhere: elsewhere.map(toEvent) };
		},
		latestOrder: async (source, subject) => one(await LATEST.get(single, { source, subject })),
		stateBefore: async (source, subject, time, event) =>
			one(await BEFORE.get(single, { source, subject, time: time.getTime(), event: eventRow(event) })),
		eventsOf: async (source, subject) => (await OF_SUBJECT.all(single, { source, subject })).map(toKnown),
		isClosed: async (source, subject) => (await CLOSED.get(single, { source, subject })) !== undefined,
		replan: (event) => commit.write(async (on) => (await REPLAN.run(on, { id: eventRow(event) })) === 1),
		event: async (id) => one(await BY_ID.get(single, { id: eventRow(id) })),
	};
}
