import type { SQLOutputValue } from 'node:sqlite';
import type { DomainEvent, EventState, MessageState } from '../../domain';
import type { Attempt, Header, Message, Stage, Store, StoredDocument, StoredEvent } from '../store';

export type Row = Record<string, SQLOutputValue>;

const text = (value: SQLOutputValue | undefined): string | undefined => (typeof value === 'string' ? value : undefined);
const must = (value: SQLOutputValue | undefined): string => String(value);
const time = (value: SQLOutputValue | undefined): Date | undefined =>
	typeof value === 'number' ? new Date(value) : undefined;
const bytes = (value: SQLOutputValue | undefined): Buffer =>
	value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.byteLength) : Buffer.alloc(0);

/** Leaves out what is undefined, so that optional fields are absent. */
function present<T extends object>(fields: T): T {
	for (const key of Object.keys(fields) as (keyof T)[]) if (fields[key] === undefined) delete fields[key];
	return fields;
}

/** The wire form of an id is a prefix and the row's number. */
export const eventId = (row: number | bigint): string => `evt_${row}`;
export const messageId = (row: number | bigint): string => `msg_${row}`;
const NO_ROW = -1;
/** The row of an id; one that is nowhere for anything that is not such an id. */
export const eventRow = (id: string): number => Number(/^evt_(\d{1,15})$/.exec(id)?.[1] ?? NO_ROW);
export const messageRow = (id: string): number => Number(/^msg_(\d{1,15})$/.exec(id)?.[1] ?? NO_ROW);

export const toEvent = (row: Row): StoredEvent =>
	present({
		id: eventId(Number(row['id'])),
		source: must(row['source']),
		topic: must(row['topic']),
		state: must(row['state']) as EventState,
		reason: text(row['reason']),
		event: text(row['event']) as DomainEvent | undefined,
		subject: text(row['subject']),
		occurredAt: time(row['occurred_at']),
		receivedAt: new Date(Number(row['received_at'])),
		plannedAt: time(row['planned_at']),
		duplicates: Number(row['duplicates']),
		byHand: row['by_hand'] === 1,
		headers: JSON.parse(must(row['headers'])) as Record<string, string>,
		body: bytes(row['body']),
	}) as StoredEvent;

/** What is known of an event without its body. */
export const toKnown = (row: Row): Awaited<ReturnType<Store['eventsOf']>>[number] => ({
	id: eventId(Number(row['id'])),
	topic: must(row['topic']),
	...present({ event: text(row['event']) as DomainEvent, occurredAt: time(row['occurred_at']) as Date }),
	deliveryKey: must(row['delivery_key']),
});

export const toMessage = (row: Row): Message =>
	present({
		id: messageId(Number(row['id'])),
		event: eventId(Number(row['event_id'])),
		source: must(row['source']),
		subject: must(row['subject']),
		mapping: must(row['mapping']),
		template: must(row['template']),
		language: text(row['language']),
		to: text(row['recipient']),
		variables: JSON.parse(must(row['variables'])) as Record<string, string>,
		header: row['header'] === null ? undefined : (JSON.parse(must(row['header'])) as Header),
		sender: text(row['sender']),
		onceKey: must(row['once_key']),
		state: must(row['state']) as MessageState,
		reason: text(row['reason']),
		cause: text(row['cause']),
		mediaUrl: text(row['media_url']),
		apiMessageId: text(row['api_message_id']),
		createdAt: new Date(Number(row['created_at'])),
		plannedFor: new Date(Number(row['planned_for'])),
		dueAt: new Date(Number(row['due_at'])),
		expiresAt: time(row['expires_at']),
		stage: toStage(row),
		attemptedAt: time(row['attempted_at']),
		sentAt: time(row['sent_at']),
		deliveredAt: time(row['delivered_at']),
		readAt: time(row['read_at']),
		attempts: Number(row['attempts']),
		looks: Number(row['looks']),
	}) as Message;

function toStage(row: Row): Stage | undefined {
	const [rank, at] = [row['stage_rank'], time(row['stage_at'])];
	return typeof rank === 'number' && at ? { parcel: must(row['stage_parcel']), rank, at } : undefined;
}

export const toAttempt = (row: Row): Attempt =>
	present({
		at: new Date(Number(row['at'])),
		durationMs: Number(row['duration_ms']),
		status: typeof row['status'] === 'number' ? row['status'] : undefined,
		outcome: must(row['outcome']),
		reason: must(row['reason']),
	}) as Attempt;

export const toDocument = (row: Row): StoredDocument => ({
	id: must(row['id']),
	message: messageId(Number(row['message_id'])),
	name: must(row['name']),
	content: bytes(row['content']),
	createdAt: new Date(Number(row['created_at'])),
	expiresAt: new Date(Number(row['expires_at'])),
});
