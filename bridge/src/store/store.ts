import type { Delivery, MessageState } from '../domain';
import type {
	EventTimes,
	StoredEvent,
	EventResult,
	NewMessage,
	DueLane,
	Lane,
	PlannedRow,
	Message,
	NewAttempt,
	Attempt,
	MessageChange,
	EventFilter,
	MessageFilter,
	Suppression,
	Who,
	PersonRecord,
	LedgerChange,
	Page,
	StoredDocument,
	Unplanned,
} from './records';

export type * from './records';

/**
 * The ledger: every event, message, attempt and document, and nothing that is not on disk.
 * Every method resolves after its effect is durable. Ids are short texts: "evt_42", "msg_57".
 */
export interface Store {
	/** Stores a verified delivery, or finds the one it repeats (same delivery, or same event of the same source). */
	saveEvent(delivery: Delivery, at: EventTimes, unreadable?: string): Promise<{ id: string; duplicate: boolean }>;
	/** Events to be planned, oldest first; and those that other processes are at work on: what came after them waits. */
	unplannedEvents(limit: number): Promise<Unplanned>;
	/**
	 * Writes what came of an event, with its messages, in one transaction, and lets events be planned that waited for the order it carries.
	 * Answers what became of each message.
	 */
	planEvent(id: string, result: EventResult, messages: NewMessage[], now: Date): Promise<PlannedRow[]>;
	/** Puts a new plan in the place of a held, failed, skipped or cancelled message; false when it is in another state. */
	renewMessage(id: string, message: NewMessage): Promise<boolean>;
	/** The planned event that carries the newest state of an order or appointment. */
	latestOrder(source: string, subject: string): Promise<StoredEvent | undefined>;
	/** The planned event that carries the newest state of a subject before this time, or of this time and stored before `event`. */
	stateBefore(source: string, subject: string, before: Date, event: string): Promise<StoredEvent | undefined>;
	/** What is stored of a subject, oldest first. */
	eventsOf(
		source: string,
		subject: string,
	): Promise<(Pick<StoredEvent, 'id' | 'topic' | 'event' | 'occurredAt'> & { deliveryKey: string })[]>;
	/** True when a stored event says that this checkout was completed or removed. */
	isClosed(source: string, subject: string): Promise<boolean>;
	/** Withdraws messages of a subject that wait with a delay: state `skipped`, with the reason. */
	withdraw(source: string, subject: string, reason: string, now: Date): Promise<number>;
	/** Lets an event be planned again because a person asked for it. */
	replan(event: string): Promise<boolean>;

	/**
	 * The lanes in which messages are due, the one that has waited longest first; of each, `most` are counted.
	 * A message behind an earlier one of its order is not due.
	 */
	dueLanes(now: Date, most: number): Promise<DueLane[]>;
	/**
	 * Takes messages that are due (of one lane, where one is named), in the order of their subject, and marks them `sending`.
	 * With `pairMs`, one number sends one message to a person in that time: a message that is due within `pairMs` of the last attempt of another
	 * message from the same sender to the same person is put off until then (reason: PAIR_WAIT), and fewer than `limit` may be taken though more are due.
	 */
	claimDue(now: Date, limit: number, worker: string, lane?: Lane, pairMs?: number): Promise<Message[]>;
	/** When the next waiting message that is behind no other is due, later than `after` where that is given; undefined when none waits. */
	nextDue(after?: Date): Promise<Date | undefined>;
	/** The messages of a subject that have a stage, whatever became of them. */
	staged(source: string, subject: string): Promise<Message[]>;
	/** Records one call to the API and what it means for the message; refused unless `worker` holds the message. */
	finishAttempt(id: string, worker: string, attempt: NewAttempt, next: MessageChange): Promise<boolean>;
	/** Changes a message that no attempt decided (recheck, document fault); refused unless it is in one of the `from` states. */
	changeMessage(id: string, from: readonly MessageState[], change: MessageChange): Promise<boolean>;
	/** Messages that a stopped process left in `sending`: they may have been sent. Marks them `unknown`. */
	recoverSending(worker: string, now: Date): Promise<number>;
	/** Messages in `unknown` that are due for a look at the thread. */
	unknownDue(now: Date, limit: number): Promise<Message[]>;
	/** Messages sent but not read yet whose state is to be looked up again. */
	watchedDue(now: Date, limit: number): Promise<Message[]>;
	/** When the next message is due for a look, unknown or watched. */
	nextLook(): Promise<Date | undefined>;
	/** Messages held for a cause go back to `waiting`. */
	release(cause: string, now: Date): Promise<number>;
	/** Causes for which messages are held, with how many. */
	heldCauses(): Promise<Record<string, number>>;

