import type { Meaning } from '../../order-meanings';

/** WooCommerce's own statuses, and those that shipping plugins add under the same names. */
const KNOWN: Record<string, Meaning> = {
	pending: 'unpaid',
	failed: 'unpaid',
	'on-hold': 'open',
	processing: 'paid',
	completed: 'fulfilled',
	cancelled: 'cancelled',
	refunded: 'refunded',
	'checkout-draft': 'ignored',
	'auto-draft': 'ignored',
	draft: 'ignored',
	new: 'ignored',
	trash: 'ignored',
	shipped: 'fulfilled',
	'partial-shipped': 'open',
	'in-transit': 'fulfilled',
	'out-for-delivery': 'out_for_delivery',
	delivered: 'delivered',
};

export interface Statuses {
	meaningOf(status: string): Meaning;
	/** Named in the configuration: said by the merchant. */
	isChosen(status: string): boolean;
}

/** "wc-shipped", as WordPress stores it, and "shipped", as the API writes it, are one. A status that nobody knows is an open order. */
export function statusesOf(chosen: Readonly<Record<string, Meaning>> = {}): Statuses {
	const bare = (status: string) => status.toLowerCase().replace(/^wc-/, '');
	const own = new Map(Object.entries(chosen).map(([status, meaning]) => [bare(status), meaning]));
	return {
		meaningOf: (status) =>
			own.get(bare(status)) ?? (Object.hasOwn(KNOWN, bare(status)) ? KNOWN[bare(status)] : undefined) ?? 'open',
		isChosen: (status) => own.has(bare(status)),
	};
}
