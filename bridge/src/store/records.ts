import type { DomainEvent, EventState, MessageState } from '../domain';

/** When the request came in and when its signature was found good. */
export interface EventTimes {
	receivedAt: Date;
	verifiedAt: Date;
}

export interface StoredEvent {
	id: string;
	source: string;
	topic: string;
	state: EventState;
	reason?: string;
	event?: DomainEvent;
	subject?: string;
	occurredAt?: Date;
	receivedAt: Date;
	plannedAt?: Date;
	/** Redeliveries that were answered with this event's id. */
	duplicates: number;
	/** A person asked for it to be planned again: failed messages may come back, age does not count. */
	byHand: boolean;
	headers: Record<string, string>;
	body: Buffer;
}

/** What waits to be planned, oldest first: by this process, and by others, which are at work on it. */
export interface Unplanned {
	mine: StoredEvent[];
	elsewhere: StoredEvent[];
}

export interface EventResult {
	/** `stored`: it cannot be planned yet, and `waitsFor` says for what. */
	state: EventState;
	reason?: string;
	/** The order that a shipment or refund needs: `6310000551042`, of the same source. */
	waitsFor?: string;
	event?: DomainEvent;
	subject?: string;
	/** By the shop's clock. */
	occurredAt?: Date;
	/** Its payload is a whole order: fulfilments and refunds of the same subject find their customer in it. */
	carriesOrder?: boolean;
	/** Checkout that this event closes. */
	closes?: string;
	/** Digest of the number of the person it is about (`personKey`): by it they are found again. */
	person?: string;
}

export type Header = { document: string } | { url: string };

export interface NewMessage {
	subject: string;
	mapping: string;
	template: string;
	language?: string;
	to?: string;
	variables: Record<string, string>;
	header?: Header;
	sender?: string;
	/** Two messages with one key are the same message: only one is ever sent. */
	onceKey: string;
	state: 'waiting' | 'held' | 'skipped';
	reason?: string;
	/** What it is held for, for the machine: `template:checkout_invoice:hi`. */
	cause?: string;
	dueAt: Date;
	expiresAt?: Date;
	stage?: Stage;
}

/** Which state of an order or parcel a message tells of: one of an older state is not sent after one of a newer. */
export interface Stage {
	/** The parcel, by its id; empty for the order itself. */
	parcel: string;
	/** Grows along the life of an order. */
	rank: number;
	/** When it came about, by the shop's clock. */
	at: Date;
}

/** What is sent by one number for one mapping: lanes share the way out fairly. */
export interface Lane {
	/** Undefined: the number of the configuration. */
	sender?: string;
	mapping: string;
}

/** How many of its messages are due. */
export type DueLane = Lane & { due: number };

export interface PlannedRow {
	id: string;
	/** `kept`: the message exists already and has gone further than planning; nothing was changed. */
	result: 'planned' | 'replanned' | 'kept';
	state: MessageState;
}

export interface Message extends Omit<NewMessage, 'state'> {
	id: string;
	event: string;
	source: string;
	state: MessageState;
	mediaUrl?: string;
	apiMessageId?: string;
	/** When the mapping wanted it sent; `dueAt` moves with retries, this does not. */
	plannedFor: Date;
	createdAt: Date;
	sentAt?: Date;
	deliveredAt?: Date;
	readAt?: Date;
	/** Start of the last attempt, which may have reached the API. */
	attemptedAt?: Date;
	/** Attempts counted when claimed, so one that kills the process still counts. */
	attempts: number;
	/** Looks at the thread for its delivery state. */
	looks: number;
}

export interface NewAttempt {
	at: Date;
	durationMs: number;
	/** HTTP status; undefined when no answer came. */
	status?: number;
	outcome: string;
	reason: string;
}
export type Attempt = NewAttempt;

export interface MessageChange {
	state: MessageState;
	reason?: string;
	cause?: string;
	dueAt?: Date;
	apiMessageId?: string;
	mediaUrl?: string;
	sentAt?: Date;
	deliveredAt?: Date;
	readAt?: Date;
	/** The attempt was not the message's fault and does not count: the account could not send at all. */
	uncounted?: true;
	/** When to look at the thread next; null for no more. */
	lookAt?: Date | null;
}

export interface EventFilter {
	source?: string | undefined;
	state?: EventState | undefined;
	/** Part of the topic, subject or reason. */
	q?: string | undefined;
	cursor?: string | undefined;
	limit: number;
}
export interface MessageFilter {
	event?: string | undefined;
	order?: string | undefined;
	to?: string | undefined;
	state?: MessageState | undefined;
	cursor?: string | undefined;
	limit: number;
}
export interface Suppression {
	/** E.164 with plus. */
	phone: string;
	scope: 'marketing' | 'all';
	/** Who said so, and how: "wrote STOP", "error 131050". */
	reason: string;
	at: Date;
}

/** A person by number (E.164), the orders of a source, or all of a source. */
export type Who =
	| { phone: string; /** By default `personKey(phone)`. */ person?: string }
	| { source: string; subjects?: readonly string[] };

export interface PersonRecord {
	event: StoredEvent;
	messages: (Message & { history: Attempt[] })[];
}

export interface LedgerChange {
	/** Grows with every change. */
	number: number;
	event: string;
	deliveryKey: string;
	subject?: string;
	/** Of the message, where there is one, else of the event. */
	state: MessageState | EventState;
	reason?: string;
	message?: Message;
}

export interface Page<T> {
	items: T[];
	/** Cursor of the next page; undefined on the last. */
	next?: string;
}

export interface StoredDocument {
	id: string;
	message: string;
	name: string;
	content: Uint8Array;
	createdAt: Date;
	expiresAt: Date;
}
