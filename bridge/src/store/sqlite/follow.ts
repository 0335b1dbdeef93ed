import type { DatabaseSync } from 'node:sqlite';
import type { EventState, MessageState } from '../../domain';
import type { LedgerChange } from '../store';
import type { Follow } from '../parts';
import type { GroupCommit } from './group-commit';
import { eventId, type Row, toMessage } from './rows';

/** What became of a source's events and messages, for whoever tells the source of it; triggers of the schema write it down. */
export function followStore(database: DatabaseSync, commit: GroupCommit): Follow {
	const follow = database.prepare(`INSERT INTO followed (source) VALUES (?) ON CONFLICT DO NOTHING`);
	const changes = database.prepare(`
		SELECT changes.number, events.delivery_key, events.subject AS event_subject, events.state AS event_state, events.reason AS event_reason,
			changes.event_id AS of_event, messages.*
		FROM changes JOIN events ON events.id = changes.event_id LEFT JOIN messages ON messages.id = changes.message_id
		WHERE changes.source = ? AND changes.number > ? ORDER BY changes.number LIMIT ?`);
	const outcome = database.prepare(`
		SELECT 0 AS number, events.delivery_key, events.subject AS event_subject, events.state AS event_state, events.reason AS event_reason,
			events.id AS of_event, messages.*
		FROM (SELECT * FROM events WHERE source = ? AND subject = ? ORDER BY id DESC LIMIT 1) AS events
		LEFT JOIN messages ON messages.event_id = events.id ORDER BY messages.id`);
	const messages = database.prepare(`SELECT state, count(*) AS n FROM messages WHERE source = ? GROUP BY state`);
	const stored = database.prepare(`SELECT count(*) AS n FROM events WHERE state = 'stored' AND source = ?`);
	const cursor = database.prepare(`SELECT value FROM settings WHERE name = ?`);
	const saveCursor = database.prepare(
		`INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
	);

	return {
		follow: (source) =>
			commit.write(() => {
				follow.run(source);
			}),
		changes: async (source, after, limit) => changes.all(source, after, limit).map(toChange),
		outcome: async (source, subject) => outcome.all(source, subject).map(toChange),
		tally: async (source) => ({
			...Object.fromEntries(messages.all(source).map(({ state, n }) => [String(state), Number(n)])),
			stored: Number(stored.get(source)?.['n']),
		}),
		cursor: async (name) => {
			const value = cursor.get(`cursor:${name}`)?.['value'];
			return typeof value === 'string' ? value : undefined;
		},
		saveCursor: (name, value) =>
			commit.write(() => {
				saveCursor.run(`cursor:${name}`, value);
			}),
	};
}

export function toChange(row: Row): LedgerChange {
	const message = row['id'] === null ? undefined : toMessage(row);
	const subject = message?.subject ?? row['event_subject'];
	const reason = message ? message.reason : row['event_reason'];
	return {
		number: Number(row['number']),
		event: eventId(Number(row['of_event'])),
		deliveryKey: String(row['delivery_key']),
		...(typeof subject === 'string' ? { subject } : {}),
		state: message?.state ?? (String(row['event_state']) as EventState | MessageState),
		...(typeof reason === 'string' ? { reason } : {}),
		...(message ? { message } : {}),
	};
}
