import type { MessageState } from '../../domain';
import { eventRow, messageId, messageRow } from '../sqlite/rows';
import type { NewMessage, PlannedRow } from '../store';
import type { Plans } from '../parts';
import type { GroupCommit } from './group-commit';
import { type Connection, prepared, statement, type Values } from './statement';

/** A message that is planned anew forgets its old way; its attempts stay in the ledger. */
const STARTS_ANEW = `
	template = $template, language = $language, recipient = $to, variables = $variables, header = $header, sender = $sender,
	state = $state, reason = $reason, cause = $cause, planned_for = $dueAt, due_at = $dueAt, expires_at = $expiresAt,
	stage_parcel = $stageParcel, stage_rank = $stageRank, stage_at = $stageAt,
	behind = NULL, media_url = NULL, attempts = 0, looks = 0, look_at = NULL, api_message_id = NULL, sent_at = NULL, delivered_at = NULL, read_at = NULL`;

// Waiting for an order, and waking who waits for it, go one after the other: whichever comes second sees the first.
const EVENT = prepared(
	'plan-event',
	`
	WITH freed AS (DELETE FROM claims WHERE kind = 'e' AND id = $id),
		before AS (SELECT id AS planned, by_hand AS asked FROM events WHERE id = $id FOR UPDATE)
	UPDATE events SET state = $state, reason = $reason, event = $event, subject = $subject, occurred_at = $occurredAt,
		carries_order = $carriesOrder, closes = $closes, waits_for = $waitsFor, planned_at = $now, person = coalesce($person, person), by_hand = 0
	FROM before WHERE id = before.planned RETURNING source, asked, CASE WHEN carries_order = 1 OR waits_for IS NOT NULL
		THEN pg_advisory_xact_lock(hashtextextended(source || '/' || coalesce(waits_for, subject), 1)) END`,
);
const INSERT = prepared(
	'plan-message',
	`
	INSERT INTO messages (event_id, source, subject, mapping, template, language, recipient, variables, header, sender, once_key,
		state, reason, cause, created_at, planned_for, due_at, expires_at, stage_parcel, stage_rank, stage_at)
	VALUES ($event, $source, $subject, $mapping, $template, $language, $to, $variables, $header, $sender, $onceKey,
		$state, $reason, $cause, $now, $dueAt, $dueAt, $expiresAt, $stageParcel, $stageRank, $stageAt)
	ON CONFLICT (once_key) DO NOTHING RETURNING id, state`,
);
const REFRESH = statement(`
	UPDATE messages SET event_id = $event, ${STARTS_ANEW}
	WHERE once_key = $onceKey AND (
		(state IN ('held', 'skipped') AND coalesce(cause, '') <> 'doubtful')
		OR (state = 'waiting' AND attempts = 0 AND planned_for > $now AND $byHand::int = 0)
		OR (state = 'failed' AND $byHand::int = 1))
	RETURNING id, state`);
const RENEW = statement(`
	UPDATE messages SET ${STARTS_ANEW}
	WHERE id = $id AND state IN ('held', 'failed', 'skipped', 'cancelled')`);
const EXISTING = prepared('message-by-key', `SELECT id, state FROM messages WHERE once_key = $onceKey`);
const WITHDRAW = prepared(
	'withdraw',
	`
	UPDATE messages SET state = 'skipped', reason = $reason
	WHERE source = $source AND subject = $subject AND state = 'waiting' AND attempts = 0 AND planned_for > $now`,
);

const WAKE = prepared(
	'wake-events',
	`UPDATE events SET waits_for = NULL WHERE source = $source AND waits_for = $subject`,
);
/** The order was planned, and woke nobody, between the look for it and now. */
const NO_WAITING = prepared(
	'no-waiting',
	`
	UPDATE events SET waits_for = NULL WHERE id = $id AND EXISTS (SELECT 1 FROM events AS known
		WHERE known.source = $source AND known.subject = $subject AND known.carries_order = 1 AND known.planned_at >= $since)`,
);
const LATELY_MS = 10_000;

/** Planning, by the same rules as the embedded ledger: sqlite/plan-event.ts tells them. */
export function planStore(commit: GroupCommit): Plans {
	async function save(on: Connection, values: Values, byHand: boolean): Promise<PlannedRow> {
		const inserted = await INSERT.get(on, values);
		const replanned = inserted ? undefined : await REFRESH.get(on, { ...values, byHand: byHand ? 1 : 0 });
		const row = inserted ?? replanned ?? (await EXISTING.get(on, values));
		const result = inserted ? 'planned' : replanned ? 'replanned' : 'kept';
		return { id: messageId(Number(row?.['id'])), result, state: String(row?.['state']) as MessageState };
	}

	return {
		planEvent: (id, result, messages, now) =>
			commit.write(async (on) => {
				const event = eventRow(id);
				const row = await EVENT.get(on, {
					...result,
					id: event,
					occurredAt: result.occurredAt?.getTime(),
					carriesOrder: result.carriesOrder ? 1 : 0,
					now: now.getTime(),
				});
				if (!row) throw new Error(`There is no event ${id} to plan`);
				const { source } = row;
				if (result.waitsFor !== undefined)
					await NO_WAITING.run(on, { id: event, source, subject: result.waitsFor, since: now.getTime() - LATELY_MS });
				else if (result.carriesOrder) await WAKE.run(on, { source, subject: result.subject });
				const planned: PlannedRow[] = [];
				for (const message of messages)
					planned.push(await save(on, { ...columns(message), event, source, now: now.getTime() }, row['asked'] === 1));
				return planned;
			}),
		renewMessage: (id, message) =>
			commit.write(async (on) => (await RENEW.run(on, { ...columns(message), id: messageRow(id) })) === 1),
		withdraw: (source, subject, reason, now) =>
			commit.write((on) => WITHDRAW.run(on, { source, subject, reason, now: now.getTime() })),
	};
}

/** What a plan says of a message, as the columns hold it. */
const columns = (message: NewMessage): Values => ({
	...message,
	variables: JSON.stringify(message.variables),
	header: message.header && JSON.stringify(message.header),
	dueAt: message.dueAt.getTime(),
	expiresAt: message.expiresAt?.getTime(),
	stageParcel: message.stage?.parcel,
	stageRank: message.stage?.rank,
	stageAt: message.stage?.at.getTime(),
});
