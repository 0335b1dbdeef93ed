import { ShopError } from '../../shop-error';
import type { Shop } from './client';
import { askableFrom, askableUntil, gmtText } from './site-time';
import { readShopOrder, type ChangedOrder } from './shop-order';

/** The most that the REST API gives at once. */
const PAGE = 100;
const SECOND = 1000;
const before = (time: Date) => new Date(time.getTime() - SECOND);
const after = (time: Date) => new Date(time.getTime() + SECOND);

export interface Listing {
	source: string;
	shop: Shop;
	/** The site's time zone, where it is known. */
	zone: string | undefined;
	/** Undefined: all but those in the trash. */
	status?: 'trash';
	signal?: AbortSignal | undefined;
}

/**
 * Every order changed at `since` or later, oldest change first. Orders that change while this runs move to the end and come once
 * more; none is left out, as no page is ever counted off: each request begins where the last one ended. `modified_after` leaves its
 * own second out, so each begins a second early and what it repeats is dropped.
 */
export async function* changedOrders(listing: Listing, since: Date): AsyncIterable<ChangedOrder> {
	let from = before(new Date(Math.floor(since.getTime() / SECOND) * SECOND));
	let last = new Set<string>();
	for (;;) {
		const { orders, pages, full } = await list(listing, from, { orderby: 'modified', order: 'asc' });
		for (const order of orders) if (order.updatedAt > from && !last.has(stateOf(order)) && !order.isDraft) yield order;
		const newest = orders.at(-1);
		if (newest === undefined || (pages === undefined ? !full : pages <= 1)) return;
		const next = before(newest.updatedAt);
		if (next > from) {
			from = next;
			last = new Set(orders.map(stateOf));
		} else {
			// More orders than a page of one second (a bulk edit), or of a night hour that the site's clock skipped.
			const until = askableUntil(newest.updatedAt, listing.zone);
			const seen = new Set([...last, ...orders.map(stateOf)]);
			for (const order of await allBetween(listing, from, until))
				if (!seen.has(stateOf(order)) && !order.isDraft) yield order;
			[from, last] = [until, new Set()];
		}
	}
}

/**
 * By id, and from the last page to the first: orders that change meanwhile leave the set and move those behind them forward, into
 * pages that are still to be read.
 */
async function allBetween(listing: Listing, from: Date, until: Date): Promise<ChangedOrder[]> {
	const query = { orderby: 'id', order: 'asc', modified_before: gmtText(askableUntil(after(until), listing.zone)) };
	const found = new Map<string, ChangedOrder>();
	const first = await list(listing, from, query);
	const keep = (orders: ChangedOrder[]) => {
		for (const order of orders) if (order.updatedAt > from && order.updatedAt <= until) found.set(order.id, order);
	};
	for (let page = first.pages ?? 1; page > 1; page -= 1)
		keep((await list(listing, from, { ...query, page: String(page) })).orders);
	keep((await list(listing, from, query)).orders);
	return [...found.values()].sort((one, other) => one.updatedAt.getTime() - other.updatedAt.getTime());
}

async function list(
	{ source, shop, zone, status, signal }: Listing,
	from: Date,
	query: Record<string, string>,
): Promise<{ orders: ChangedOrder[]; pages: number | undefined; full: boolean }> {
	signal?.throwIfAborted();
	const { data, pages } = await shop.ask('get', 'orders', {
		query: {
			modified_after: gmtText(askableFrom(from, zone)),
			dates_are_gmt: 'true',
			per_page: String(PAGE),
			...(status === undefined ? {} : { status }),
			...query,
		},
		signal,
	});
	const given: unknown[] | undefined = Array.isArray(data) ? data : undefined;
	const orders = (given ?? []).flatMap((each) => readShopOrder(source, each) ?? []);
	if (given === undefined || (given.length > 0 && orders.length === 0))
		throw new ShopError('later', `${shop.host} answered with something else than a list of orders.`);
	return { orders, pages, full: given.length >= PAGE };
}

const stateOf = ({ id, updatedAt }: ChangedOrder): string => `${id} ${updatedAt.getTime()}`;
