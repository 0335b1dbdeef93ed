import { z } from 'zod';
import { ShopError } from '../../shop-error';
import type { Ask } from './ask';
import { MORE_LINES, ORDER, REFUND } from './queries';
import { lines, orderNode, refundNode, type OrderNode, type RefundNode } from './shapes';

const whole = z.object({ order: orderNode.nullish() });
const page = z.object({ order: z.object({ lineItems: lines }).nullish() });
const refundShape = z.object({ refund: refundNode.nullish() });

/** An order with all its lines. ShopError `gone` when it was deleted. */
export async function fetchOrder(ask: Ask, id: string): Promise<OrderNode> {
	const { order } = await ask(ORDER, { id }, whole);
	if (!order) throw new ShopError('gone', 'The order is not in the shop any more');
	let { pageInfo } = order.lineItems;
	while (pageInfo.hasNextPage) {
		const more: z.output<typeof page> = await ask(MORE_LINES, { id, after: pageInfo.endCursor }, page);
		if (!more.order) throw new ShopError('gone', 'The order is not in the shop any more');
		order.lineItems.nodes.push(...more.order.lineItems.nodes);
		pageInfo = more.order.lineItems.pageInfo;
	}
	return order;
}

export async function fetchRefund(ask: Ask, id: string): Promise<RefundNode> {
	const { refund } = await ask(REFUND, { id }, refundShape);
	if (!refund) throw new ShopError('gone', 'The refund is not in the shop any more');
	return refund;
}
