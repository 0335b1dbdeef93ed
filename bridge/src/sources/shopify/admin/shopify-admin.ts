import { z } from 'zod';
import type { Clock } from '../../../domain';
import type { ShopAdmin, ShopOrder } from '../../shop-admin';
import { ShopError } from '../../shop-error';
import type { Source } from '../../source';
import { annotate } from './annotate';
import { createAsk, type AdminKey } from './ask';
import { orderFetcher } from './fetch-order';
import { missedOf } from './missed';
import { CHANGED_ORDERS, LATEST_ORDERS, SHOP } from './queries';
import { briefNode, idOf, pageInfo, type BriefNode } from './shapes';
import { subscribe } from './subscriptions';

const shopShape = z.object({ shop: z.object({ name: z.string(), myshopifyDomain: z.string() }) });
const ordersShape = z.object({ orders: z.object({ nodes: z.array(briefNode), pageInfo }) });
const MOST_PER_PAGE = 50;

/** The Admin API of one shop, for whoever reads its webhooks. Undefined when there is no key. */
export function shopifyAdmin(
	source: Pick<Source, 'id' | 'shop' | 'read'>,
	key: AdminKey & { secrets: readonly string[] },
	clock: Clock,
): ShopAdmin | undefined {
	if (key.adminToken === undefined && key.clientId === undefined) return undefined;
	// The secret of an app signs its webhooks too.
	const ask = createAsk({ ...key, clientSecret: key.clientSecret ?? key.secrets[0] }, () => clock.now());
	const fetchOrder = orderFetcher(ask);
	const toOrder = (brief: BriefNode): ShopOrder => ({
		id: idOf(brief.id),
		name: brief.name,
		updatedAt: new Date(brief.updatedAt),
		missed: (known) => missedOf(fetchOrder, source, brief, known),
	});

	return {
		whoAmI: async () => {
			const { shop } = await ask(SHOP, {}, shopShape);
			return { name: shop.name, domain: shop.myshopifyDomain };
		},
		subscribe: (address) => subscribe(ask, address),
		changedSince: async function* (since, signal) {
			const query = `updated_at:>='${since.toISOString()}'`;
			for (let after: string | null = null; ;) {
				signal?.throwIfAborted();
				const { orders }: z.output<typeof ordersShape> = await ask(CHANGED_ORDERS, { query, after }, ordersShape);
				for (const brief of orders.nodes) yield toOrder(brief);
				if (!orders.pageInfo.hasNextPage) return;
				after = orders.pageInfo.endCursor ?? null;
			}
		},
		latest: async (count) => {
			const found: ShopOrder[] = [];
			for (let after: string | null = null; found.length < count;) {
				const first = Math.min(MOST_PER_PAGE, count - found.length);
				const { orders }: z.output<typeof ordersShape> = await ask(LATEST_ORDERS, { first, after }, ordersShape);
				found.push(...orders.nodes.map(toOrder));
				if (!orders.pageInfo.hasNextPage) break;
				after = orders.pageInfo.endCursor ?? null;
			}
			return found;
		},
		annotate: async (orderId, annotation) => {
			if (!/^\d+$/.test(orderId)) throw new ShopError('gone', 'This is not an order of Shopify');
			await annotate(ask, orderId, annotation);
		},
	};
}
