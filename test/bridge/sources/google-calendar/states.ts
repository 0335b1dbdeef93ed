import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { calendar_v3 } from '@googleapis/calendar';
import type { Reading } from '../../../../bridge/src/domain';
import { deliveriesOf, type Listing } from '../../../../bridge/src/sources/google-calendar/deliveries';
import {
	calendarReader,
	calendarStateOf,
	type ReaderSettings,
} from '../../../../bridge/src/sources/google-calendar/read';
import type { StoredDelivery } from '../../../../bridge/src/sources/source';

export type GoogleEvent = calendar_v3.Schema$Event;

/** test/fixtures/google/calendar/<name>.json */
export const fixture = <T = GoogleEvent>(name: string): T =>
	JSON.parse(readFileSync(join(__dirname, `../../../fixtures/google/calendar/${name}.json`), 'utf8')) as T;

/** An event as a listing at that time stores it. */
export function stateOf(event: GoogleEvent, listing: Partial<Listing> = {}): StoredDelivery {
	const [delivery] = deliveriesOf('clinic', {
		items: [event],
		calendar: { id: 'c_salon123@group.calendar.google.com', timeZone: 'Asia/Kolkata' },
		at: new Date('2026-11-20T09:00:00Z'),
		since: new Date('2026-11-01T00:00:00Z'),
		settings: 's',
		...listing,
	});
	if (!delivery) throw new Error('no delivery');
	return delivery;
}

export const HOUR_MS = 3_600_000;

/** What the last of these states means to one who knows the others; each was listed a minute after the one before. */
export function readAfter(
	events: readonly GoogleEvent[],
	settings: Partial<ReaderSettings> = {},
	listing: Partial<Listing> = {},
): Reading {
	const states = events.map((event, index) =>
		stateOf(event, { at: new Date(Date.parse('2026-11-20T09:00:00Z') + index * 60_000), ...listing }),
	);
	const [last, previous] = states.reverse();
	if (!last) throw new Error('no state');
	const read = calendarReader({ remind: [24 * HOUR_MS, HOUR_MS], allDayAt: '09:00', country: 'IN', ...settings });
	return read(last, { overtaken: false, ...(previous ? { previous } : {}) });
}

export { calendarStateOf };
