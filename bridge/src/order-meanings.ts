/** What a status of the shop means for the buyer. */
export const MEANINGS = [
	/** The payment is awaited or failed: the order is not placed, and nothing is told of it. */
	'unpaid',
	'open',
	'paid',
	'fulfilled',
	'out_for_delivery',
	'delivered',
	'cancelled',
	'refunded',
	/** No order yet, or no order any more. */
	'ignored',
] as const;
export type Meaning = (typeof MEANINGS)[number];
