import type { DatabaseSync } from 'node:sqlite';
import type { People } from '../parts';
import type { Suppression } from '../store';
import type { GroupCommit } from './group-commit';
import { type Row, toMessage } from './rows';

/** Who wants no messages, and whose message an id of the API is. */
export function peopleStore(database: DatabaseSync, commit: GroupCommit): People {
	// Whoever wants nothing at all stays so until they say otherwise.
	const suppress = database.prepare(`
		INSERT INTO suppressions (phone, scope, reason, at) VALUES (?, ?, ?, ?)
		ON CONFLICT (phone) DO UPDATE SET scope = excluded.scope, reason = excluded.reason, at = excluded.at
		WHERE suppressions.scope <> 'all' OR excluded.scope = 'all'`);
	const unsuppress = database.prepare(`DELETE FROM suppressions WHERE phone = ?`);
	const suppression = database.prepare(`SELECT * FROM suppressions WHERE phone = ?`);
	const list = database.prepare(`SELECT * FROM suppressions WHERE ? IS NULL OR id < ?1 ORDER BY id DESC LIMIT ?2`);
	const byApiId = database.prepare(`SELECT * FROM messages WHERE api_message_id = ? LIMIT 1`);

	return {
		suppress: ({ phone, scope, reason, at }) =>
			commit.write(() => {
				suppress.run(phone, scope, reason, at.getTime());
			}),
		unsuppress: (phone) => commit.write(() => unsuppress.run(phone).changes === 1),
		suppression: async (phone) => {
			const row = suppression.get(phone);
			return row && toSuppression(row);
		},
		suppressions: async ({ cursor, limit }) => {
			const rows = list.all(cursor === undefined ? null : Number(cursor), limit + 1);
			const items = rows.slice(0, limit).map(toSuppression);
			return rows.length > limit ? { items, next: String(rows[limit - 1]?.['id']) } : { items };
		},
		messageByApiId: async (apiMessageId) => {
			const row = byApiId.get(apiMessageId);
			return row && toMessage(row);
		},
	};
}

export const toSuppression = (row: Row): Suppression => ({
	phone: String(row['phone']),
	scope: row['scope'] === 'all' ? 'all' : 'marketing',
	reason: String(row['reason']),
	at: new Date(Number(row['at'])),
});
