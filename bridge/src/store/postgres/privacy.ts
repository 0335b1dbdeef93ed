import { personKey } from '../../phone';
import { toAttempt, toEvent, toMessage } from '../sqlite/rows';
import type { PersonRecord, Who } from '../store';
import type { Privacy } from '../parts';
import type { Database } from './database';
import type { GroupCommit } from './group-commit';
import { type Connection, statement } from './statement';

/**
 * The rows of events about somebody. By number: those read as theirs, those of messages to them, and all of the same orders: a shipment carries
 * no number, and is theirs as well.
 */
const OF_PHONE = statement(`
	WITH own AS (
		SELECT id, source, subject FROM events WHERE person = $person
		UNION SELECT events.id, events.source, events.subject FROM messages JOIN events ON events.id = messages.event_id WHERE recipient = $phone)
	SELECT id FROM own UNION SELECT events.id FROM own JOIN events ON events.source = own.source AND events.subject = own.subject ORDER BY id`);
const OF_SOURCE = statement(`
	SELECT id FROM events WHERE source = $source AND ($subjects::text[] IS NULL OR subject = ANY($subjects::text[])) ORDER BY id`);

/** Nothing is owed any more for a message in one of the other states. */
const OPEN = `('waiting', 'sending', 'held', 'unknown')`;

const EVENT = statement(`SELECT * FROM events WHERE id = $id`);
const MESSAGES = statement(`SELECT * FROM messages WHERE event_id = $id ORDER BY id`);
const HISTORY = statement(`SELECT * FROM attempts WHERE message_id = $id ORDER BY id`);
const EMPTY_EVENTS = statement(`
	UPDATE events SET body = '{}', headers = '{}', state = 'ignored', reason = $reason, person = NULL, carries_order = 0, waits_for = NULL
	WHERE id = ANY($ids)`);
const EMPTY_MESSAGES = statement(`
	UPDATE messages SET variables = '{}', recipient = NULL, media_url = NULL, header = NULL, cause = NULL, look_at = NULL, reason = $reason,
		state = CASE WHEN state IN ${OPEN} THEN 'cancelled' ELSE state END
	WHERE event_id = ANY($ids)`);
const OF_THEIR_MESSAGES = `message_id IN (SELECT id FROM messages WHERE event_id = ANY($ids))`;
const REMOVE_DOCUMENTS = statement(`DELETE FROM documents WHERE ${OF_THEIR_MESSAGES}`);
const PRUNE_DOCUMENTS = statement(`
	DELETE FROM documents WHERE id IN (SELECT id FROM documents WHERE expires_at < $before ORDER BY expires_at LIMIT $limit)`);
// By the index of times, which makes a bitmap of what is old.
const BY_TIME = statement(
	`SELECT set_config('enable_bitmapscan', 'on', true), set_config('plan_cache_mode', 'auto', true)`,
);
const OLD = statement(`
	SELECT id FROM events WHERE received_at < $before AND (state <> 'stored' OR waits_for IS NOT NULL)
		AND NOT EXISTS (SELECT 1 FROM messages WHERE event_id = events.id AND state IN ${OPEN})
	ORDER BY received_at LIMIT $limit FOR UPDATE SKIP LOCKED`);
const REMOVE = [
	`DELETE FROM attempts WHERE ${OF_THEIR_MESSAGES}`,
	`DELETE FROM documents WHERE ${OF_THEIR_MESSAGES}`,
	`DELETE FROM changes WHERE event_id = ANY($ids)`,
	`DELETE FROM messages WHERE event_id = ANY($ids)`,
	`DELETE FROM events WHERE id = ANY($ids)`,
].map((text) => statement(text));
/** Of processes that took something and ended. */
const FORGET_CLAIMS = statement(`DELETE FROM claims WHERE until < clock_timestamp() - interval '1 hour'`);
/** None should be found: each note is taken away by what it is about. */
const FORGET_NOTES = statement(`
	UPDATE messages SET behind = NULL WHERE behind IS NOT NULL
		AND NOT EXISTS (SELECT 1 FROM messages AS other WHERE other.id = messages.behind AND other.state IN ('waiting', 'sending', 'unknown'))`);

/** What people have a right to: to see what is kept of them, to have it erased, and to have it forgotten in time. */
export function privacyStore({ asking }: Database, commit: GroupCommit): Privacy {
	const idsOf = async (on: Connection, who: Who): Promise<number[]> =>
		(
			await ('phone' in who
				? OF_PHONE.all(on, { phone: who.phone, person: who.person ?? personKey(who.phone) })
				: OF_SOURCE.all(on, { source: who.source, subjects: who.subjects }))
		).map(({ id }) => Number(id));

	return {
		recordsOf: async (who) => {
			const records: PersonRecord[] = [];
			for (const id of await idsOf(asking, who)) {
				const row = await EVENT.get(asking, { id });
				if (!row) continue;
				const messages: PersonRecord['messages'] = [];
				for (const message of await MESSAGES.all(asking, { id })) {
					const history = await HISTORY.all(asking, { id: message['id'] });
					messages.push({ ...toMessage(message), history: history.map(toAttempt) });
				}
				records.push({ event: toEvent(row), messages });
			}
			return records;
		},
		erase: (who, reason) =>
			commit.write(async (on) => {
				const ids = await idsOf(on, who);
				return {
					documents: await REMOVE_DOCUMENTS.run(on, { ids }),
					messages: await EMPTY_MESSAGES.run(on, { ids, reason }),
					events: await EMPTY_EVENTS.run(on, { ids, reason }),
				};
			}),
		prune: (before, limit) =>
			commit.write(async (on) => {
				await FORGET_CLAIMS.run(on);
				await FORGET_NOTES.run(on);
				const documents = await PRUNE_DOCUMENTS.run(on, { before: before.documents.getTime(), limit });
				await BY_TIME.run(on);
				const old = await OLD.all(on, { before: before.events.getTime(), limit });
				const ids = old.map(({ id }) => Number(id));
				if (ids.length > 0) for (const remove of REMOVE) await remove.run(on, { ids });
				return { events: ids.length, documents };
			}),
	};
}
