import type { Order, Reading } from '../domain';
import type { Known, Source } from '../sources/source';
import type { StoredEvent } from '../store/store';
import { isReply } from './replies/delivery';
import { readReply } from './replies/read';
import type { Rooms } from './rooms';

/** What a stored event says. A reader that throws is a bug of ours: the event is kept as unreadable and can be replayed. */
export async function readEvent(rooms: Pick<Rooms, 'sources' | 'log' | 'store'>, event: StoredEvent): Promise<Reading> {
	const { sources, log, store } = rooms;
	const source = sources.get(event.source);
	if (!source) return { kind: 'ignored', reason: `the source '${event.source}' is not in the configuration any more` };
	try {
		if (isReply(event.topic)) return await readReply(event, (id) => readOther(rooms, id));
		return source.read(event, await knownOf(store, source, event));
	} catch (error) {
		log.error({ err: error, event: event.id, source: event.source, topic: event.topic }, 'reading failed');
		return {
			kind: 'unreadable',
			reason: `the bridge failed to read it (${error instanceof Error ? error.name : 'error'}); this is a fault of the bridge`,
		};
	}
}

async function readOther(rooms: Parameters<typeof readEvent>[0], id: string): Promise<Reading | undefined> {
	const event = await rooms.store.event(id);
	return event && (await readEvent(rooms, event));
}

/** What an event says its subject became is told by the state before it. */
async function knownOf(store: Rooms['store'], source: Source, event: StoredEvent): Promise<Known | undefined> {
	const state = source.stateOf?.(event);
	if (!state) return undefined;
	const previous = await store.stateBefore(event.source, state.subject, state.occurredAt, event.id);
	const newest = await store.latestOrder(event.source, state.subject);
	const overtaken = newest?.occurredAt !== undefined && newest.occurredAt > state.occurredAt;
	const late = overtaken && serial(newest) < serial(event);
	return { ...(previous ? { previous } : {}), overtaken, ...(overtaken ? { newest, late } : {}) };
}

/** What is stored later has a higher number. */
export const serial = ({ id }: Pick<StoredEvent, 'id'>): number => Number(id.replace('evt_', ''));

/** The newest state of an order that the ledger knows; `own` when nothing is newer. */
export async function newestOrder(
	rooms: Pick<Rooms, 'sources' | 'log' | 'store'>,
	source: string,
	subject: string,
	own?: { order: Order; occurredAt: string },
): Promise<Order | undefined> {
	const stored = await rooms.store.latestOrder(source, subject);
	if (!stored?.occurredAt || (own && stored.occurredAt.getTime() <= Date.parse(own.occurredAt))) return own?.order;
	const reading = await readEvent(rooms, stored);
	return (reading.kind === 'event' ? reading.order : undefined) ?? own?.order;
}

/** The body for `payload.*` in mappings; ids are read exactly by the source, here they are only shown. */
export function parsePayload(body: Buffer): unknown {
	try {
		return JSON.parse(body.toString('utf8')) as unknown;
	} catch {
		return undefined;
	}
}
