/**
 * The words of the bridge, whatever the shop. Mappings see these objects; sources produce them.
 * Money is a decimal string in the unit of its currency ("499.00", "1200" for JPY), never a float.
 * A value that the shop did not give is undefined, never an empty string.
 */

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

/** A decimal number as text: optional minus, digits, optional point and digits. */
export type Decimal = string;

export interface Address {
	name?: string;
	company?: string;
	line1?: string;
	line2?: string;
	city?: string;
	region?: string;
	postcode?: string;
	/** ISO 3166-1 alpha-2. */
	country?: string;
	/** As the shop has it; `Order.phone` is the E.164 one. */
	phone?: string;
}

export interface Customer {
	id?: string;
	firstName?: string;
	lastName?: string;
	name?: string;
	email?: string;
	/** As the shop has it. */
	phone?: string;
	/** How many orders the customer has placed, where the shop says. */
	orders?: number;
}

export interface Tax {
	title: string;
	/** A fraction: "0.05" is 5 %. Undefined where the shop does not say. */
	rate?: Decimal;
	amount: Decimal;
}

export interface Line {
	title: string;
	variant?: string;
	sku?: string;
	/** HSN/SAC or customs code, where the shop gives one. */
	hsn?: string;
	quantity: number;
	/** One piece, before discounts. */
	price: Decimal;
	/** quantity × price, before discounts. */
	total: Decimal;
	/** Discounts that fell on this line; "0.00" when none. */
	discount: Decimal;
	/** Sum of the line's taxes. */
	tax: Decimal;
	taxes: Tax[];
	imageUrl?: string;
	/** Custom properties a buyer filled in (engraving, gift message). */
	properties: { name: string; value: string }[];
}

export interface Discount {
	/** Code, or the title of an automatic or manual discount. */
	title: string;
	amount: Decimal;
}

export interface Refund {
	id: string;
	createdAt: string;
	/** Sum of the refund's money, positive, in the currency of the order. */
	amount: Decimal;
	/** Where the refund itself names it. */
	currency?: string;
	note?: string;
	lines: { title: string; quantity: number; amount: Decimal }[];
}

export interface Fulfilment {
	id: string;
	trackingCompany?: string;
	trackingNumber?: string;
	trackingUrl?: string;
}

export interface Order {
	/** Exact, as text: ids can exceed 2^53. */
	id: string;
	/** What the buyer sees: "#1042". */
	name: string;
	/** Without prefix: "1042". */
	number: string;
	status: 'open' | 'paid' | 'partially_refunded' | 'refunded' | 'fulfilled' | 'cancelled';
	/** Shopify's own words, for conditions: pending, paid, refunded, voided … */
	financialStatus?: string;
	fulfilmentStatus?: string;
	/** The buyer's (presentment) currency, ISO 4217; every amount of this object is in it. */
	currency: string;
	total: Decimal;
	subtotal: Decimal;
	tax: Decimal;
	discount: Decimal;
	shipping: Decimal;
	tip: Decimal;
	/** What is still to pay. */
	outstanding?: Decimal;
	taxesIncluded: boolean;
	createdAt: string;
	updatedAt: string;
	cancelledAt?: string;
	cancelReason?: string;
	paymentMethod?: string;
	isCod: boolean;
	/** BCP 47, as the shop has it: "en-IN", "hi", "pt-BR". */
	language?: string;
	statusUrl?: string;
	note?: string;
	tags: string[];
	/** Cart or order attributes by name: `order.attributes.whatsapp_opt_in`. */
	attributes: Record<string, string>;
	customer: Customer;
	billing?: Address;
	delivery?: Address;
	shippingMethod?: string;
	lines: Line[];
	taxes: Tax[];
	discounts: Discount[];
	refunds: Refund[];
	fulfilments: Fulfilment[];
	shop: Shop;
	/** The best number, E.164 with plus; undefined when none of the order's numbers can be one. */
	phone?: string;
	/** Why `phone` is undefined, in a merchant's words: "no phone number in the order", "'555-555-SHIP' is not a phone number". */
	phoneProblem?: string;
	/** Consent the shop itself knows of: true/false when said, undefined when not. */
	marketingConsent?: boolean;
	/** A test order made by the shop's admin; never a real buyer. */
	test: boolean;
	/** Ties a checkout to the order that came of it. */
	checkoutToken?: string;
}

export interface Shop {
	/** The source's id in the configuration. */
	id: string;
	name?: string;
	domain: string;
}

export interface Shipment extends Fulfilment {
	status: 'in_transit' | 'out_for_delivery' | 'delivered' | 'failed';
	/** "#1042.1" */
	name?: string;
	/** Where the shop says when it will arrive. */
	estimatedAt?: string;
	/** "Delivered to consignee" */
	message?: string;
}

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

/** What became of a stored event. A redelivery is only counted. */
export const EVENT_STATES = ['stored', 'mapped', 'ignored', 'unreadable'] as const;
export type EventState = (typeof EVENT_STATES)[number];

/** What became of a message; docs/architecture.md shows the ways from one to another. */
export const MESSAGE_STATES = [
	'waiting',
	'sending',
	'sent',
	'delivered',
	'read',
	'held',
	'unknown',
	'failed',
	'skipped',
	'cancelled',
] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];

/** Time is passed in. */
export interface Clock {
	now(): Date;
}
export const systemClock: Clock = { now: () => new Date() };

/** The seller, as invoices show it (`company` of the configuration). */
export interface Company {
	name: string;
	/** Lines of the postal address. */
	address?: string[];
	country?: string;
	email?: string;
	phone?: string;
	website?: string;
	/** VAT, GSTIN, CNPJ …; `taxIdLabel` is what it is called, by default the country's word. */
	taxId?: string;
	taxIdLabel?: string;
	/** Indian GST: state of the seller ("29-Karnataka"); place of supply comes from the order. */
	state?: string;
	/** Path of a PNG, JPEG or SVG file. */
	logo?: string;
	/** "#0a7cff": rules, headings and totals. */
	colour?: string;
	/** Printed at the foot of every page. */
	footer?: string;
	bank?: string[];
}
