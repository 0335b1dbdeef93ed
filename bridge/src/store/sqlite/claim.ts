import type { DatabaseSync } from 'node:sqlite';
import { PAIR_WAIT } from '../pair-wait';
import type { Claims } from '../parts';
import type { Lane } from '../store';
import type { GroupCommit } from './group-commit';
import { type Row, messageRow, toMessage } from './rows';

/**
 * What may leave: in no query is anything looked at that waits behind another message of its subject (see the fourth migration).
 * The indexes are named: SQLite would take the one on `state`, and look at everything that waits.
 */
const READY = `state = 'waiting' AND head = 1`;
const BY_TIME = 'messages INDEXED BY messages_due';
const BY_LANE = 'messages INDEXED BY messages_lanes';
/** How many messages a claim looks at beyond those that it takes, where some are put off. */
const LOOK_BEYOND = 100;

/** What is due, lane by lane, and taking it: the cost does not grow with how much waits. */
export function claimStore(database: DatabaseSync, commit: GroupCommit): Claims {
	const nextLane = database.prepare(`SELECT lane FROM ${BY_LANE} WHERE ${READY} AND lane > ? ORDER BY lane LIMIT 1`);
	const dueIn = database.prepare(
		`SELECT due_at, id FROM ${BY_LANE} WHERE ${READY} AND lane = ? AND due_at <= ? ORDER BY due_at, id LIMIT ?`,
	);
	const dueOf = (messages: string, lane: string) =>
		database.prepare(
			`SELECT id, recipient, sender FROM ${messages} WHERE ${READY} ${lane} AND due_at <= $now ORDER BY due_at, id LIMIT $limit`,
		);
	const dueOfAny = dueOf(BY_TIME, '');
	const dueOfLane = dueOf(BY_LANE, 'AND lane = $lane');
	const take = database.prepare(`
		UPDATE messages SET state = 'sending', worker = ?, attempted_at = ?, attempts = attempts + 1 WHERE id = ? RETURNING *`);
	// An attempt that the clock has not come to yet was made before it was set back: it says nothing.
	const lastOfPair = database.prepare(`
		SELECT max(attempted_at) AS at FROM messages INDEXED BY messages_pairs
		WHERE recipient = $recipient AND attempted_at > $after AND attempted_at <= $now AND sender IS $sender AND id <> $id`);
	const putOff = database.prepare(`UPDATE messages SET due_at = ?, reason = ? WHERE id = ?`);
	const nextDue = database.prepare(
		`SELECT due_at AS due FROM ${BY_TIME} WHERE ${READY} AND due_at > ? ORDER BY due_at, id LIMIT 1`,
	);

	/** When the pair of a message is free; those of one claim line up. */
	function pairs(now: number, pairMs: number): (row: Row) => number {
		const last = new Map<string, number>();
		return ({ id = null, recipient = null, sender = null }) => {
			if (recipient === null) return now;
			const pair = `${String(sender)}/${String(recipient)}`;
			const before = last.get(pair) ?? lastOfPair.get({ id, recipient, sender, now, after: now - pairMs })?.['at'];
			const free = typeof before === 'number' ? Math.max(now, before + pairMs) : now;
			last.set(pair, free);
			return free;
		};
	}

	return {
		dueLanes: async (now, most) => {
			const lanes: { lane: string; at: number; id: number; due: number }[] = [];
			for (let lane = nextLane.get('')?.['lane']; typeof lane === 'string'; lane = nextLane.get(lane)?.['lane']) {
				const due = dueIn.all(lane, now.getTime(), most);
				const [first] = due;
				if (first) lanes.push({ lane, at: Number(first['due_at']), id: Number(first['id']), due: due.length });
			}
			return lanes.sort((a, b) => a.at - b.at || a.id - b.id).map(({ lane, due }) => ({ ...toLane(lane), due }));
		},
		claimDue: (now, limit, worker, lane, pairMs = 0) =>
			commit.write(() => {
				const values = { now: now.getTime(), limit: pairMs > 0 ? limit + LOOK_BEYOND : limit };
				const due = lane ? dueOfLane.all({ ...values, lane: fromLane(lane) }) : dueOfAny.all(values);
				const freeAt = pairMs > 0 ? pairs(now.getTime(), pairMs) : () => now.getTime();
				const taken: Row[] = [];
				for (const row of due) {
					if (taken.length === limit) break;
					const id = Number(row['id']);
					const free = freeAt(row);
					if (free > now.getTime()) putOff.run(free, PAIR_WAIT, id);
					else taken.push(...take.all(worker, now.getTime(), id));
				}
				return taken
					.map(toMessage)
					.sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime() || messageRow(a.id) - messageRow(b.id));
			}),
		nextDue: async (after) => {
			const due = nextDue.get(after?.getTime() ?? Number.MIN_SAFE_INTEGER)?.['due'];
			return typeof due === 'number' ? new Date(due) : undefined;
		},
	};
}

/** As the column `lane` has it. */
const fromLane = ({ sender = '', mapping }: Lane): string => `${sender}/${mapping}`;

function toLane(lane: string): Lane {
	const end = lane.indexOf('/');
	return { mapping: lane.slice(end + 1), ...(end > 0 ? { sender: lane.slice(0, end) } : {}) };
}
