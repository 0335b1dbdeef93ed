import type { calendar_v3 } from '@googleapis/calendar';
import { DAY, HOUR, type TestClock } from '../clock';
import { createChannels } from './channels';
import type { FakeAnswer, FakeApi, FakeRequest } from './server';

export type GoogleEvent = calendar_v3.Schema$Event & { id: string };
type Change = Partial<calendar_v3.Schema$Event>;

const refused = (code: number, reason: string, message: string): FakeAnswer => ({
	status: code,
	body: { error: { code, message, errors: [{ message, domain: 'calendar', reason }] } },
});
const NOT_WITH_TOKEN = [
	'timeMin',
	'timeMax',
	'updatedMin',
	'q',
	'orderBy',
	'iCalUID',
	'privateExtendedProperty',
	'sharedExtendedProperty',
];

export type FakeCalendar = ReturnType<typeof createFakeCalendar>;

/** One calendar as the Calendar API shows it: sync tokens that end, pages, deleted events with next to nothing in them, push channels. */
export function createFakeCalendar(
	clock: TestClock,
	{ id = 'clinic@group.calendar.google.com', timeZone = 'Asia/Kolkata' } = {},
) {
	const events = new Map<string, { event: GoogleEvent; change: number }>();
	const channels = createChannels(clock, { longestMs: 7 * DAY, usualMs: 7 * DAY });
	const listings = new Map<string, { rest: GoogleEvent[]; token: string }>();
	let [changes, oldestToken, pageSize] = [0, 0, 2500];
	let shared = true;
	let made = 0;

	function write(event: GoogleEvent): GoogleEvent {
		changes += 1;
		const now = clock.now();
		const written = {
			kind: 'calendar#event',
			status: 'confirmed',
			eventType: 'default',
			created: now.toISOString(),
			...event,
			// Two changes within a millisecond still differ.
			etag: `"${now.getTime() * 2000 + (changes % 2000)}"`,
			updated: now.toISOString(),
		};
		events.set(event.id, { event: written, change: changes });
		return written;
	}
	const known = (eventId: string): GoogleEvent => {
		const found = events.get(eventId);
		if (!found) throw new Error(`There is no event ${eventId}`);
		return found.event;
	};
	const instant = (time: calendar_v3.Schema$EventDateTime | undefined) =>
		Date.parse(time?.dateTime ?? time?.date ?? '');

	function list({ query }: FakeRequest): FakeAnswer {
		const pageToken = query.get('pageToken');
		const syncToken = query.get('syncToken');
		if (pageToken !== null) {
			const listing = listings.get(pageToken);
			return listing ? page(listing.rest, listing.token) : refused(400, 'invalid', 'Invalid page token');
		}
		if (syncToken !== null) {
			const wrong = NOT_WITH_TOKEN.find((name) => query.has(name));
			if (wrong !== undefined) return refused(400, 'invalid', `Sync token cannot be used with ${wrong}`);
			if (query.get('singleEvents') !== 'true' || query.get('showDeleted') === 'false')
				return refused(400, 'invalid', 'The parameters are not those of the listing that gave the token');
			const since = Number(/^sync-(\d+)$/.exec(syncToken)?.[1] ?? -1);
			if (since < oldestToken)
				return refused(410, 'fullSyncRequired', 'Sync token is no longer valid, a full sync is required.');
			const changed = [...events.values()].filter(({ change }) => change > since);
			return page(
				changed.sort((a, b) => a.change - b.change).map(({ event }) => shown(event, false)),
				`sync-${changes}`,
			);
		}
		const [from, to] = [
			Date.parse(query.get('timeMin') ?? '') || 0,
			Date.parse(query.get('timeMax') ?? '') || Infinity,
		];
		const inside = [...events.values()].flatMap(({ event }) =>
			instant(event.end ?? event.start) > from &&
			instant(event.start) < to &&
			(event.status !== 'cancelled' || query.get('showDeleted') === 'true')
				? [shown(event, true)]
				: [],
		);
		if (query.get('orderBy') === 'startTime') inside.sort((a, b) => instant(a.start) - instant(b.start));
		const most = Number(query.get('maxResults') ?? 250);
		return page(query.has('orderBy') ? inside.slice(0, most) : inside, `sync-${changes}`);
	}

	/** What was deleted shows only what a listing of changes promises of it. */
	function shown(event: GoogleEvent, whole: boolean): GoogleEvent {
		if (event.status !== 'cancelled' || whole) return event;
		const { id: eventId, etag, status, recurringEventId, originalStartTime } = event;
		return {
			kind: 'calendar#event',
			id: eventId,
			status,
			...(etag ? { etag } : {}),
			...(recurringEventId ? { recurringEventId } : {}),
			...(originalStartTime ? { originalStartTime } : {}),
		};
	}

	function page(items: GoogleEvent[], token: string): FakeAnswer {
		const [first, rest] = [items.slice(0, pageSize), items.slice(pageSize)];
		const next = `page-${(made += 1)}`;
		if (rest.length > 0) listings.set(next, { rest, token });
		return {
			status: 200,
			body: {
				kind: 'calendar#events',
				summary: 'Salon bookings',
				timeZone,
				items: first,
				...(rest.length > 0 ? { nextPageToken: next } : { nextSyncToken: token }),
			},
		};
	}

	const api: FakeApi = {
		name: 'calendar',
		prefix: '/calendar/v3',
		quotaOf: () => 'requests',
		overQuota: () => refused(403, 'rateLimitExceeded', 'Rate Limit Exceeded'),
		handle: (request) => {
			const { method, path, body, scopes } = request;
			if (!scopes.some((scope) => /\/auth\/calendar(\.readonly)?$/.test(scope)))
				return refused(403, 'insufficientPermissions', 'Request had insufficient authentication scopes.');
			if (path === '/channels/stop') return channels.stop(body);
			const [, calendarId, rest] = /^\/calendars\/([^/]+)\/(.+)$/.exec(path) ?? [];
			if (decodeURIComponent(calendarId ?? '') !== id || !shared) return refused(404, 'notFound', 'Not Found');
			if (method === 'GET' && rest === 'events') return list(request);
			const uri = `https://www.googleapis.com/calendar/v3/calendars/${calendarId ?? ''}/events?alt=json`;
			if (method === 'POST' && rest === 'events/watch') return channels.watch(id, uri, body);
			return refused(404, 'notFound', 'Not Found');
		},
	};

	return {
		id,
		api,
		channels,
		/** Books an event that begins then (ISO with offset) and lasts an hour, or as `with_` says. */
		book: (start: string, with_: Change = {}): GoogleEvent =>
			write({
				id: `ev${(made += 1)}`,
				summary: 'Haircut – Anushka K.',
				description: 'Phone: +91 98765 43210\nService: Cut & colour',
				location: '14 MG Road, Bengaluru',
				start: { dateTime: start, timeZone },
				end: { dateTime: new Date(Date.parse(start) + HOUR).toISOString(), timeZone },
				...with_,
			} as GoogleEvent),
		/** A series: its dates, each an instance, as singleEvents shows them. */
		bookSeries: (starts: readonly string[], with_: Change = {}): GoogleEvent[] => {
			const series = `series${(made += 1)}`;
			return starts.map((start) =>
				write({
					id: `${series}_${new Date(start).toISOString().replace(/\.000|[-:]/g, '')}`,
					recurringEventId: series,
					originalStartTime: { dateTime: start, timeZone },
					summary: 'Weekly yoga – Meera',
					description: '+91 98123 45670',
					start: { dateTime: start, timeZone },
					end: { dateTime: new Date(Date.parse(start) + HOUR).toISOString(), timeZone },
					...with_,
				} as GoogleEvent),
			);
		},
		/** Puts an event as it is: a fixture. */
		put: (event: GoogleEvent) => write(event),
		edit: (eventId: string, change: Change) => write({ ...known(eventId), ...change } as GoogleEvent),
		move: (eventId: string, start: string) =>
			write({
				...known(eventId),
				start: { dateTime: start, timeZone },
				end: { dateTime: new Date(Date.parse(start) + HOUR).toISOString(), timeZone },
			}),
		cancel: (eventId: string) => write({ ...known(eventId), status: 'cancelled' }),
		get: known,
		/** Every sync token given so far is worth nothing from now on. */
		forgetTokens: () => {
			changes += 1;
			oldestToken = changes;
		},
		pagesOf: (size: number) => {
			pageSize = size;
		},
		share: (on: boolean) => {
			shared = on;
		},
		/** Tells every channel that something changed. */
		push: (state = 'exists') => channels.notify(id, state),
	};
}