	/** From now on, what becomes of this source's events and messages is kept for `changes`. */
	follow(source: string): Promise<void>;
	/** The last change of each event that came to nothing and of each message, after change number `after`, oldest first. */
	changes(source: string, after: number, limit: number): Promise<LedgerChange[]>;
	/** The newest event of a subject with all its messages, each as a change; the event alone where it has none. Empty while none is planned. */
	outcome(source: string, subject: string): Promise<LedgerChange[]>;
	/** How many of a source's events still wait, and how many of its messages are in each state. */
	tally(source: string): Promise<Record<string, number>>;

	/** This person (E.164) wants no more messages. `all` covers `marketing`. */
	suppress(entry: Suppression): Promise<void>;
	/** Wants them again; false when nothing was suppressed. */
	unsuppress(phone: string): Promise<boolean>;
	suppression(phone: string): Promise<Suppression | undefined>;
	suppressions(filter: { cursor?: string | undefined; limit: number }): Promise<Page<Suppression>>;
	/** Everything that is stored of somebody, oldest event first: what a person may ask for. */
	recordsOf(who: Who): Promise<PersonRecord[]>;
	/** Empties what is stored of somebody: bodies, values, numbers, documents. Ids, times and states stay; what waits is cancelled. */
	erase(who: Who, reason: string): Promise<{ events: number; messages: number; documents: number }>;
	/** Removes what is older and done with, at most `limit` rows of a kind: documents by their own end, events with their messages. */
	prune(before: { documents: Date; events: Date }, limit: number): Promise<{ events: number; documents: number }>;
	/** The message that the API knows by this id. */
	messageByApiId(apiMessageId: string): Promise<Message | undefined>;

	event(id: string): Promise<StoredEvent | undefined>;
	events(filter: EventFilter): Promise<Page<Omit<StoredEvent, 'body'>>>;
	message(id: string): Promise<(Message & { history: Attempt[] }) | undefined>;
	messages(filter: MessageFilter): Promise<Page<Message>>;
	counts(): Promise<{ events: Record<string, number>; messages: Record<string, number> }>;

	saveDocument(document: StoredDocument): Promise<void>;
	document(id: string): Promise<StoredDocument | undefined>;
	/** A value that is written over and over: how far something has been read. */
	cursor(name: string): Promise<string | undefined>;
	saveCursor(name: string, value: string): Promise<void>;
	/** A value made once and kept: the key that signs links. */
	setting(name: string, make: () => string): Promise<string>;
	/** Puts another value in the place of this one; false when it is not this one any more. */
	replaceSetting(name: string, from: string, to: string): Promise<boolean>;
	/** Stands for a number (E.164) in keys and indexes; without the key of a sealed ledger nobody can make it. */
	personKey(phone: string): string;
	/**
	 * Lets one process at a time work on something, such as the states of one order; undefined while another process has it.
	 * Within a process, who calls sees to it. Ends when the answer is called, or when the process ends.
	 */
	tryTurn(what: string): Promise<(() => Promise<void>) | undefined>;
	/** Changes a small value that all processes share, one after the other: how fast each sender may send. It need not outlive them. */
	exchange<T>(name: string, change: (value: string | undefined) => { value: string; answer: T }): Promise<T>;
	/** True for one of all processes, until it ends: for what must be done once, such as reading a sheet. */
	leads(what: string): Promise<boolean>;
	/** False when this process took the message so long ago that another may have taken it over by now: it must not be sent any more. */
	stillMine(id: string): boolean;
	/** Where other processes may leave work: how often to look for it. */
	readonly pollMs?: number;
	/** Answers when the disk takes a write; throws when it does not. */
	ping(): Promise<void>;
	close(): Promise<void>;
}
