import { at, readItems, readTotal, type Values } from '../../../catalog';
import type { MessloClient } from './client';

/** All records of a list, page by page; stops at `most` records, at a short page, or where the API says it ends. An answer without a list is an error. */
export async function allPages(
	client: MessloClient,
	operationId: string,
	values: Values,
	{ pageSize = 100, most = 1000 } = {},
): Promise<Record<string, unknown>[]> {
	const items: Record<string, unknown>[] = [];
	for (let page = 1; items.length < most; page += 1) {
		const { row, body } = await client.ask(operationId, { ...values, page, limit: pageSize });
		// "Nothing is there" and "nothing was said" are far apart: a message that is not in its thread is sent again.
		if (!row.itemsAt?.some((path) => Array.isArray(at(body, path))))
			throw new Error(`${row.label}: the API answered without a list; it is asked again`);
		const found = readItems(row, body);
		items.push(...found);
		const total = readTotal(body);
		if (found.length === 0 || (total === undefined ? found.length < pageSize : items.length >= total)) break;
	}
	return items.slice(0, most);
}
