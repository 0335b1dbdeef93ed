import type { Order, Refund, Shipment } from './order';

export const DOMAIN_EVENTS = [
	'order.created',
	'order.paid',
	'order.updated',
	'order.fulfilled',
	'order.cancelled',
	'order.refunded',
	'shipment.updated',
	'checkout.abandoned',
	'sheet.row',
	'calendar.created',
	'calendar.updated',
	'calendar.cancelled',
	'calendar.reminder',
	'reply.button',
] as const;
export type DomainEvent = (typeof DOMAIN_EVENTS)[number];

/** A row of a sheet by the names of its columns, spelled as in the header; and its number. */
export type SheetRow = Readonly<Record<string, string>> & { readonly number: string };

/** An event of a calendar. */
export interface Appointment {
	id: string;
	title?: string;
	description?: string;
	location?: string;
	/** ISO 8601 with offset; of an all-day event midnight in its zone. */
	start: string;
	/** Exclusive. */
	end?: string;
	allDay: boolean;
	/** IANA name: the event's own zone, else the calendar's. */
	timezone: string;
	/** Without rooms and those who declined. */
	attendees: { name?: string; email?: string; status?: string }[];
	organizer?: { name?: string; email?: string };
	link?: string;
	meetingLink?: string;
	/** Extended properties, private and shared. */
	properties: Record<string, string>;
	/** Id of the series that it is an instance of. */
	series?: string;
	/** Of calendar.updated, what changed: time, place, title, description. */
	changed?: string[];
}

/** What a person answered to a message of ours. */
export interface Reply {
	/** Text of the button. */
	button?: string;
	payload?: string;
	text?: string;
	at: string;
	/** E.164 with plus. */
	from: string;
	/** The message answered: mapping, template, id in the ledger. */
	to?: { id: string; mapping: string; template: string };
}

/** One thing that happened to the subject of a reading. */
export interface Happening {
	event: DomainEvent;
	/** When it happened, by the shop's clock, ISO 8601; older states never follow newer ones. */
	occurredAt: string;
	shipment?: Shipment;
	refund?: Refund;
	/** Of reminders: how long before the start. */
	reminder?: { minutes: number };
	/** Of what happens to an order: how long after it was placed, where the shop dates it apart from the order's last change. */
	minutesSinceOrder?: number;
	/** Steady name among the happenings of its subject; what `once: event` goes by, instead of the stored event's id. */
	key?: string;
	/** When its message is due, where that is not at once: a reminder. ISO 8601. */
	dueAt?: string;
	/** From when on its message makes no sense any more. ISO 8601. */
	staleAt?: string;
}

/** What one payload says, in the words of the domain. */
export type Reading =
	| (Happening & {
			kind: 'event';
			/** The order, checkout, row or appointment this is about; messages of one subject leave in order. */
			subject: string;
			/** Absent in fulfilments and refunds, which carry no customer: the stored order is looked up by `subject`. */
			order?: Order;
			row?: SheetRow;
			appointment?: Appointment;
			reply?: Reply;
			/** The number as it is written at the source, where there is no order to have one; `phoneProblem` when it is spoilt. */
			phone?: string;
			phoneProblem?: string;
			/** What else the payload says of the same subject: an order that came paid is created and paid. */
			also?: Happening[];
			/** Why messages of the subject that wait for their time are withdrawn before these are planned: it was moved. */
			withdraws?: string;
			/** Waiting messages of this checkout are withdrawn (it was completed, or became this order). */
			closesCheckout?: string;
			/** A newer state is known: what is not said here any more must not be sent, and why. */
			overtaken?: string;
	  })
	| {
			kind: 'privacy';
			request: 'data-request' | 'erase-customer' | 'erase-shop';
			subject: string;
			orders: string[];
			phone?: string;
	  }
	/** Understood, and nobody needs a message: why. `closesCheckout` and `cancelsOrder` still take effect. */
	| {
			kind: 'ignored';
			reason: string;
			subject?: string;
			/** With `carriesState`: kept as the newest state of the subject, to compare the next one with. */
			occurredAt?: string;
			carriesState?: boolean;
			/** Why messages of the subject that wait for their time are withdrawn. */
			withdraws?: string;
			overtaken?: string;
			closesCheckout?: string;
			cancelsOrder?: string;
	  }
	/** Signed, but not what its topic promises: kept, shown, told. */
	| { kind: 'unreadable'; reason: string };

/** A verified delivery, ready to be stored as it came. */
export interface Delivery {
	/** Source id of the configuration. */
	source: string;
	topic: string;
	/** Identifies this delivery; kept by the shop on its own retries. */
	deliveryKey: string;
	/** Identifies what happened, across subscriptions and redeliveries; undefined when the shop does not say. */
	eventKey?: string;
	/** The shop's time of the event, ISO 8601. */
	triggeredAt?: string;
	/** The exact bytes that were signed. */
	body: Buffer;
	/** Headers worth keeping, lower case; no signature. */
	headers: Record<string, string>;
}

export type Verdict =
	| { ok: true; delivery: Delivery }
	/** Good, and nothing to keep: a ping, or a push that says only that there is something to fetch. `look`: fetch it now. */
	| { ok: true; delivery?: undefined; result: string; look?: boolean }
	| { ok: false; status: 400 | 401 | 404 | 413; reason: string; detail: string }
	/** `delivery` is there when the signature was good: kept and shown, though it cannot be read. */
	| { ok: false; status: 415 | 422; reason: string; detail: string; delivery?: Delivery };
