import type { Delivery, DomainEvent } from '../domain';

/** What came of looking at a shop's webhook subscriptions. */
export interface Subscriptions {
	/** Topics that were there, active and pointing here. */
	present: string[];
	/** Topics that had to be made. */
	created: string[];
	/** Topics that the shop had switched off after failures, or that pointed elsewhere by mistake, and are mended. */
	mended: string[];
	/** Topics that could not be had, each with why, in a merchant's words. */
	refused: { topic: string; reason: string }[];
}

/** What the ledger has of an order: what a missed webhook is compared with. */
export interface LedgerOrder {
	/** Newest state stored, by the shop's clock. */
	updatedAt?: Date;
	/** What has been stored of it, with the deliveries' keys. */
	events: { event?: DomainEvent; topic: string; deliveryKey: string }[];
}

/** The shop's own API: asks, registers, writes notes. Errors never carry a secret; their text says what to do. */
export interface ShopAdmin {
	/** Who the key belongs to: proves that it works. */
	whoAmI(): Promise<{ name: string; domain: string }>;
	/** Puts in place every webhook subscription that the bridge needs at this address, and touches no other. */
	subscribe(address: string): Promise<Subscriptions>;
	/** Orders changed since then, oldest change first, page by page. `updatedAt` of the last one is the next `since`. */
	changedSince(since: Date, signal?: AbortSignal): AsyncIterable<ShopOrder>;
	/** The newest orders, newest first. */
	latest(count: number): Promise<ShopOrder[]>;
	/** Writes to the order, for the merchant's eyes only. Repeating it does no harm. */
	annotate(orderId: string, annotation: { note?: string; tags?: string[] }): Promise<void>;
}

export interface ShopOrder {
	id: string;
	/** What the buyer sees. */
	name: string;
	updatedAt: Date;
	/** The deliveries that the shop's webhooks would have been, as far as the ledger lacks them. */
	missed(known: LedgerOrder): Delivery[];
}
