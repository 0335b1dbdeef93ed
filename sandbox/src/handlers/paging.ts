import type { Call } from './handler';

export interface Page<Item> {
	items: Item[];
	pagination: { totalItems: number; currentPage: number; itemsPerPage: number; totalPages: number };
}

/** The page that the query asks for; everything where the contract knows no pages. It has checked `page` and `limit`. */
export function pageOf<Item>(all: readonly Item[], call: Pick<Call, 'query' | 'operation'>): Page<Item> {
	const hasPages = call.operation.parameters.some(({ name }) => name === 'page');
	const currentPage = Number(call.query['page'] ?? 1);
	const itemsPerPage = hasPages ? Number(call.query['limit'] ?? call.operation.pageSize) : Math.max(all.length, 1);
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

/** A list as the API answers it: one page, where the contract says that the array lies. */
export function listAnswer(all: readonly unknown[], call: Pick<Call, 'query' | 'operation'>): Record<string, unknown> {
	const { items, pagination } = pageOf(all, call);
	const [outer = 'data', inner] = call.operation.itemsAt.split('.');
	const list = inner === undefined ? { [outer]: items, pagination } : { [outer]: { [inner]: items, pagination } };
	return { success: true, ...list };
}

/** Whether any of the texts holds the query's `search`, in any case. */
export function isSearched(call: Pick<Call, 'query'>, texts: (string | undefined)[]): boolean {
	const search = String(call.query['search'] ?? '').toLowerCase();
	return texts.some((text) => (text ?? '').toLowerCase().includes(search));
}
