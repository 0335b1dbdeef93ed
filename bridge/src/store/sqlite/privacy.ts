import type { DatabaseSync } from 'node:sqlite';
import { personKey } from '../../phone';
import type { Who } from '../store';
import type { Privacy } from '../parts';
import type { GroupCommit } from './group-commit';
import type { Intake } from './intake/intake';
import { type Row, toAttempt, toEvent, toMessage } from './rows';

/**
 * The rows of events about somebody. By number: those read as theirs, those of messages to them, and all of the same orders: a shipment carries
 * no number, and is theirs as well.
 */
const OF_PHONE = `
	WITH own AS (
		SELECT id, source, subject FROM events WHERE person = $person
		UNION SELECT events.id, events.source, events.subject FROM messages JOIN events ON events.id = messages.event_id WHERE recipient = $phone)
	SELECT id FROM own UNION SELECT events.id FROM own JOIN events ON events.source = own.source AND events.subject = own.subject`;
const OF_SOURCE = `
	SELECT id FROM events WHERE source = $source
		AND ($subjects IS NULL OR subject IN (SELECT value FROM json_each($subjects)))`;

/** Nothing is owed any more for a message in one of the other states. */
const OPEN = `('waiting', 'sending', 'held', 'unknown')`;

/** What people have a right to: to see what is kept of them, to have it erased, and to have it forgotten in time. */
export function privacyStore(database: DatabaseSync, commit: GroupCommit, intake: Intake): Privacy {
	const rows = { phone: database.prepare(OF_PHONE), source: database.prepare(OF_SOURCE) };
	const event = database.prepare(`SELECT * FROM events WHERE id = ?`);
	const messages = database.prepare(`SELECT * FROM messages WHERE event_id = ? ORDER BY id`);
	const history = database.prepare(`SELECT * FROM attempts WHERE message_id = ? ORDER BY id`);
	const emptyEvent = database.prepare(`
		UPDATE events SET body = x'7b7d', headers = '{}', state = 'ignored', reason = ?, person = NULL, carries_order = 0, waits_for = NULL WHERE id = ?`);
	const emptyMessages = database.prepare(`
		UPDATE messages SET variables = '{}', recipient = NULL, media_url = NULL, header = NULL, cause = NULL, look_at = NULL, reason = $reason,
			state = CASE WHEN state IN ${OPEN} THEN 'cancelled' ELSE state END
		WHERE event_id = $event`);
	const removeDocuments = database.prepare(
		`DELETE FROM documents WHERE message_id IN (SELECT id FROM messages WHERE event_id = ?)`,
	);
	const pruneDocuments = database.prepare(
		`DELETE FROM documents WHERE id IN (SELECT id FROM documents WHERE expires_at < ? ORDER BY expires_at LIMIT ?)`,
	);
	const old = database.prepare(`
		SELECT id FROM events WHERE received_at < ? AND (state <> 'stored' OR waits_for IS NOT NULL)
			AND NOT EXISTS (SELECT 1 FROM messages WHERE event_id = events.id AND state IN ${OPEN})
		ORDER BY received_at LIMIT ?`);
	const remove = [
		`DELETE FROM attempts WHERE message_id IN (SELECT id FROM messages WHERE event_id = ?)`,
		`DELETE FROM documents WHERE message_id IN (SELECT id FROM messages WHERE event_id = ?)`,
		`DELETE FROM changes WHERE event_id = ?`,
		`DELETE FROM messages WHERE event_id = ?`,
		`DELETE FROM events WHERE id = ?`,
	].map((statement) => database.prepare(statement));

	const idsOf = (who: Who): number[] => {
		const found: Row[] =
			'phone' in who
				? rows.phone.all({ phone: who.phone, person: who.person ?? personKey(who.phone) })
				: rows.source.all({ source: who.source, subjects: who.subjects ? JSON.stringify(who.subjects) : null });
		return found.map(({ id }) => Number(id)).sort((a, b) => a - b);
	};

	return {
		recordsOf: async (who) => {
			await intake.moveAll();
			return idsOf(who).flatMap((id) => {
				const row = event.get(id);
				if (!row) return [];
				const of = messages.all(id).map((message) => ({
					...toMessage(message),
					history: history.all(Number(message['id'])).map(toAttempt),
				}));
				return { event: toEvent(row), messages: of };
			});
		},
		erase: async (who, reason) => {
			await intake.moveAll();
			return commit.write(() => {
				const done = { events: 0, messages: 0, documents: 0 };
				for (const id of idsOf(who)) {
					done.documents += Number(removeDocuments.run(id).changes);
					done.messages += Number(emptyMessages.run({ event: id, reason }).changes);
					done.events += Number(emptyEvent.run(reason, id).changes);
				}
				return done;
			});
		},
		prune: (before, limit) =>
			commit.write(() => {
				const documents = Number(pruneDocuments.run(before.documents.getTime(), limit).changes);
				const ids = old.all(before.events.getTime(), limit).map(({ id }) => Number(id));
				for (const id of ids) for (const statement of remove) statement.run(id);
				return { events: ids.length, documents };
			}),
	};
}
