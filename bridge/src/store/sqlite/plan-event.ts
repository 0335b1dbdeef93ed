import type { DatabaseSync } from 'node:sqlite';
import type { MessageState } from '../../domain';
import type { NewMessage, PlannedRow } from '../store';
import type { Plans } from '../parts';
import type { GroupCommit } from './group-commit';
import type { Intake } from './intake/intake';
import { eventRow, messageId, messageRow } from './rows';

/** A message that is planned anew forgets its old way; its attempts stay in the ledger. */
const STARTS_ANEW = `
	template = $template, language = $language, recipient = $to, variables = $variables, header = $header, sender = $sender,
	state = $state, reason = $reason, cause = $cause, planned_for = $dueAt, due_at = $dueAt, expires_at = $expiresAt,
	stage_parcel = $stageParcel, stage_rank = $stageRank, stage_at = $stageAt,
	media_url = NULL, attempts = 0, looks = 0, look_at = NULL, api_message_id = NULL, sent_at = NULL, delivered_at = NULL, read_at = NULL`;

/**
 * Planning is idempotent: `once_key` is unique, so one message exists for one key whatever arrives how often.
 * A message that was held or skipped is planned anew by a later event; one that still waits for its delay is refreshed; one
 * that has gone further is kept. Replaying the event brings back failed ones too; a cancelled one, or one that may have
 * arrived (`doubtful`), comes back only when a person replays that very message.
 */
export function planStore(database: DatabaseSync, commit: GroupCommit, intake: Intake): Plans {
	const event = database.prepare(`
		UPDATE events SET state = ?, reason = ?, event = ?, subject = ?, occurred_at = ?, carries_order = ?, closes = ?, waits_for = ?, planned_at = ?, person = coalesce(?, person), by_hand = 0
		WHERE id = ? RETURNING source`);
	const wake = database.prepare(`UPDATE events SET waits_for = NULL WHERE source = ? AND waits_for = ?`);
	const byHandMark = database.prepare(`SELECT by_hand FROM events WHERE id = ?`);
	const insert = database.prepare(`
		INSERT INTO messages (event_id, source, subject, mapping, template, language, recipient, variables, header, sender, once_key,
			state, reason, cause, created_at, planned_for, due_at, expires_at, stage_parcel, stage_rank, stage_at)
		VALUES ($event, $source, $subject, $mapping, $template, $language, $to, $variables, $header, $sender, $onceKey,
			$state, $reason, $cause, $now, $dueAt, $dueAt, $expiresAt, $stageParcel, $stageRank, $stageAt)
		ON CONFLICT (once_key) DO NOTHING RETURNING id, state`);
	const refresh = database.prepare(`
		UPDATE messages SET event_id = $event, ${STARTS_ANEW}
		WHERE once_key = $onceKey AND (
			(state IN ('held', 'skipped') AND coalesce(cause, '') <> 'doubtful')
			OR (state = 'waiting' AND attempts = 0 AND planned_for > $now AND $byHand = 0)
			OR (state = 'failed' AND $byHand = 1))
		RETURNING id, state`);
	const renew = database.prepare(`
		UPDATE messages SET ${STARTS_ANEW}
		WHERE id = $id AND state IN ('held', 'failed', 'skipped', 'cancelled')`);
	const existing = database.prepare(`SELECT id, state FROM messages WHERE once_key = ?`);
	const withdraw = database.prepare(`
		UPDATE messages SET state = 'skipped', reason = ?
		WHERE source = ? AND subject = ? AND state = 'waiting' AND attempts = 0 AND planned_for > ?`);

	function save(source: string, id: string, message: NewMessage, now: Date, byHand: boolean): PlannedRow {
		const values = { ...columns(message), event: eventRow(id), onceKey: message.onceKey, now: now.getTime() };
		const inserted = insert.get({ ...values, source, subject: message.subject, mapping: message.mapping });
		const replanned = inserted ? undefined : refresh.get({ ...values, byHand: byHand ? 1 : 0 });
		const row = inserted ?? replanned ?? existing.get(message.onceKey);
		const result = inserted ? 'planned' : replanned ? 'replanned' : 'kept';
		return { id: messageId(Number(row?.['id'])), result, state: String(row?.['state']) as MessageState };
	}

	return {
		planEvent: async (id, result, messages, now) => {
			intake.moveTo(eventRow(id));
			return commit.write(() => {
				const asked = byHandMark.get(eventRow(id))?.['by_hand'] === 1;
				const row = event.get(
					result.state,
					result.reason ?? null,
					result.event ?? null,
					result.subject ?? null,
					result.occurredAt?.getTime() ?? null,
					result.carriesOrder ? 1 : 0,
					result.closes ?? null,
					result.waitsFor ?? null,
					now.getTime(),
					result.person ?? null,
					eventRow(id),
				);
				if (!row) throw new Error(`There is no event ${id} to plan`);
				const source = String(row['source']);
				if (result.carriesOrder && result.subject !== undefined) wake.run(source, result.subject);
				return messages.map((message) => save(source, id, message, now, asked));
			});
		},
		renewMessage: (id, message) =>
			commit.write(() => renew.run({ ...columns(message), id: messageRow(id) }).changes === 1),
		withdraw: (source, subject, reason, now) =>
			commit.write(() => Number(withdraw.run(reason, source, subject, now.getTime()).changes)),
	};
}

/** What a plan says of a message, as the columns hold it. */
const columns = (message: NewMessage) => ({
	template: message.template,
	language: message.language ?? null,
	to: message.to ?? null,
	variables: JSON.stringify(message.variables),
	header: message.header === undefined ? null : JSON.stringify(message.header),
	sender: message.sender ?? null,
	state: message.state,
	reason: message.reason ?? null,
	cause: message.cause ?? null,
	dueAt: message.dueAt.getTime(),
	expiresAt: message.expiresAt?.getTime() ?? null,
	stageParcel: message.stage?.parcel ?? null,
	stageRank: message.stage?.rank ?? null,
	stageAt: message.stage?.at.getTime() ?? null,
});
