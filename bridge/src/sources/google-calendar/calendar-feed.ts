import type { Feed } from '../feed';
import { type PushChannels, pushChannels } from '../google/push-channels';
import type { CalendarApi } from './calendar-api';
import { deliveriesOf } from './deliveries';
import { progressOf, sync, type SyncSettings } from './sync';

export interface FeedSettings extends SyncSettings {
	/** How often changes are looked for, in ms. */
	every: number;
}

const DAY_MS = 86_400_000;
/** "at most about 7 days", says Google; it shortens what is longer. */
const CHANNEL_MS = 7 * DAY_MS;

/** A reminder of an appointment that was cancelled a minute ago must not go. */
const FRESH_MS = 60_000;

export const calendarChannels = (source: string): PushChannels =>
	pushChannels({ path: `/webhooks/google-calendar/${source}`, ttlMs: CHANNEL_MS, renewMs: DAY_MS });

export function calendarFeed(settings: FeedSettings, api: CalendarApi, channels: PushChannels): Feed {
	const { calendar } = settings;
	const what = `the calendar '${calendar}'`;
	const calls = {
		watch: (requestBody: object) => api.call(what, ({ events }) => events.watch({ calendarId: calendar, requestBody })),
		stop: (requestBody: object) => api.call(what, (google) => google.channels.stop({ requestBody })),
	};
	return {
		freshMs: FRESH_MS,
		look: async (room) => {
			await sync(room, api, settings);
			await channels.keep(room, calls);
			return new Date(room.now().getTime() + settings.every);
		},
		latest: async (count, { now, signal }) => {
			const at = now();
			const { items, timeZone } = await api.call(what, ({ events }) =>
				events.list(
					{
						calendarId: calendar,
						singleEvents: true,
						orderBy: 'startTime',
						timeMin: at.toISOString(),
						maxResults: count,
					},
					{ signal },
				),
			);
			const listing = { items: items ?? [], calendar: { id: calendar, timeZone: timeZone ?? undefined } };
			// As if each had been booked just now.
			return deliveriesOf(settings.id, { ...listing, at, since: new Date(0), settings: 'latest' });
		},
		status: async (room) => {
			const progress = await progressOf(room);
			const { waiting = 0 } = await room.tally();
			return {
				lastSync: progress?.listedAt ?? null,
				lastFullSync: progress?.fullAt ?? null,
				messagesWaiting: waiting,
				push: await channels.status(room),
			};
		},
	};
}
