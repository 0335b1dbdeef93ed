import type { MessageState } from '../../domain';
import { eventRow, messageId, messageRow, type Row } from '../sqlite/rows';
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
	SELECT id, source, $subject, $mapping, $template, $language, $to, $variables, $header, $sender, $onceKey,
		$state, $reason, $cause, $now, $dueAt, $dueAt, $expiresAt, $stageParcel, $stageRank, $stageAt
	FROM events WHERE id = $event
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
	`UPDATE events SET waits_for = NULL WHERE source = (SELECT source FROM events WHERE id = $id) AND waits_for = $subject`,
);
/** The order was planned, and woke nobody, between the look for it and now. */
const NO_WAITING = prepared(
	'no-waiting',
	`
	UPDATE events SET waits_for = NULL WHERE id = $id AND EXISTS (SELECT 1 FROM events AS known
		WHERE known.source = events.source AND known.subject = events.waits_for AND known.carries_order = 1 AND known.planned_at >= $since)`,
);
const LATELY_MS = 10_000;
const LAZILY = { lazy: true };

/** Planning, by the same rules as the embedded ledger: sqlite/plan-event.ts tells them. */
export function planStore(commit: GroupCommit): Plans {
	/** A message whose key is known. */
	async function replan(
		on: Connection,
		values: Values,
		byHand: boolean,
	): Promise<[PlannedRow['result'], Row | undefined]> {
		const replanned = await REFRESH.get(on, { ...values, byHand: byHand ? 1 : 0 });
		return replanned ? ['replanned', replanned] : ['kept', await EXISTING.get(on, values)];
	}

	return {
		// Lazily: a message is sent only when it was claimed, which is synced, and all that was committed before with it.
		planEvent: (id, result, messages, now) =>
			commit.write(async (on) => {
				const event = eventRow(id);
				const changed = {
					...result,
					id: event,
					occurredAt: result.occurredAt?.getTime(),
					carriesOrder: result.carriesOrder ? 1 : 0,
					now: now.getTime(),
					since: now.getTime() - LATELY_MS,
				};
				const values = messages.map((message) => ({ ...columns(message), event, now: now.getTime() }));
				// Asked in one go.
				const [row, , ...inserted] = await Promise.all([
					EVENT.get(on, changed),
					result.waitsFor !== undefined ? NO_WAITING.run(on, changed) : result.carriesOrder && WAKE.run(on, changed),
					...values.map((each) => INSERT.get(on, each)),
				]);
				if (!row) throw new Error(`There is no event ${id} to plan`);
				const planned: PlannedRow[] = [];
				for (const [index, given] of values.entries()) {
					const first = inserted[index];
					const [what, known] = first ? (['planned', first] as const) : await replan(on, given, row['asked'] === 1);
					planned.push({
						id: messageId(Number(known?.['id'])),
						result: what,
						state: String(known?.['state']) as MessageState,
					});
				}
				return planned;
			}, LAZILY),
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
