import { toMessage } from '../sqlite/rows';
import { toSuppression } from '../sqlite/people';
import type { People } from '../parts';
import type { Database } from './database';
import type { GroupCommit } from './group-commit';
import { prepared, statement } from './statement';

// Whoever wants nothing at all stays so until they say otherwise.
const SUPPRESS = statement(`
	INSERT INTO suppressions (phone, scope, reason, at) VALUES ($phone, $scope, $reason, $at)
	ON CONFLICT (phone) DO UPDATE SET scope = excluded.scope, reason = excluded.reason, at = excluded.at
	WHERE suppressions.scope <> 'all' OR excluded.scope = 'all'`);
const UNSUPPRESS = statement(`DELETE FROM suppressions WHERE phone = $phone`);
const SUPPRESSION = prepared('suppression', `SELECT * FROM suppressions WHERE phone = $phone`);
const LIST = statement(
	`SELECT * FROM suppressions WHERE $before::bigint IS NULL OR id < $before::bigint ORDER BY id DESC LIMIT $limit`,
);
const BY_API_ID = prepared('message-by-api-id', `SELECT * FROM messages WHERE api_message_id = $apiMessageId LIMIT 1`);

/** Who wants no messages, and whose message an id of the API is. */
export function peopleStore({ single, asking }: Database, commit: GroupCommit): People {
	return {
		suppress: (entry) =>
			commit.write(async (on) => {
				await SUPPRESS.run(on, { ...entry, at: entry.at.getTime() });
			}),
		unsuppress: (phone) => commit.write(async (on) => (await UNSUPPRESS.run(on, { phone })) === 1),
		suppression: async (phone) => {
			const row = await SUPPRESSION.get(single, { phone });
			return row && toSuppression(row);
		},
		suppressions: async ({ cursor, limit }) => {
			const before = cursor === undefined ? undefined : Number(cursor);
			const rows = await LIST.all(asking, { before, limit: limit + 1 });
			const items = rows.slice(0, limit).map(toSuppression);
			return rows.length > limit ? { items, next: String(rows[limit - 1]?.['id']) } : { items };
		},
		messageByApiId: async (apiMessageId) => {
			const row = await BY_API_ID.get(single, { apiMessageId });
			return row && toMessage(row);
		},
	};
}
