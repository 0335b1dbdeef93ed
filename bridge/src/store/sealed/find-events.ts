import type { EventFilter, Page, Store, StoredEvent } from '../store';

type Row = Omit<StoredEvent, 'body'>;
const PAGE = 200;

/**
 * The list of events. Reasons are sealed, so that the engine cannot search them: it gives page after page, and those that fit are taken.
 * `reasonOf` opens the reason alone: most rows do not fit.
 */
export async function findEvents(
	inner: Pick<Store, 'events'>,
	open: (row: Row) => Row,
	reasonOf: (row: Row) => string,
	{ q, limit, ...filter }: EventFilter,
): Promise<Page<Row>> {
	if (q === undefined) {
		const { items, ...page } = await inner.events({ ...filter, limit });
		return { ...page, items: items.map(open) };
	}
	const found: Row[] = [];
	let { cursor } = filter;
	do {
		const page = await inner.events({ ...filter, cursor, limit: PAGE });
		found.push(...page.items.filter((row) => contains(row, reasonOf(row), q.toLowerCase())).map(open));
		const last = found[limit - 1];
		if (found.length > limit && last) return { items: found.slice(0, limit), next: last.id };
		cursor = page.next;
	} while (cursor !== undefined);
	return { items: found };
}

const contains = ({ topic, subject = '' }: Row, reason: string, q: string): boolean =>
	`${topic} ${subject} ${reason}`.toLowerCase().includes(q);
