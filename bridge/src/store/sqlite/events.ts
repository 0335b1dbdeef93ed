import type { DatabaseSync } from 'node:sqlite';
import type { Events } from '../parts';
import type { GroupCommit } from './group-commit';
import type { Intake } from './intake/intake';
import type { InsertEvent } from './insert-event';
import { eventId, eventRow, toEvent, toKnown } from './rows';

/** Bytes of an order of a few lines with its headers. */
const USUAL_EVENT = 8192;

/** Events: stored once, found again, planned again. What the intake has is moved into the tables before they are asked. */
export function eventStore(database: DatabaseSync, commit: GroupCommit, intake: Intake, insert: InsertEvent): Events {
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
	const before = database.prepare(`
		SELECT * FROM events WHERE source = ? AND subject = ? AND carries_order = 1 AND (occurred_at, id) < (?, ?)
		ORDER BY occurred_at DESC, id DESC LIMIT 1`);
	const ofSubject = database.prepare(
		`SELECT id, topic, event, occurred_at, delivery_key FROM events WHERE source = ? AND subject = ? ORDER BY id`,
	);
	const closed = database.prepare(`SELECT 1 FROM events WHERE source = ? AND closes = ? LIMIT 1`);
	const replan = database.prepare(`UPDATE events SET state = 'stored', waits_for = NULL, by_hand = 1 WHERE id = ?`);
	const byId = database.prepare(`SELECT * FROM events WHERE id = ?`);

	return {
		saveEvent: async (delivery, at, unreadable) => {
			const added = unreadable === undefined ? intake.add(delivery, at) : undefined;
			if (added) return { id: eventId(await added), duplicate: false };
			return intake.inTables(delivery, () =>
				commit.write(() => {
					const row = intake.nextRow();
					if (insert({ row, delivery, ...at }, unreadable)) return { id: eventId(row), duplicate: false };
					const { source, deliveryKey, eventKey = null, headers, body } = delivery;
					const [received, verified] = [at.receivedAt.getTime(), at.verifiedAt.getTime()];
					const mended =
						unreadable === undefined &&
						mend.get(eventKey, received, verified, JSON.stringify(headers), body, source, deliveryKey);
					if (mended) return { id: eventId(Number(mended['id'])), duplicate: false };
					const first = repeat.get(source, deliveryKey, eventKey);
					return { id: eventId(Number(first?.['id'])), duplicate: true };
				}),
			);
		},
		unplannedEvents: async (limit) => {
			let rows = unplanned.all(limit);
			// Once, or until something is there: what was moved may be known already, after a crash.
			if (rows.length < limit)
				do {
					intake.move(limit * USUAL_EVENT);
					rows = unplanned.all(limit);
				} while (rows.length === 0 && intake.size > 0);
			return { mine: rows.map(toEvent), elsewhere: [] };
		},
		latestOrder: async (source, subject) => {
			const row = latest.get(source, subject);
			return row && toEvent(row);
		},
		stateBefore: async (source, subject, time, event) => {
			const row = before.get(source, subject, time.getTime(), eventRow(event));
			return row && toEvent(row);
		},
		eventsOf: async (source, subject) => ofSubject.all(source, subject).map(toKnown),
		isClosed: async (source, subject) => closed.get(source, subject) !== undefined,
		replan: async (event) => {
			intake.moveTo(eventRow(event));
			return commit.write(() => replan.run(eventRow(event)).changes === 1);
		},
		event: async (id) => {
			intake.moveTo(eventRow(id));
			const row = byId.get(eventRow(id));
			return row && toEvent(row);
		},
	};
}
