import type { Delivery, DomainEvent, Happening } from '../domain';

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
	/** What has been stored of it. */
	events: LedgerEvent[];
	/** What happened before this is not asked for: the bridge did not know the shop yet, or it is too old to be told. */
	notBefore?: Date;
}

/** An event of an order, as the ledger has it. */
export interface LedgerEvent {
	/** Undefined for what came to nothing. */
	event?: DomainEvent;
	topic: string;
	deliveryKey: string;
	occurredAt?: Date;
	/** Of `order.created`: of which moment the order in its payload is. A webhook found later carries a later order. */
	stateAt?: Date;
	/** Which refund ("777") or which state of which shipment ("888/delivered"), as `aboutOf` writes it. */
	about?: string;
}

/** Tells refunds, and states of shipments, of one order apart. */
export const aboutOf = ({ refund, shipment }: Pick<Happening, 'refund' | 'shipment'>): string | undefined =>
	refund?.id ?? (shipment && `${shipment.id}/${shipment.status}`);

/** The shop's own API: asks, registers, writes notes. Throws ShopError: no secret in it, and its text says what to do. */
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
	annotate(orderId: string, annotation: Annotation): Promise<void>;
}

/** Where the shop has no tags, they become a note. Each line of `note` is written once. */
export interface Annotation {
	note?: string;
	tags?: string[];
}

export interface ShopOrder {
	id: string;
	/** What the buyer sees. */
	name: string;
	updatedAt: Date;
	/**
	 * The deliveries that the shop's webhooks would have been, as far as the ledger lacks them. `triggeredAt` of each is when it
	 * happened; its `deliveryKey` is the same whenever it is found, and begins with 'reconciled/'.
	 */
	missed(known: LedgerOrder): Delivery[] | Promise<Delivery[]>;
}
