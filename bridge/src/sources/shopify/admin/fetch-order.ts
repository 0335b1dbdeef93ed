import { z } from 'zod';
import { ShopError } from '../../shop-error';
import type { Ask } from './ask';
import { MORE_LINES, ORDER, REFUND } from './queries';
import { lines, orderNode, refundNode, type BriefNode, type OrderNode, type RefundNode } from './shapes';

const whole = z.object({ order: orderNode.nullish() });
const page = z.object({ order: z.object({ lineItems: lines }).nullish() });
const refundShape = z.object({ refund: refundNode.nullish() });

/** An order with all its lines and refunds. */
export type WholeOrder = Omit<OrderNode, 'refunds'> & { refunds: RefundNode[] };
export type FetchOrder = (brief: Pick<BriefNode, 'id' | 'updatedAt'>) => Promise<WholeOrder>;

/**
 * Fetches an order whole, in several calls. A shop gives 100 points a second, and an order of 120 lines costs 3,000: where the
 * shop asks for a pause, what was fetched is kept, and the next attempt goes on from there. ShopError `gone` when it was deleted.
 */
export function orderFetcher(ask: Ask): FetchOrder {
	let begun: { key: string; order?: OrderNode; refunds: RefundNode[] } = { key: '', refunds: [] };

	return async ({ id, updatedAt }) => {
		const key = `${id} ${updatedAt}`;
		if (begun.key !== key) begun = { key, refunds: [] };
		const { refunds } = begun;
		const order = (begun.order ??= there((await ask(ORDER, { id }, whole)).order));
		const { lineItems } = order;
		while (lineItems.pageInfo.hasNextPage) {
			const more = there((await ask(MORE_LINES, { id, after: lineItems.pageInfo.endCursor }, page)).order).lineItems;
			lineItems.nodes.push(...more.nodes);
			lineItems.pageInfo = more.pageInfo;
		}
		for (const { id: refund } of order.refunds.slice(refunds.length))
			refunds.push(there((await ask(REFUND, { id: refund }, refundShape)).refund));
		return { ...order, refunds };
	};
}

function there<Node>(node: Node | null | undefined): Node {
	if (node == null) throw new ShopError('gone', 'The order is not in the shop any more');
	return node;
}
