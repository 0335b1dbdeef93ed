import { buildRequest, type Operation, readItems, readTotal, type Values } from '../../../catalog';
import type { Api } from './connect';

export interface Page {
	records: Record<string, unknown>[];
	/** Whether another page follows. */
	more: boolean;
}

/** One page of a list. Lists without pages have one. */
export async function readPage(api: Api, row: Operation, values: Values, page: number, size: number): Promise<Page> {
	const paged = row.page === undefined ? {} : { page, limit: size };
	const body = await api.send(buildRequest(row, { ...values, ...paged }));
	const records = readItems(row, body);
	const total = readTotal(body);
	const more = total === undefined ? records.length >= size : (page - 1) * size + records.length < total;
	return { records, more: row.page !== undefined && records.length > 0 && more };
}

/** Up to `most` records of a list, page by page. */
export async function collect(
	api: Api,
	row: Operation,
	values: Values,
	most: number,
): Promise<Record<string, unknown>[]> {
	const largest = row.page ?? 100;
	// One small page where that is enough; else whole ones, since the size may not change on the way.
	const size = Math.min(most, largest);
	const all: Record<string, unknown>[] = [];
	let first: unknown;
	for (let page = 1; ; page += 1) {
		const { records, more } = await readPage(api, row, values, page, size);
		// A server that ignores the page number answers the same forever.
		if (page > 1 && JSON.stringify(records[0]) === first) break;
		first = JSON.stringify(records[0]);
		all.push(...records);
		if (!more || all.length >= most) break;
	}
	return all.slice(0, most);
}
