import type { ShopAdmin, ShopOrder } from '../shop-admin';
import { ShopError } from '../shop-error';
import { annotate } from './admin/annotate';
import { changedOrders, type Listing } from './admin/changed-orders';
import { openShop, type Shop, type WooCommerceKeys } from './admin/client';
import { readShopOrder } from './admin/shop-order';
import { subscribe } from './admin/subscribe';

export interface WooCommerceAdminConfig extends WooCommerceKeys {
	id: string;
	secrets: readonly string[];
}

/** The shop's REST API (wc/v3). It is first asked when it is first needed. */
export function woocommerceAdmin(config: WooCommerceAdminConfig): ShopAdmin {
	const { id: source, secrets } = config;
	const shop = openShop(config);
	let signedAt: string | undefined;
	let site: Awaited<ReturnType<Shop['site']>> | undefined;

	/** A site that does not tell its time zone is taken for one whose clocks never go forward. */
	const siteOf = async (signal?: AbortSignal): ReturnType<Shop['site']> => {
		if (site) return site;
		try {
			site = await shop.site(signal);
			return site;
		} catch (error) {
			if (!(error instanceof ShopError)) throw error;
			if (error.kind !== 'later') site = {};
			return {};
		}
	};
	const listing = async (signal?: AbortSignal): Promise<Listing> => ({
		source,
		shop,
		zone: (await siteOf(signal)).timezone,
		signal,
	});

	return {
		whoAmI: async () => {
			// The lightest call that needs the right to read orders; system_status is heavy, and asks paypal.com.
			await shop.ask('get', 'orders', { query: { per_page: '1', _fields: 'id' } });
			return { name: (await siteOf()).name ?? shop.host, domain: shop.host };
		},
		subscribe: async (address) => {
			const [secret] = secrets;
			const result = await subscribe(shop, { source, address, secret, signed: signedAt === address });
			if (result.refused.length === 0) signedAt = address;
			return result;
		},
		changedSince: (since, signal) => inOrder(() => listing(signal), since),
		latest: async (count) => {
			const found: ShopOrder[] = [];
			for (let page = 1, pages = 1; page <= pages && found.length < count; page += 1) {
				const query = { orderby: 'date', order: 'desc', per_page: String(Math.min(count, 100)), page: String(page) };
				const answer = await shop.ask('get', 'orders', { query });
				if (!Array.isArray(answer.data)) throw new ShopError('later', `${shop.host} gave no list of orders.`);
				for (const given of answer.data) {
					const order = readShopOrder(source, given);
					if (order && !order.isDraft && !found.some(({ id }) => id === order.id)) found.push(order);
				}
				pages = answer.pages ?? pages;
			}
			return found.slice(0, count);
		},
		annotate: (orderId, annotation) => annotate(shop, orderId, annotation),
	};
}

/** Orders in the trash are not among all orders: they are listed apart, and put where their change belongs. */
async function* inOrder(open: () => Promise<Listing>, since: Date): AsyncIterable<ShopOrder> {
	const listing = await open();
	const trash = inTrash(listing, since)[Symbol.asyncIterator]();
	let thrown = await trash.next();
	for await (const order of changedOrders(listing, since)) {
		for (; !thrown.done && thrown.value.updatedAt <= order.updatedAt; thrown = await trash.next()) yield thrown.value;
		yield order;
	}
	for (; !thrown.done; thrown = await trash.next()) yield thrown.value;
}

/** A shop that knows no trash loses nothing by it. */
async function* inTrash(listing: Listing, since: Date): AsyncIterable<ShopOrder> {
	try {
		yield* changedOrders({ ...listing, status: 'trash' }, since);
	} catch (error) {
		if (!(error instanceof ShopError) || error.kind !== 'rejected') throw error;
	}
}
