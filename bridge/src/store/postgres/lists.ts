import { eventRow, messageRow, type Row, toAttempt, toEvent, toMessage } from '../sqlite/rows';
import { page } from '../sqlite/lists';
import type { Lists } from '../parts';
import type { Database } from './database';
import { prepared, statement } from './statement';

// Planned anew for each set of filters: one plan for all would read the whole table.
const EVENTS = statement(`
	SELECT id, source, topic, state, reason, event, subject, occurred_at, received_at, planned_at, duplicates, by_hand, headers, NULL AS body
	FROM events
	WHERE ($before::bigint IS NULL OR id < $before::bigint) AND ($source::text IS NULL OR source = $source::text)
		AND ($state::text IS NULL OR state = $state::text)
		AND ($q::text IS NULL OR strpos(lower(topic || ' ' || coalesce(subject, '') || ' ' || coalesce(reason, '')), lower($q::text)) > 0)
	ORDER BY id DESC LIMIT $limit`);
const MESSAGES = statement(`
	SELECT * FROM messages
	WHERE ($before::bigint IS NULL OR id < $before::bigint) AND ($event::bigint IS NULL OR event_id = $event::bigint)
		AND ($order::text IS NULL OR subject = $order::text) AND ($to::text IS NULL OR recipient = $to::text)
		AND ($state::text IS NULL OR state = $state::text)
	ORDER BY id DESC LIMIT $limit`);
const MESSAGE = prepared('message', `SELECT * FROM messages WHERE id = $id`);
const HISTORY = prepared('history', `SELECT * FROM attempts WHERE message_id = $id ORDER BY id`);
const EVENT_COUNTS = statement(`
	SELECT state, count(*) AS n FROM events WHERE state <> 'stored' GROUP BY state
	UNION ALL SELECT 'stored', sum(n) FROM (
		SELECT count(*) AS n FROM events WHERE state = 'stored' AND waits_for IS NULL
		UNION ALL SELECT count(*) FROM events WHERE state = 'stored' AND waits_for IS NOT NULL) AS stored
	HAVING sum(n) > 0`);
const MESSAGE_COUNTS = statement(`SELECT state, count(*) AS n FROM messages GROUP BY state`);

/** What the admin API shows: newest first, a cursor is the id of the last one seen. */
export function listStore({ asking }: Database): Lists {
	return {
		events: async ({ cursor, limit, ...filter }) => {
			const before = cursor === undefined ? undefined : eventRow(cursor);
			const rows = await EVENTS.all(asking, { ...filter, before, limit: limit + 1 });
			return page(rows, limit, (row) => {
				const { body: _, ...event } = toEvent(row);
				return event;
			});
		},
		messages: async ({ event, cursor, limit, ...filter }) => {
			const before = cursor === undefined ? undefined : messageRow(cursor);
			const rows = await MESSAGES.all(asking, {
				...filter,
				event: event === undefined ? undefined : eventRow(event),
				before,
				limit: limit + 1,
			});
			return page(rows, limit, toMessage);
		},
		message: async (id) => {
			const row = await MESSAGE.get(asking, { id: messageRow(id) });
			return row && { ...toMessage(row), history: (await HISTORY.all(asking, { id: messageRow(id) })).map(toAttempt) };
		},
		counts: async () => ({
			events: tally(await EVENT_COUNTS.all(asking)),
			messages: tally(await MESSAGE_COUNTS.all(asking)),
		}),
	};
}

const tally = (rows: Row[]): Record<string, number> =>
	Object.fromEntries(rows.map(({ state, n }) => [String(state), Number(n)]));
