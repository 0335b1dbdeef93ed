import { messageRow, type Row, toMessage } from '../sqlite/rows';
import { PAIR_WAIT } from '../pair-wait';
import type { Claims } from '../parts';
import type { Lane } from '../store';
import type { Database } from './database';
import type { GroupCommit } from './group-commit';
import type { Queue } from './queue';
import { type Connection, prepared } from './statement';

/**
 * Who goes before a message: of its subject, what is on its way, and what waits and was planned for earlier. Asked of each message by its
 * index: the server would join an EXISTS with all that waits, when it knows no better.
 */
const BEFORE = `(SELECT other.id
	FROM messages AS other WHERE other.source = messages.source AND other.subject = messages.subject AND other.id <> messages.id
		AND other.state IN ('waiting', 'sending', 'unknown')
		AND (other.state <> 'waiting' OR (other.planned_for, other.id) < (messages.planned_for, messages.id)) LIMIT 1)`;
/** What may leave. One that was found behind another is noted as such, and not looked at again until that one is out of the way. */
const READY = `state = 'waiting' AND behind IS NULL`;
const IN_LANE = `mapping = $mapping AND coalesce(sender, '') = coalesce($sender::text, '')`;
/** How many messages a claim looks at beyond those that it takes, where some are behind another, or put off: others cannot take them meanwhile. */
const LOOK_BEYOND = 100;

// Two processes that have messages of one pair: the second, whose lock is not its own, leaves them for its next round.
const due = (name: string, lane: string) =>
	prepared(
		name,
		`
		WITH due AS MATERIALIZED (
			SELECT id, due_at, coalesce(sender, '') || '/' || recipient AS pair, ${BEFORE} AS before FROM messages
			WHERE ${READY} ${lane} AND due_at <= $now ORDER BY due_at, id LIMIT $limit FOR UPDATE SKIP LOCKED)
		SELECT id, before, pair, CASE WHEN before IS NULL AND pair IS NOT NULL THEN pg_try_advisory_xact_lock(hashtextextended(pair, 7))::int END AS mine
		FROM due ORDER BY due_at, id`,
	);
const DUE = due('due', '');
const DUE_IN_LANE = due('due-in-lane', `AND ${IN_LANE}`);
// Only where the one before is sure to be there still: whoever moves it out of the way then sees this note.
const NOTE_BEHIND = prepared(
	'note-behind',
	`
	WITH there AS (
		SELECT id AS it FROM messages WHERE id = ANY($before::bigint[]) AND state IN ('waiting', 'sending', 'unknown') FOR SHARE SKIP LOCKED)
	UPDATE messages SET behind = there.it FROM unnest($ids::bigint[], $before::bigint[]) AS found (message, before) JOIN there ON there.it = found.before
	WHERE messages.id = found.message`,
);
// An attempt that the clock has not come to yet was made before it was set back: it says nothing.
const LAST_OF_PAIRS = prepared(
	'last-of-pairs',
	`
	SELECT asked.id AS message, (SELECT max(attempted_at) FROM messages
		WHERE recipient = asked.recipient AND attempted_at > $after AND attempted_at <= $now
			AND coalesce(sender, '') = coalesce(asked.sender, '') AND id <> asked.id) AS at
	FROM messages AS asked WHERE id = ANY($ids)`,
);
const PUT_OFF = prepared(
	'put-off',
	`UPDATE messages SET due_at = put.free, reason = $reason FROM unnest($ids::bigint[], $free::bigint[]) AS put (message, free) WHERE id = put.message`,
);
// Taken, counted and marked in one statement. Not READY but the same: found by the key alone, not among all that is ready.
const CLAIM = prepared(
	'claim',
	`
	UPDATE messages SET state = 'sending', worker = $worker, attempted_at = $now, attempts = attempts + 1,
		leased_until = clock_timestamp() + $leaseMs * interval '1 millisecond', job = taken.job
	FROM unnest($ids::bigint[], $jobs::uuid[]) AS taken (message, job)
	WHERE messages.id = taken.message AND coalesce(state, '') = 'waiting' AND behind IS NULL AND ${BEFORE} IS NULL
	RETURNING messages.*`,
);
// From one lane to the next by the index, and the first of each: the cost is that of the lanes, not of all that waits in them.
const LANES = prepared(
	'due-lanes',
	`
	WITH RECURSIVE lanes AS (
		(SELECT mapping, coalesce(sender, '') AS number FROM messages WHERE ${READY} ORDER BY mapping, coalesce(sender, '') LIMIT 1)
		UNION ALL
		SELECT next.* FROM lanes CROSS JOIN LATERAL (
			SELECT mapping, coalesce(sender, '') AS number FROM messages
			WHERE ${READY} AND (mapping, coalesce(sender, '')) > (lanes.mapping, lanes.number)
			ORDER BY mapping, coalesce(sender, '') LIMIT 1) AS next)
	SELECT mapping, nullif(number, '') AS sender, due FROM lanes CROSS JOIN LATERAL (
		SELECT count(*)::integer AS due, min(ARRAY[due_at, id]) AS first FROM (
			SELECT due_at, id FROM messages
			WHERE ${READY} AND mapping = lanes.mapping AND coalesce(sender, '') = lanes.number AND due_at <= $now AND ${BEFORE} IS NULL
			ORDER BY due_at, id LIMIT $most) AS counted) AS waiting
	WHERE due > 0 ORDER BY first`,
);
const NEXT_DUE = prepared(
	'next-due',
	`SELECT due_at AS due FROM messages WHERE ${READY} AND due_at > $after AND ${BEFORE} IS NULL ORDER BY due_at, id LIMIT 1`,
);

