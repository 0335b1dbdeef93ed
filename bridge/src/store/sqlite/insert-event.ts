import type { DatabaseSync } from 'node:sqlite';
import type { GroupCommit } from './group-commit';
import type { IntakeTables } from './intake/intake';
import type { IntakeRecord } from './intake/record';

/** Writes one event, within a transaction; false when its row or one of its keys is there already. */
export type InsertEvent = (record: IntakeRecord, unreadable?: string) => boolean;

export function eventInsert(database: DatabaseSync): InsertEvent {
	const insert = database.prepare(`
		INSERT INTO events (id, source, topic, delivery_key, event_key, received_at, verified_at, triggered_at, headers, body, state, reason)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`);
	return ({ row, delivery, receivedAt, verifiedAt }, unreadable) => {
		const { source, topic, deliveryKey, eventKey = null, triggeredAt = null, headers, body } = delivery;
		const { changes } = insert.run(
			row,
			source,
			topic,
			deliveryKey,
			eventKey,
			receivedAt.getTime(),
			verifiedAt.getTime(),
			triggeredAt,
			JSON.stringify(headers),
			body,
			unreadable === undefined ? 'stored' : 'unreadable',
			unreadable ?? null,
		);
		return changes === 1;
	};
}

/** The tables as the intake sees them. */
export function intakeTables(database: DatabaseSync, commit: GroupCommit, insert: InsertEvent): IntakeTables {
	const known = database.prepare(`
		SELECT 1 FROM events WHERE source = ?1 AND delivery_key = ?2
		UNION ALL SELECT 1 FROM events WHERE source = ?1 AND event_key = ?3 LIMIT 1`);
	const keys = database.prepare(`
		SELECT id, source, delivery_key AS deliveryKey, event_key AS eventKey FROM events WHERE id > ? ORDER BY id LIMIT 2000`);
	const last = database.prepare(`SELECT coalesce(max(id), 0) AS row FROM events`);
	return {
		knows: ({ source, deliveryKey, eventKey = null }) => known.get(source, deliveryKey, eventKey) !== undefined,
		keysAfter: (after) => {
			const rows = keys.all(after);
			const deliveries = rows.map(({ source, deliveryKey, eventKey }) => ({
				source: String(source),
				deliveryKey: String(deliveryKey),
				...(typeof eventKey === 'string' ? { eventKey } : {}),
			}));
			const end = rows.at(-1);
			return end && { row: Number(end['id']), deliveries };
		},
		lastRow: () => Number(last.get()?.['row']),
		insert: (records) => {
			commit.now(() => {
				for (const record of records) insert(record);
			});
		},
	};
}
