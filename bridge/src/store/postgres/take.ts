import type { Row } from '../sqlite/rows';
import type { Database } from './database';
import { prepared, type Values } from './statement';

/** For whom rows are taken, and for how long: after that another process may take them over. */
export interface Holder {
	holder: string;
	leaseMs: number;
}

export interface Takeable {
	name: string;
	/** Of claims. */
	kind: 'e' | 'm';
	table: 'events' | 'messages';
	where: string;
	order: string;
}

export interface Taken {
	mine: Row[];
	/** What other processes have, also one that died: that is taken over first, then what came after. */
	elsewhere: Row[];
}

/** Takes rows to work on that no other process has, and again those that this one has. */
export function taker({ name, kind, table, where, order }: Takeable) {
	const take = prepared(
		`take-${name}`,
		`
		WITH free AS (
			SELECT id FROM ${table} WHERE ${where}
				AND NOT EXISTS (SELECT 1 FROM claims WHERE kind = '${kind}' AND claims.id = ${table}.id AND holder <> $holder AND until > clock_timestamp())
			ORDER BY ${order} LIMIT $limit),
		taken AS (
			INSERT INTO claims AS held (kind, id, holder, until)
			SELECT '${kind}', id, $holder, clock_timestamp() + $leaseMs * interval '1 millisecond' FROM free ORDER BY id
			ON CONFLICT (kind, id) DO UPDATE SET holder = excluded.holder, until = excluded.until
				WHERE held.holder = excluded.holder OR held.until <= clock_timestamp()
			RETURNING id)
		SELECT (SELECT count(*)::integer FROM free) AS free, array(SELECT id FROM taken) AS ids`,
	);
	// Asked after it, though in one go: what was worked on while it was being taken is seen as it is now.
	const claimed = prepared(
		`taken-${name}`,
		`
		SELECT held.holder, ${table}.* FROM (SELECT id AS claim, holder FROM claims WHERE kind = '${kind}') AS held JOIN ${table} ON ${table}.id = held.claim
		WHERE ${where} ORDER BY ${order}`,
	);
	return async ({ single }: Database, holder: Holder, limit: number, values: Values = {}): Promise<Taken> => {
		for (;;) {
			const [row, rows] = await Promise.all([
				take.get(single, { ...values, ...holder, limit }),
				claimed.all(single, values),
			]);
			const ids = new Set(((row?.['ids'] ?? []) as unknown[]).map(Number));
			// Another process took the very same ones in this moment: what comes after them is free.
			if (ids.size === 0 && Number(row?.['free']) > 0) continue;
			return {
				mine: rows.filter((each) => ids.has(Number(each['id']))),
				elsewhere: rows.filter((each) => each['holder'] !== holder.holder),
			};
		}
	};
}
