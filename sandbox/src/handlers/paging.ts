import type { Call } from './handler';

export interface Page<Item> {
	items: Item[];
	pagination: { totalItems: number; currentPage: number; itemsPerPage: number; totalPages: number };
}

/** The page that the query asks for; the contract has checked `page` and `limit`. */
export function pageOf<Item>(all: readonly Item[], call: Pick<Call, 'query' | 'operation'>): Page<Item> {
	const currentPage = Number(call.query['page'] ?? 1);
	const itemsPerPage = Number(call.query['limit'] ?? call.operation.pageSize);
	const start = (currentPage - 1) * itemsPerPage;
	return {
		items: all.slice(start, start + itemsPerPage),
		pagination: {
			totalItems: all.length,
			currentPage,
			itemsPerPage,
			totalPages: Math.ceil(all.length / itemsPerPage),
		},
	};
}

/** Whether any of the texts holds the query's `search`, in any case. */
export function isSearched(call: Pick<Call, 'query'>, texts: (string | undefined)[]): boolean {
	const search = String(call.query['search'] ?? '').toLowerCase();
	return texts.some((text) => (text ?? '').toLowerCase().includes(search));
}
