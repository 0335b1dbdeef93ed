import type { Appointment, DomainEvent, Order, Refund, Reply, SheetRow, Shipment, Shop } from '../domain';
import type { Expression } from './liquid/compile';

/** One event, with what is known of it, as mappings see it. */
export interface PlanContext {
	event: {
		id: string;
		/** Order or checkout it is about; known also where the order is not. */
		subject?: string;
		name: DomainEvent;
		/** Id of the source. */
		source: string;
		sourceKind: string;
		/** ISO 8601, by the shop's clock. */
		occurredAt: string;
		/** ISO 8601, when the bridge stored it: delay and expiry count from here. Absent: `now`. */
		receivedAt?: string;
		/** What `once: event` goes by, instead of the id. */
		key?: string;
		/** Where the source knows it; else it is counted from the order's dates. */
		minutesSinceOrder?: number;
		/** When the message is due and from when on it makes no sense, where the event itself says. ISO 8601. */
		dueAt?: string;
		staleAt?: string;
	};
	/** Of shipments, refunds and replies, the stored order; of checkouts, the checkout. */
	order?: Order;
	shipment?: Shipment;
	refund?: Refund;
	shop: Shop;
	/** The body as it came, parsed. */
	payload: unknown;
	row?: SheetRow;
	appointment?: Appointment;
	reminder?: { minutes: number };
	reply?: Reply;
	/** The number as the source has it, where there is no order; why it cannot be one, when the source can tell. */
	phone?: string;
	phoneProblem?: string;
	now: Date;
}

export interface PlanSettings {
	/** `defaults.country` and `defaults.timezone` of the configuration. */
	country?: string;
	timezone: string;
	/** Languages in which the template is approved; undefined when not known. */
	approvedLanguages?: (template: string) => readonly string[] | undefined;
	/** Send for test orders too. */
	testOrders?: boolean;
	/** Gives the number where there is neither an order nor a `phone`. */
	phone?: Expression | undefined;
	/** Stands for a number where a key needs one; by default a plain digest. */
	personKey?: (phone: string) => string;
	/** A person asked for it: no delay, and age does not count. */
	replay?: boolean;
}

export interface PlannedMessage {
	mapping: string;
	template: string;
	language: string;
	/** E.164 with plus. */
	to: string;
	variables: Record<string, string>;
	header?: { document: string } | { url: string };
	sender?: string;
	/** Two messages with one key are the same message. */
	onceKey: string;
	dueAt: Date;
	expiresAt?: Date;
}
/** What is known of a message that cannot be sent. */
export type Draft = Partial<PlannedMessage> & Pick<PlannedMessage, 'mapping' | 'template'>;

export type Plan =
	/** The mapping is not about this event: no message at all. */
	| { kind: 'unwanted'; reason: string }
	/** Wanted, and must not be sent. */
	| { kind: 'skipped'; reason: string; draft: Draft }
	/** Wanted, and a person has to mend something first. */
	| { kind: 'held'; reason: string; draft: Draft }
	| { kind: 'planned'; message: PlannedMessage };
