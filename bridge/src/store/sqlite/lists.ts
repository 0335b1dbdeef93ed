import type { DatabaseSync } from 'node:sqlite';
import type { Page } from '../store';
import type { Lists } from '../parts';
import type { Intake } from './intake/intake';
import { eventRow, messageRow, type Row, toAttempt, toEvent, toMessage } from './rows';

/** What the admin API shows: newest first, a cursor is the id of the last one seen. */
export function listStore(database: DatabaseSync, intake: Intake): Lists {
	const events = database.prepare(`
		SELECT id, source, topic, state, reason, event, subject, occurred_at, received_at, planned_at, duplicates, by_hand, headers, NULL AS body
		FROM events
		WHERE ($before IS NULL OR id < $before) AND ($source IS NULL OR source = $source) AND ($state IS NULL OR state = $state)
			AND ($q IS NULL OR instr(lower(topic || ' ' || coalesce(subject, '') || ' ' || coalesce(reason, '')), lower($q)) > 0)
		ORDER BY id DESC LIMIT $limit`);
	const messages = database.prepare(`
		SELECT * FROM messages
		WHERE ($before IS NULL OR id < $before) AND ($event IS NULL OR event_id = $event) AND ($order IS NULL OR subject = $order)
			AND ($to IS NULL OR recipient = $to) AND ($state IS NULL OR state = $state)
		ORDER BY id DESC LIMIT $limit`);
	const message = database.prepare(`SELECT * FROM messages WHERE id = ?`);
	const history = database.prepare(`SELECT * FROM attempts WHERE message_id = ? ORDER BY id`);
	const eventCounts = database.prepare(`SELECT state, count(*) AS n FROM events GROUP BY state`);
	const messageCounts = database.prepare(`SELECT state, count(*) AS n FROM messages GROUP BY state`);

	return {
		events: async ({ source = null, state = null, q = null, cursor, limit }) => {
			await intake.moveAll();
			const rows = events.all({
				before: cursor === undefined ? null : eventRow(cursor),
				source,
				state,
				q,
				limit: limit + 1,
			});
			return page(rows, limit, (row) => {
				const { body: _, ...event } = toEvent(row);
				return event;
			});
		},
		messages: async ({ event, order = null, to = null, state = null, cursor, limit }) => {
			const rows = messages.all({
				before: cursor === undefined ? null : messageRow(cursor),
				event: event === undefined ? null : eventRow(event),
				order,
				to,
				state,
				limit: limit + 1,
			});
			return page(rows, limit, toMessage);
		},
		message: async (id) => {
			const row = message.get(messageRow(id));
			return row && { ...toMessage(row), history: history.all(messageRow(id)).map(toAttempt) };
		},
		counts: async () => {
			const stored = tally(eventCounts.all());
			if (intake.size > 0) stored['stored'] = (stored['stored'] ?? 0) + intake.size;
			return { events: stored, messages: tally(messageCounts.all()) };
		},
	};
}

const tally = (rows: Row[]): Record<string, number> =>
	Object.fromEntries(rows.map(({ state, n }) => [String(state), Number(n)]));

export function page<T extends { id: string }>(rows: Row[], limit: number, read: (row: Row) => T): Page<T> {
	const items = rows.slice(0, limit).map(read);
	const last = items.at(-1);
	return rows.length > limit && last ? { items, next: last.id } : { items };
}