interface Due {
	id: number;
	pair: string | undefined;
	before: number | undefined;
	/** This process has the lock of its pair. */
	mine: boolean;
}

/** What is due, lane by lane, and taking it: the cost does not grow with how much waits. */
export function claimStore({ single }: Database, commit: GroupCommit, queue: Queue, takeOverMs: number): Claims {
	/** Of those that are due the first that may leave, others noted or put off. */
	async function pick(on: Connection, now: number, limit: number, lane: Lane | undefined, pairMs: number) {
		for (let look = limit; ; look = limit + LOOK_BEYOND) {
			const values = { now, limit: look, mapping: lane?.mapping, sender: lane?.sender };
			const rows = await (lane ? DUE_IN_LANE : DUE).all(on, values);
			const found = rows.map(({ id, pair, before, mine }): Due => ({
				id: Number(id),
				pair: typeof pair === 'string' ? pair : undefined,
				before: before === null ? undefined : Number(before),
				mine: mine === 1,
			}));
			const behind = found.filter(({ before }) => before !== undefined);
			const noted =
				behind.length === 0
					? 0
					: await NOTE_BEHIND.run(on, { ids: behind.map(({ id }) => id), before: behind.map(({ before }) => before) });
			const first = found.filter(({ before }) => before === undefined);
			const free = pairMs > 0 ? await freePairs(on, now, first, limit, pairMs) : first;
			// Of those that follow some may leave; or all that was looked at is behind others, and more may follow.
			const more = rows.length === look && (look === limit ? free.length < limit : free.length === 0 && noted > 0);
			if (!more) return free.slice(0, limit).map(({ id }) => id);
		}
	}

	/** Those whose pair is free now; those of one claim line up behind it. */
	async function freePairs(on: Connection, now: number, found: readonly Due[], limit: number, pairMs: number) {
		const ids = found.map(({ id }) => id);
		const attempts = await LAST_OF_PAIRS.all(on, { ids, now, after: now - pairMs });
		const lastOf = new Map(attempts.map(({ message, at }) => [Number(message), at]));
		const freeFrom = new Map<string, number>();
		const taken: Due[] = [];
		const off: { id: number; free: number }[] = [];
		for (const each of found) {
			if (taken.length === limit) break;
			const { id, pair, mine } = each;
			if (pair === undefined) taken.push(each);
			else if (mine) {
				const before = freeFrom.get(pair) ?? lastOf.get(id);
				const free = typeof before === 'number' ? Math.max(now, before + pairMs) : now;
				freeFrom.set(pair, free);
				if (free > now) off.push({ id, free });
				else taken.push(each);
			}
		}
		if (off.length > 0)
			await PUT_OFF.run(on, { ids: off.map(({ id }) => id), free: off.map(({ free }) => free), reason: PAIR_WAIT });
		return taken;
	}

	return {
		dueLanes: async (now, most) =>
			(await LANES.all(single, { now: now.getTime(), most })).map(({ sender, mapping, due }) => ({
				mapping: String(mapping),
				due: Number(due),
				...(typeof sender === 'string' ? { sender } : {}),
			})),
		claimDue: async (at, limit, worker, lane, pairMs = 0) => {
			const { rows, jobs } = await commit.write(async (on): Promise<{ rows: Row[]; jobs: string[] }> => {
				const now = at.getTime();
				const ids = await pick(on, now, limit, lane, pairMs);
				if (ids.length === 0) return { rows: [], jobs: [] };
				const taken = await queue.take(on, ids);
				const jobs = taken.map(({ job }) => job);
				const messages = taken.map(({ message }) => message);
				const rows = CLAIM.all(on, { now, worker, leaseMs: takeOverMs, ids: messages, jobs });
				on.last();
				return { rows: await rows, jobs };
			});
			const kept = new Set(rows.map((row) => row['job']));
			const left = jobs.filter((job) => !kept.has(job));
			// Those that stay end with their lease.
			await queue.done(single, left).catch(() => undefined);
			return rows
				.map(toMessage)
				.sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime() || messageRow(a.id) - messageRow(b.id));
		},
		nextDue: async (after) => {
			const row = await NEXT_DUE.get(single, { after: after?.getTime() ?? Number.MIN_SAFE_INTEGER });
			return row && new Date(Number(row['due']));
		},
	};
}
