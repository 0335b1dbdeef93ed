import type { EventFilter, Page, Store, StoredEvent } from '../store';

type Row = Omit<StoredEvent, 'body'>;
const PAGE = 200;

/** The list of events. Reasons are sealed, so that the engine cannot search them: it gives page after page, and those that fit are taken. */
export async function findEvents(
	inner: Pick<Store, 'events'>,
	open: (row: Row) => Row,
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
		found.push(...page.items.map(open).filter((row) => contains(row, q.toLowerCase())));
		const last = found[limit - 1];
		if (found.length > limit && last) return { items: found.slice(0, limit), next: last.id };
		cursor = page.next;
	} while (cursor !== undefined);
	return { items: found };
}

const contains = ({ topic, subject = '', reason = '' }: Row, q: string): boolean =>
	`${topic} ${subject} ${reason}`.toLowerCase().includes(q);
