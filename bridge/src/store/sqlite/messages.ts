import type { DatabaseSync } from 'node:sqlite';
import type { MessageChange, Store } from '../store';
import type { GroupCommit } from './group-commit';
import { claimStore } from './claim';
import { messageRow, toMessage } from './rows';

type Messages = Pick<
	Store,
	| 'dueLanes'
	| 'claimDue'
	| 'nextDue'
	| 'staged'
	| 'finishAttempt'
	| 'changeMessage'
	| 'recoverSending'
	| 'unknownDue'
	| 'watchedDue'
	| 'nextLook'
	| 'release'
	| 'heldCauses'
>;

/** Messages on their way: claimed, tried, looked after. */
export function messageStore(database: DatabaseSync, commit: GroupCommit): Messages {
	const staged = database.prepare(
		`SELECT * FROM messages WHERE source = ? AND subject = ? AND stage_rank IS NOT NULL ORDER BY id`,
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
		...claimStore(database, commit),
		staged: async (source, subject) => staged.all(source, subject).map(toMessage),
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
