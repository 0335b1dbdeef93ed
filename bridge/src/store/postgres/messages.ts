import { messageRow, type Row, toMessage } from '../sqlite/rows';
import type { MessageChange, Store } from '../store';
import { claimStore } from './claim';
import type { Database } from './database';
import type { GroupCommit } from './group-commit';
import type { Queue } from './queue';
import { type Connection, prepared, statement } from './statement';

type Messages = Pick<
	Store,
	| 'dueLanes'
	| 'claimDue'
	| 'nextDue'
	| 'staged'
	| 'stillMine'
	| 'finishAttempt'
	| 'changeMessage'
	| 'recoverSending'
	| 'release'
	| 'heldCauses'
>;

// A message that is being sent is changed by who has it: one that another process took over is not this one's any more.
const CHANGE = prepared(
	'change-message',
	`
	WITH freed AS (DELETE FROM claims WHERE kind = 'm' AND id = $id),
	before AS (
		SELECT id AS message, job AS had FROM messages
		WHERE id = $id AND ($from::text[] IS NULL OR state = ANY($from::text[]))
			AND ($worker::text IS NULL OR (worker = $worker::text AND state = 'sending'))
			AND (state <> 'sending' OR worker = ANY($own::text[])) FOR UPDATE)
	UPDATE messages SET behind = NULL, state = $state, reason = $reason, cause = $cause, due_at = coalesce($dueAt, due_at),
		api_message_id = coalesce($apiMessageId, api_message_id), media_url = coalesce($mediaUrl, media_url),
		sent_at = coalesce($sentAt, sent_at), delivered_at = coalesce($deliveredAt, delivered_at), read_at = coalesce($readAt, read_at),
		look_at = CASE WHEN $looked::int = 1 THEN $lookAt::bigint WHEN $state IN ('sent', 'delivered') THEN look_at END,
		looks = looks + $looked::int, attempts = attempts - $uncounted::int,
		worker = CASE WHEN $state = 'sending' THEN worker END,
		leased_until = CASE WHEN $state = 'sending' THEN leased_until END,
		job = CASE WHEN $state = 'sending' THEN job END
	FROM before WHERE messages.id = before.message RETURNING had, job`,
);
const ATTEMPT = prepared(
	'attempt',
	`INSERT INTO attempts (message_id, at, duration_ms, status, outcome, reason) VALUES ($id, $at, $durationMs, $status, $outcome, $reason)`,
);
const RECOVER = prepared(
	'recover',
	`
	WITH dead AS (
		SELECT id AS message, job AS had FROM messages
		WHERE state = 'sending' AND worker IS DISTINCT FROM $worker AND (leased_until IS NULL OR leased_until <= clock_timestamp()) FOR UPDATE SKIP LOCKED)
	UPDATE messages SET state = 'unknown', due_at = $now, worker = NULL, leased_until = NULL, job = NULL,
		reason = 'The bridge stopped while this message was being sent; it may have arrived. The thread is read before anything is sent again.'
	FROM dead WHERE messages.id = dead.message RETURNING had`,
);
const STAGED = prepared(
	'staged',
	`SELECT * FROM messages WHERE source = $source AND subject = $subject AND stage_rank IS NOT NULL ORDER BY id`,
);
const RELEASE = statement(
	`UPDATE messages SET state = 'waiting', behind = NULL, reason = NULL, cause = NULL, attempts = 0, due_at = greatest(planned_for, $now) WHERE state = 'held' AND cause = $cause`,
);
const CAUSES = statement(
	`SELECT cause, count(*) AS held FROM messages WHERE state = 'held' AND cause IS NOT NULL GROUP BY cause`,
);

export interface Lease {
	leaseMs: number;
	takeOverMs: number;
}

/** Messages on their way: claimed, tried. What a process takes is its own for `leaseMs`; after `takeOverMs` others take it over. */
export function messageStore(database: Database, commit: GroupCommit, queue: Queue, lease: Lease): Messages {
	const { single } = database;
	const claims = claimStore(database, commit, queue, lease.takeOverMs);
	/** Under these names this process has claimed. */
	const own = new Set<string>();
	/** When each message was taken that is being sent, by performance.now(). */
	const taken = new Map<string, number>();

	async function change(on: Connection, id: string, next: MessageChange, guard: object): Promise<boolean> {
		const changed = await CHANGE.get(on, {
			...next,
			...guard,
			id: messageRow(id),
			own: [...own],
			dueAt: next.dueAt?.getTime(),
			sentAt: next.sentAt?.getTime(),
			deliveredAt: next.deliveredAt?.getTime(),
			readAt: next.readAt?.getTime(),
			uncounted: next.uncounted ? 1 : 0,
			looked: next.lookAt === undefined ? 0 : 1,
			lookAt: next.lookAt?.getTime(),
		});
		if (changed && changed['job'] === null) await queue.done(on, jobsOf([changed]));
		if (next.state !== 'sending') taken.delete(id);
		return changed !== undefined;
	}

	return {
		...claims,
		claimDue: async (now, limit, worker, lane, pairMs) => {
			own.add(worker);
			const before = performance.now();
			const messages = await claims.claimDue(now, limit, worker, lane, pairMs);
			for (const { id } of messages) taken.set(id, before);
			return messages;
		},
		// The other half is for the call and its answer.
		stillMine: (id) => performance.now() - (taken.get(id) ?? Number.NEGATIVE_INFINITY) < lease.leaseMs / 2,
		staged: async (source, subject) => (await STAGED.all(single, { source, subject })).map(toMessage),
		finishAttempt: (id, worker, made, next) =>
			commit.write(async (on) => {
				// The call was made whoever holds the message now: the attempt is told either way.
				const [held] = await Promise.all([
					change(on, id, next, { worker }),
					ATTEMPT.run(on, {
						...made,
						id: messageRow(id),
						at: made.at.getTime(),
						durationMs: Math.round(made.durationMs),
					}),
				]);
				return held;
			}),
		changeMessage: (id, from, next) => commit.write((on) => change(on, id, next, { from })),
		recoverSending: (worker, now) =>
			commit.write(async (on) => {
				const dead = await RECOVER.all(on, { worker, now: now.getTime() });
				await queue.done(on, jobsOf(dead));
				return dead.length;
			}),
		release: (cause, now) => commit.write((on) => RELEASE.run(on, { cause, now: now.getTime() })),
		heldCauses: async () =>
			Object.fromEntries((await CAUSES.all(single)).map(({ cause, held }) => [String(cause), Number(held)])),
	};
}

const jobsOf = (rows: readonly Row[]): string[] => rows.flatMap(({ had }) => (typeof had === 'string' ? [had] : []));
