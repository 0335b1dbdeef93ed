import type { Follow } from '../parts';
import { toChange } from '../sqlite/follow';
import type { Database } from './database';
import type { GroupCommit } from './group-commit';
import { prepared, statement } from './statement';

const FOLLOW = statement(`INSERT INTO followed (source) VALUES ($source) ON CONFLICT DO NOTHING`);
const ANY = prepared('any-change', `SELECT 1 FROM changes WHERE source = $source AND number > $after LIMIT 1`);
// Numbers are given before the commit: while this waits for who is writing, none can appear below one that is read here.
const STILL = statement(`LOCK TABLE changes IN SHARE MODE`);
const CHANGES = prepared(
	'changes',
	`
	SELECT changes.number, events.delivery_key, events.subject AS event_subject, events.state AS event_state, events.reason AS event_reason,
		changes.event_id AS of_event, messages.*
	FROM changes JOIN events ON events.id = changes.event_id LEFT JOIN messages ON messages.id = changes.message_id
	WHERE changes.source = $source AND changes.number > $after ORDER BY changes.number LIMIT $limit`,
);
const OUTCOME = statement(`
	SELECT 0 AS number, events.delivery_key, events.subject AS event_subject, events.state AS event_state, events.reason AS event_reason,
		events.id AS of_event, messages.*
	FROM (SELECT * FROM events WHERE source = $source AND subject = $subject ORDER BY id DESC LIMIT 1) AS events
	LEFT JOIN messages ON messages.event_id = events.id ORDER BY messages.id`);
const MESSAGES = statement(`SELECT state, count(*) AS n FROM messages WHERE source = $source GROUP BY state`);
// By the indexes of those that are to be planned, and of those that wait for another: not through all events of the source.
const STORED = statement(`
	SELECT (SELECT count(*) FROM events WHERE source = $source AND state = 'stored' AND waits_for IS NULL)
		+ (SELECT count(*) FROM events WHERE source = $source AND state = 'stored' AND waits_for IS NOT NULL) AS n`);
const CURSOR = prepared('cursor', `SELECT value FROM settings WHERE name = $name`);
const SAVE_CURSOR = prepared(
	'save-cursor',
	`INSERT INTO settings (name, value) VALUES ($name, $value) ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
);

/** What became of a source's events and messages, for whoever tells the source of it; triggers of the schema write it down. */
export function followStore(database: Database, commit: GroupCommit): Follow {
	const { single, asking } = database;
	return {
		follow: (source) =>
			commit.write(async (on) => {
				await FOLLOW.run(on, { source });
			}),
		changes: async (source, after, limit) => {
			if (!(await ANY.get(single, { source, after }))) return [];
			return database.transaction(async (on) => {
				await STILL.run(on);
				return (await CHANGES.all(on, { source, after, limit })).map(toChange);
			});
		},
		outcome: async (source, subject) => (await OUTCOME.all(single, { source, subject })).map(toChange),
		tally: async (source) => ({
			...Object.fromEntries((await MESSAGES.all(asking, { source })).map(({ state, n }) => [String(state), Number(n)])),
			stored: Number((await STORED.get(asking, { source }))?.['n']),
		}),
		cursor: async (name) => {
			const value = (await CURSOR.get(single, { name: `cursor:${name}` }))?.['value'];
			return typeof value === 'string' ? value : undefined;
		},
		saveCursor: (name, value) =>
			commit.write(async (on) => {
				await SAVE_CURSOR.run(on, { name: `cursor:${name}`, value });
			}),
	};
}
