import { type Connection, prepared, type Values } from './statement';

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

/** Takes rows to work on that no other process has, and again those that this one has. Answers their numbers. */
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
	return async (on: Connection, holder: Holder, limit: number, values: Values = {}): Promise<number[]> => {
		for (;;) {
			const row = await take.get(on, { ...values, ...holder, limit });
			const ids = (row?.['ids'] ?? []) as unknown[];
			// Another process took the very same ones in this moment: what comes after them is free.
			if (ids.length > 0 || Number(row?.['free']) === 0) return ids.map(Number);
		}
	};
}
