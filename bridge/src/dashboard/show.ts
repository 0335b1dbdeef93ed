import type { AttemptRow, EventRow, MessageRow } from './admin-ledger';

/** The JSON of the design: absent values are null, so that every row has the same keys. */
export const showEventRow = (event: EventRow) => ({
	id: event.id,
	source: event.source,
	topic: event.topic,
	event: event.event ?? null,
	order: event.subject ?? null,
	state: event.state,
	reason: event.reason ?? null,
	duplicates: event.duplicates,
	occurredAt: event.occurredAt ?? null,
	receivedAt: event.receivedAt,
	mappedAt: event.plannedAt ?? null,
});

export const showEvent = (event: EventRow & { body: Buffer }) => ({
	...showEventRow(event),
	headers: event.headers,
	/** As text: a parsed body would lose digits of ids above 2^53. */
	body: event.body.toString('utf8'),
});

export const showMessageRow = (message: MessageRow) => ({
	id: message.id,
	event: message.event,
	source: message.source,
	order: message.subject,
	mapping: message.mapping,
	template: message.template,
	language: message.language ?? null,
	to: message.to ?? null,
	variables: message.variables,
	mediaUrl: message.mediaUrl ?? null,
	state: message.state,
	reason: message.reason ?? null,
	/** Whether that is so, a person has to say, where the bridge cannot. */
	mayHaveArrived: message.state === 'unknown' || (message.state === 'held' && message.cause === 'doubtful'),
	apiMessageId: message.apiMessageId ?? null,
	createdAt: message.createdAt,
	dueAt: message.dueAt,
	sentAt: message.sentAt ?? null,
	deliveredAt: message.deliveredAt ?? null,
	readAt: message.readAt ?? null,
});

export const showMessage = (message: MessageRow & { history: AttemptRow[] }) => ({
	...showMessageRow(message),
	attempts: message.history.map(({ at, durationMs, status, outcome, reason }) => ({
		at,
		durationMs,
		status: status ?? null,
		outcome,
		reason,
	})),
});
