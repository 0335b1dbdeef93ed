import type { calendar_v3 } from '@googleapis/calendar';
import type { Delivery } from '../../domain';
import type { ListingNotes } from './stored-event';

type GoogleEvent = calendar_v3.Schema$Event;

export interface Listing {
	items: readonly GoogleEvent[];
	calendar: { id: string; timeZone?: string | undefined };
	/** When it was listed, later than any listing before. */
	at: Date;
	/** What was created since then is new. */
	since: Date;
	/** Names the settings of reminders: with others, every event is read anew. */
	settings: string;
}

export const TOPIC = 'calendar/event';

/** A listing as deliveries, in its order. The same state of an event gives the same key, however often it is listed. */
export function deliveriesOf(source: string, listing: Listing): Delivery[] {
	const tellers = tellersOf(listing);
	const seen = new Map<string, number>();
	return listing.items.flatMap((event) => {
		const { id } = event;
		if (!id) return [];
		// Twice in one listing: it changed while the pages were read.
		const turn = seen.get(id) ?? 0;
		seen.set(id, turn + 1);
		const listedAt = new Date(listing.at.getTime() + turn).toISOString();
		const teller = tellers.get(seriesChange(event) ?? '');
		const notes: ListingNotes = {
			id: listing.calendar.id,
			...(listing.calendar.timeZone === undefined ? {} : { timeZone: listing.calendar.timeZone }),
			listedAt,
			isNew: Date.parse(event.created ?? '') >= listing.since.getTime(),
			...(teller !== undefined && teller !== id ? { toldBy: teller } : {}),
		};
		return [
			{
				source,
				topic: TOPIC,
				deliveryKey: [id, event.etag ?? event.updated ?? `${event.status} ${listedAt}`, listing.settings].join(' '),
				...(event.updated ? { triggeredAt: event.updated } : {}),
				body: Buffer.from(JSON.stringify({ ...event, calendar: notes })),
				headers: {},
			},
		];
	});
}

/** Names what happened to a whole series at once: its dates share the time of the change. Deleted dates may have none. */
const seriesChange = ({ recurringEventId, status, updated }: GoogleEvent): string | undefined =>
	recurringEventId ? [recurringEventId, status === 'cancelled', updated ?? ''].join(' ') : undefined;

/**
 * A weekly appointment is a hundred events, and a customer is told once: of the next date. By what happened, the id of the
 * event that tells it.
 */
function tellersOf({ items, at }: Listing): Map<string, string> {
	const tellers = new Map<string, { id: string; start: number }>();
	for (const event of items) {
		const change = seriesChange(event);
		const start = startOf(event);
		if (change === undefined || !event.id || !(start > at.getTime())) continue;
		const first = tellers.get(change);
		if (!first || start < first.start) tellers.set(change, { id: event.id, start });
	}
	return new Map([...tellers].map(([change, { id }]) => [change, id]));
}

const startOf = ({ start, originalStartTime }: GoogleEvent): number => {
	const time = start ?? originalStartTime;
	return Date.parse(time?.dateTime ?? time?.date ?? '');
};
