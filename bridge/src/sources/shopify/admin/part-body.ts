import { plain, set } from './money-body';
import { idOf, type FulfilmentNode, type OrderNode, type RefundNode } from './shapes';

export const lower = (word: string | null | undefined) => word?.toLowerCase() ?? null;

/** Where a parcel is; the other words of `displayStatus` say only how the fulfilment itself stands. */
const PARCEL =
	/^(attempted_delivery|canceled|carrier_picked_up|confirmed|delayed|delivered|failure|in_transit|label_printed|label_purchased|label_voided|not_delivered|out_for_delivery|picked_up|ready_for_pickup)$/;

export const parcelStatus = (displayStatus: string | null | undefined): string | null =>
	lower(displayStatus)?.match(PARCEL)?.[0] ?? null;

export const fulfilmentBody = (given: FulfilmentNode, order: Pick<OrderNode, 'id'>): object => ({
	id: idOf(given.id),
	order_id: idOf(order.id),
	name: given.name,
	status: given.status.toLowerCase(),
	shipment_status: parcelStatus(given.displayStatus),
	created_at: given.createdAt,
	updated_at: given.updatedAt,
	tracking_company: given.trackingInfo[0]?.company,
	tracking_number: given.trackingInfo[0]?.number,
	tracking_url: given.trackingInfo[0]?.url,
});

export const refundBody = (given: RefundNode, order: Pick<OrderNode, 'id'>): object => ({
	id: idOf(given.id),
	order_id: idOf(order.id),
	created_at: given.createdAt,
	note: given.note,
	transactions: given.transactions.nodes.map(({ kind, status, amountSet }) => ({
		kind: kind.toLowerCase(),
		status: status.toLowerCase(),
		amount: plain(amountSet),
		amount_set: set(amountSet),
		currency: amountSet?.shopMoney.currencyCode,
	})),
	refund_line_items: given.refundLineItems.nodes.map(({ quantity, subtotalSet, totalTaxSet, lineItem }) => ({
		quantity,
		subtotal: plain(subtotalSet),
		subtotal_set: set(subtotalSet),
		total_tax: plain(totalTaxSet),
		total_tax_set: set(totalTaxSet),
		line_item: { title: lineItem.title, price_set: set(lineItem.originalUnitPriceSet) },
	})),
	refund_shipping_lines: given.refundShippingLines.nodes.map(({ subtotalAmountSet }) => ({
		subtotal_amount_set: set(subtotalAmountSet),
	})),
	order_adjustments: given.orderAdjustments.nodes.map(({ reason, amountSet, taxAmountSet }) => ({
		kind: lower(reason),
		amount: plain(amountSet),
		amount_set: set(amountSet),
		tax_amount: plain(taxAmountSet),
		tax_amount_set: set(taxAmountSet),
	})),
});
