import type { DomainEvent, EventState, MessageState } from '../domain';

/** What the admin API reads of the ledger: rooms do not import each other, so the shapes it needs stand here. */
export interface EventRow {
	id: string;
	source: string;
	topic: string;
	state: string;
	reason?: string;
	event?: DomainEvent;
	subject?: string;
	occurredAt?: Date;
	receivedAt: Date;
	plannedAt?: Date;
	duplicates: number;
	headers: Record<string, string>;
}

export interface MessageRow {
	id: string;
	event: string;
	source: string;
	subject: string;
	mapping: string;
	template: string;
	language?: string;
	to?: string;
	variables: Record<string, string>;
	mediaUrl?: string;
	state: string;
	reason?: string;
	/** What it is held for: `doubtful`, when it may have arrived. */
	cause?: string;
	apiMessageId?: string;
	createdAt: Date;
	dueAt: Date;
	sentAt?: Date;
	deliveredAt?: Date;
	readAt?: Date;
}

export interface AttemptRow {
	at: Date;
	durationMs: number;
	status?: number;
	outcome: string;
	reason: string;
}

interface Page<T> {
	items: T[];
	next?: string;
}
type Given<T> = { [Key in keyof T]?: T[Key] | undefined };

export interface AdminLedger {
	events(
		filter: Given<{ source: string; state: EventState; q: string; cursor: string }> & { limit: number },
	): Promise<Page<EventRow>>;
	event(id: string): Promise<(EventRow & { body: Buffer }) | undefined>;
	messages(
		filter: Given<{ event: string; order: string; to: string; state: MessageState; cursor: string }> & {
			limit: number;
		},
	): Promise<Page<MessageRow>>;
	message(id: string): Promise<(MessageRow & { history: AttemptRow[] }) | undefined>;
}

export interface AdminAnswer {
	status: 200 | 202 | 404 | 409 | 422;
	body: object;
}

export type PreviewRequest =
	| { mapping: string; event: string }
	| { mapping: string; source: string; topic: string; payload: Record<string, unknown> };

export interface AdminActions {
	replayEvent(id: string): Promise<AdminAnswer>;
	replayMessage(id: string): Promise<AdminAnswer>;
	cancelMessage(id: string): Promise<AdminAnswer>;
	/** A person has seen it in the chat. */
	messageArrived(id: string): Promise<AdminAnswer>;
	preview(request: PreviewRequest): Promise<AdminAnswer>;
}
