import type { DatabaseSync } from 'node:sqlite';
import type { Store } from '../store';
import type { GroupCommit } from './group-commit';
import { eventId, eventRow, toEvent } from './rows';

type Events = Pick<
	Store,
	'saveEvent' | 'unplannedEvents' | 'latestOrder' | 'isClosed' | 'replan' | 'wakeEvents' | 'event'
>;

/** Events: stored once, found again, planned again. */
export function eventStore(database: DatabaseSync, commit: GroupCommit): Events {
	const insert = database.prepare(`
		INSERT INTO events (source, topic, delivery_key, event_key, received_at, verified_at, triggered_at, headers, body, state, reason)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`);
	const repeat = database.prepare(`
		UPDATE events SET duplicates = duplicates + 1
		WHERE id = (SELECT min(id) FROM events WHERE source = ? AND (delivery_key = ? OR event_key = ?)) RETURNING id`);
	// A delivery that was refused as unreadable (a proxy had taken its content type, say) and now comes whole: it is accepted.
	const mend = database.prepare(`
		UPDATE OR IGNORE events SET state = 'stored', reason = NULL, event_key = ?, received_at = ?, verified_at = ?, headers = ?, body = ?
		WHERE source = ? AND delivery_key = ? AND state = 'unreadable' AND planned_at IS NULL RETURNING id`);
	const unplanned = database.prepare(
		`SELECT * FROM events WHERE state = 'stored' AND waits_for IS NULL ORDER BY id LIMIT ?`,
	);
	const latest = database.prepare(`
		SELECT * FROM events WHERE source = ? AND subject = ? AND carries_order = 1 ORDER BY occurred_at DESC, id DESC LIMIT 1`);
	const closed = database.prepare(`SELECT 1 FROM events WHERE source = ? AND closes = ? LIMIT 1`);
	const replan = database.prepare(`UPDATE events SET state = 'stored', waits_for = NULL, by_hand = 1 WHERE id = ?`);
	const wake = database.prepare(`UPDATE events SET waits_for = NULL WHERE source = ? AND waits_for = ?`);
	const byId = database.prepare(`SELECT * FROM events WHERE id = ?`);

	return {
		saveEvent: (delivery, at, unreadable) =>
			commit.write(() => {
				const { source, topic, deliveryKey, eventKey = null, triggeredAt = null, headers, body } = delivery;
				const [received, verified] = [at.receivedAt.getTime(), at.verifiedAt.getTime()];
				const kept = JSON.stringify(headers);
				const { changes, lastInsertRowid } = insert.run(
					source,
					topic,
					deliveryKey,
					eventKey,
					received,
					verified,
					triggeredAt,
					kept,
					body,
					unreadable === undefined ? 'stored' : 'unreadable',
					unreadable ?? null,
				);
				if (changes === 1) return { id: eventId(lastInsertRowid), duplicate: false };
				const mended =
					unreadable === undefined && mend.get(eventKey, received, verified, kept, body, source, deliveryKey);
				if (mended) return { id: eventId(Number(mended['id'])), duplicate: false };
				const first = repeat.get(source, deliveryKey, eventKey);
				return { id: eventId(Number(first?.['id'])), duplicate: true };
			}),
		unplannedEvents: async (limit) => unplanned.all(limit).map(toEvent),
		latestOrder: async (source, subject) => {
			const row = latest.get(source, subject);
			return row && toEvent(row);
		},
		isClosed: async (source, subject) => closed.get(source, subject) !== undefined,
		replan: (event) => commit.write(() => replan.run(eventRow(event)).changes === 1),
		wakeEvents: (source, waitsFor) => commit.write(() => Number(wake.run(source, waitsFor).changes)),
		event: async (id) => {
			const row = byId.get(eventRow(id));
			return row && toEvent(row);
		},
	};
}
