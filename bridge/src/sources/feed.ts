import type { Delivery, Reading } from '../domain';
import type { LedgerEvent } from './shop-admin';

/** What the journey gives a feed to work with; all of it durable when it resolves. */
export interface FeedRoom {
	now(): Date;
	/** Stores what was fetched, as if it had been posted. Many at once share a commit. */
	save(delivery: Delivery): Promise<{ id: string; duplicate: boolean }>;
	/** A value that survives a restart: a sync token, a channel, the number of the last change told. */
	cursor(name: string): Promise<string | undefined>;
	saveCursor(name: string, value: string): Promise<void>;
	/** What became of this source's events and messages after change number `after`, oldest first; each only by its last change. */
	changes(after: number, limit: number): Promise<Change[]>;
	/** What is stored of one of this source's orders, oldest first. */
	eventsOf(subject: string): Promise<LedgerEvent[]>;
	/** What a stored event says; undefined when there is none with this id. */
	reading(event: string): Promise<Reading | undefined>;
	/** How things stand with the newest event of a subject: each of its messages, else the event itself; empty while it is not planned. */
	outcome(subject: string): Promise<Change[]>;
	/** What would be sent for this. Stores nothing, sends nothing. */
	preview(delivery: Delivery): Promise<Preview>;
	/** How many of this source's messages are in each state. */
	tally(): Promise<Record<string, number>>;
	/** Where Google and shops reach the bridge. */
	readonly publicUrl: string;
	/** A line for the log: no personal data. */
	tell(level: 'info' | 'warn' | 'error', line: object, text?: string): void;
	/** Aborted when the bridge stops: a long fetch ends early, at a point from which the next start goes on. */
	readonly signal: AbortSignal;
}

/** An event that came to nothing, or a message in its newest state. */
export interface Change {
	/** Grows; the cursor of whoever follows. */
	number: number;
	/** Id of the event. */
	event: string;
	/** The key the source gave the delivery. */
	deliveryKey: string;
	subject?: string;
	/** Undefined for an event without messages. */
	message?: ChangedMessage;
	/** State of the event when there is no message, else of the message. */
	state: string;
	/** Why it is held, failed, skipped or ignored: text for a merchant. */
	reason?: string;
}
export interface ChangedMessage {
	id: string;
	mapping: string;
	template: string;
	apiMessageId?: string;
	sentAt?: Date;
	deliveredAt?: Date;
	readAt?: Date;
}

/** What the mappings make of a delivery. */
export interface Preview {
	messages: PreviewedMessage[];
	/** Why there is none. */
	reason?: string;
}
export interface PreviewedMessage {
	mapping: string;
	template: string;
	language?: string;
	/** E.164 with plus. */
	to?: string;
	variables: Record<string, string>;
	/** Why it would not be sent as it is: text for a merchant. */
	problem?: string;
}

/** Something fetched on a schedule; a push only makes the next look come sooner. */
export interface Feed {
	/**
	 * One look: stores what is new, renews what ends. Answers when the next is due. What it throws is logged, shown as the source's
	 * state and tried again after a while that grows.
	 */
	look(room: FeedRoom): Promise<Date>;
	/** Tells the source what became of what it gave (a status column, a note at the order); answers how many changes it took. */
	tell?(room: FeedRoom): Promise<number>;
	/** The last `count` things it would send for; for a dry run. Stores nothing. */
	latest?(count: number, room: Pick<FeedRoom, 'now' | 'signal'>): Promise<Delivery[]>;
	/**
	 * Before a message that waited goes out, the source is looked at once more if the last look is older than this, in ms: what it
	 * is about may have been cancelled a moment ago. A source that cannot be reached holds nothing up.
	 */
	freshMs?: number;
	/** What a person wants to see of it: progress, time left, channels. */
	status?(room: Pick<FeedRoom, 'now' | 'cursor' | 'tally'>): Promise<object>;
}
