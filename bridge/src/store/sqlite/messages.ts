import type { DatabaseSync } from 'node:sqlite';
import type { MessageChange, Store } from '../store';
import type { GroupCommit } from './group-commit';
import { messageRow, toMessage } from './rows';

type Messages = Pick<
	Store,
	| 'dueLanes'
	| 'claimDue'
	| 'nextDue'
	| 'finishAttempt'
	| 'changeMessage'
	| 'recoverSending'
	| 'unknownDue'
	| 'watchedDue'
	| 'nextLook'
	| 'release'
	| 'heldCauses'
>;

/** An earlier message of the same order that is not done: it goes first. Delayed ones only count from their own time on. */
const EARLIER = `
	SELECT 1 FROM messages earlier
	WHERE earlier.source = messages.source AND earlier.subject = messages.subject
		AND earlier.state IN ('waiting', 'sending', 'unknown')
		AND (earlier.planned_for, earlier.id) < (messages.planned_for, messages.id)`;

/** Messages on their way: claimed, tried, looked after. */
export function messageStore(database: DatabaseSync, commit: GroupCommit): Messages {
	// Taken, counted and marked in one statement.
	const claim = (lane: string) =>
		database.prepare(`
		UPDATE messages SET state = 'sending', worker = $worker, attempted_at = $now, attempts = attempts + 1
		WHERE id IN (SELECT id FROM messages WHERE state = 'waiting' AND due_at <= $now ${lane} AND NOT EXISTS (${EARLIER})
			ORDER BY due_at, id LIMIT $limit)
		RETURNING *`);
	const claimAny = claim('');
	const claimLane = claim('AND mapping = $mapping AND sender IS $sender');
	const lanes = database.prepare(`
		SELECT sender, mapping FROM messages WHERE state = 'waiting' AND due_at <= ? AND NOT EXISTS (${EARLIER})
		GROUP BY sender, mapping ORDER BY min(due_at), min(id)`);
	const nextDue = database.prepare(
		`SELECT due_at AS due FROM messages WHERE state = 'waiting' AND due_at > ? AND NOT EXISTS (${EARLIER}) ORDER BY due_at LIMIT 1`,
	);
	const change = database.prepare(`
		UPDATE messages SET state = $state, reason = $reason, cause = $cause, due_at = coalesce($dueAt, due_at),
			api_message_id = coalesce($apiMessageId, api_message_id), media_url = coalesce($mediaUrl, media_url),
			sent_at = coalesce($sentAt, sent_at), delivered_at = coalesce($deliveredAt, delivered_at), read_at = coalesce($readAt, read_at),
			look_at = CASE WHEN $looked = 1 THEN $lookAt WHEN $state IN ('sent', 'delivered') THEN look_at END, looks = looks + $looked,
			attempts = attempts - $uncounted,
			worker = CASE WHEN $state = 'sending' THEN worker ELSE NULL END
		WHERE id = $id AND ($worker IS NULL OR (worker = $worker AND state = 'sending'))
			AND ($from IS NULL OR state IN (SELECT value FROM json_each($from)))`);
	const attempt = database.prepare(
		`INSERT INTO attempts (message_id, at, duration_ms, status, outcome, reason) VALUES (?, ?, ?, ?, ?, ?)`,
	);
	const recover = database.prepare(`
		UPDATE messages SET state = 'unknown', due_at = ?, worker = NULL,
			reason = 'The bridge stopped while this message was being sent; it may have arrived. The thread is read before anything is sent again.'
		WHERE state = 'sending' AND (worker IS NULL OR worker <> ?)`);
	const unknown = database.prepare(
		`SELECT * FROM messages WHERE state = 'unknown' AND due_at <= ? ORDER BY due_at, id LIMIT ?`,
	);
	const watched = database.prepare(`SELECT * FROM messages WHERE look_at <= ? ORDER BY look_at, id LIMIT ?`);
	const nextLook = database.prepare(
		`SELECT min(at) AS at FROM (SELECT min(look_at) AS at FROM messages UNION ALL SELECT min(due_at) FROM messages WHERE state = 'unknown')`,
	);
	const release = database.prepare(
		`UPDATE messages SET state = 'waiting', reason = NULL, cause = NULL, attempts = 0, due_at = max(planned_for, ?) WHERE state = 'held' AND cause = ?`,
	);
	const causes = database.prepare(
		`SELECT cause, count(*) AS held FROM messages WHERE state = 'held' AND cause IS NOT NULL GROUP BY cause`,
	);

	const apply = (id: string, worker: string | null, from: readonly string[] | null, next: MessageChange): boolean =>
		change.run({
			id: messageRow(id),
			worker,
			from: from && JSON.stringify(from),
			state: next.state,
			reason: next.reason ?? null,
			cause: next.cause ?? null,
			dueAt: next.dueAt?.getTime() ?? null,
			apiMessageId: next.apiMessageId ?? null,
			mediaUrl: next.mediaUrl ?? null,
			sentAt: next.sentAt?.getTime() ?? null,
			deliveredAt: next.deliveredAt?.getTime() ?? null,
			readAt: next.readAt?.getTime() ?? null,
			uncounted: next.uncounted ? 1 : 0,
			looked: next.lookAt === undefined ? 0 : 1,
			lookAt: next.lookAt?.getTime() ?? null,
		}).changes === 1;

	return {
		dueLanes: async (now) =>
			lanes.all(now.getTime()).map(({ sender, mapping }) => ({
				mapping: String(mapping),
				...(typeof sender === 'string' ? { sender } : {}),
			})),
		claimDue: (now, limit, worker, lane) =>
			commit.write(() => {
				const values = { worker, now: now.getTime(), limit };
				const rows = lane
					? claimLane.all({ ...values, mapping: lane.mapping, sender: lane.sender ?? null })
					: claimAny.all(values);
				return rows
					.map(toMessage)
					.sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime() || messageRow(a.id) - messageRow(b.id));
			}),
		nextDue: async (after) => {
			const due = nextDue.get(after?.getTime() ?? Number.MIN_SAFE_INTEGER)?.['due'];
			return typeof due === 'number' ? new Date(due) : undefined;
		},
		finishAttempt: (id, worker, made, next) =>
			commit.write(() => {
				const held = apply(id, worker, null, next);
				// The call was made whoever holds the message now: the attempt is told either way.
				attempt.run(
					messageRow(id),
					made.at.getTime(),
					Math.round(made.durationMs),
					made.status ?? null,
					made.outcome,
					made.reason,
				);
				return held;
			}),
		changeMessage: (id, from, next) => commit.write(() => apply(id, null, from, next)),
		recoverSending: (worker, now) => commit.write(() => Number(recover.run(now.getTime(), worker).changes)),
		unknownDue: async (now, limit) => unknown.all(now.getTime(), limit).map(toMessage),
		watchedDue: async (now, limit) => watched.all(now.getTime(), limit).map(toMessage),
		nextLook: async () => {
			const at = nextLook.get()?.['at'];
			return typeof at === 'number' ? new Date(at) : undefined;
		},
		release: (cause, now) => commit.write(() => Number(release.run(now.getTime(), cause).changes)),
		heldCauses: async () => Object.fromEntries(causes.all().map(({ cause, held }) => [String(cause), Number(held)])),
	};
}
