/** What tells one state of an order from another. */
export interface KeyedOrder {
	id: string | number;
	date_modified_gmt?: unknown;
	status?: unknown;
	refunds?: unknown;
}

/**
 * Identifies one state of one order under one topic: "order.updated 727 2026-11-20T09:00:00 processing". The shop's own delivery id is
 * shared by all that one webhook sends in one second. Status and refunds are in it because two changes can fall in one second too.
 * An order that is fetched has the key that its webhook would have had.
 */
export function deliveryKey(topic: string, { id, date_modified_gmt: modified, status, refunds }: KeyedOrder): string {
	const parts = [topic, String(id), modified, status, refundIds(refunds)];
	return parts.filter((part): part is string => typeof part === 'string' && part !== '').join(' ');
}

const refundIds = (refunds: unknown): string =>
	Array.isArray(refunds)
		? refunds
				.flatMap((refund: { id?: unknown } | null) => (refund?.id === undefined ? [] : [String(refund.id)]))
				.join(',')
		: '';
