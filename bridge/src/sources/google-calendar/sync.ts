import { createHash } from 'node:crypto';
import type { calendar_v3 } from '@googleapis/calendar';
import type { FeedRoom } from '../feed';
import { GoogleError } from '../google/google-error';
import type { CalendarApi } from './calendar-api';
import { deliveriesOf } from './deliveries';
import type { ReminderSettings } from './reminders';

export interface SyncSettings extends ReminderSettings {
	id: string;
	calendar: string;
	/** How far ahead appointments are known, in ms. */
	ahead: number;
}

/** How far the calendar was read; survives a restart. */
interface Progress {
	/** Absent: the next listing is a full one. */
	token?: string;
	/** Of the last listing that was stored whole. */
	listedAt: string;
	/** When everything was listed last: the window stands still between two full listings. */
	fullAt: string;
	settings: string;
	timeZone?: string;
}

const DAY_MS = 86_400_000;
const FULL_EVERY_MS = DAY_MS;
/** Google's clock may be ahead of ours or behind. */
const CLOCK_SLACK_MS = 600_000;
/** The largest page there is. */
const PAGE = 2500;
const SAVED_TOGETHER = 200;

const CURSOR = 'sync';

export async function progressOf(room: Pick<FeedRoom, 'cursor'>): Promise<Progress | undefined> {
	const saved = await room.cursor(CURSOR);
	return saved === undefined ? undefined : (JSON.parse(saved) as Progress);
}

/**
 * One synchronisation: what changed since the last, or everything in the window. The token is saved after every event is:
 * a crash in between lists the same again, and what is stored already is known by its key.
 */
export async function sync(room: FeedRoom, api: CalendarApi, settings: SyncSettings): Promise<void> {
	const connectedAt = await connection(room);
	const last = await progressOf(room);
	const named = nameOf(settings);
	const due =
		!last?.token || last.settings !== named || Date.parse(last.fullAt) + FULL_EVERY_MS <= room.now().getTime();
	const at = new Date(Math.max(room.now().getTime(), last ? Date.parse(last.listedAt) + 1 : 0));
	const listed =
		(due ? undefined : await changes(room, api, settings, last.token)) ?? (await everything(room, api, settings, at));

	const timeZone = listed.timeZone ?? last?.timeZone;
	const since = new Date(Math.max(connectedAt, last ? Date.parse(last.listedAt) - CLOCK_SLACK_MS : 0));
	const calendar = { id: settings.calendar, timeZone };
	const deliveries = deliveriesOf(settings.id, { items: listed.items, calendar, at, since, settings: named });
	let stored = 0;
	for (let from = 0; from < deliveries.length; from += SAVED_TOGETHER) {
		room.signal.throwIfAborted();
		const saved = await Promise.all(deliveries.slice(from, from + SAVED_TOGETHER).map((each) => room.save(each)));
		stored += saved.filter(({ duplicate }) => !duplicate).length;
	}
	const progress: Progress = {
		...(listed.token === undefined ? {} : { token: listed.token }),
		listedAt: at.toISOString(),
		fullAt: listed.isFull ? at.toISOString() : (last?.fullAt ?? at.toISOString()),
		settings: named,
		...(timeZone === undefined ? {} : { timeZone }),
	};
	await room.saveCursor(CURSOR, JSON.stringify(progress));
	if (stored > 0 || listed.isFull)
		room.tell('info', { stage: 'listed', full: listed.isFull, events: deliveries.length, new: stored });
}

/** When the calendar was first looked at: what was booked before that is told to nobody. */
async function connection(room: FeedRoom): Promise<number> {
	const known = await room.cursor('connected');
	if (known !== undefined) return Date.parse(known);
	const now = room.now();
	await room.saveCursor('connected', now.toISOString());
	return now.getTime();
}

/** Other reminders, or another calendar: every event is stored and read again under this name. */
const nameOf = ({ calendar, remind, allDayAt }: SyncSettings): string =>
	createHash('sha256')
		.update(JSON.stringify([calendar, remind, allDayAt]))
		.digest('hex')
		.slice(0, 8);

interface Listed {
	items: calendar_v3.Schema$Event[];
	token?: string;
	timeZone?: string;
	isFull: boolean;
}

/** Undefined when Google does not know the token any more (410) and wants a full listing. */
async function changes(
	room: FeedRoom,
	api: CalendarApi,
	settings: SyncSettings,
	syncToken: string | undefined,
): Promise<Listed | undefined> {
	if (syncToken === undefined) return undefined;
	try {
		return { ...(await pages(room, api, settings, { syncToken })), isFull: false };
	} catch (error) {
		if (!(error instanceof GoogleError) || error.status !== 410) throw error;
		room.tell('info', { stage: 'listing', reason: error.reason }, 'Google wants the calendar to be listed anew');
		return undefined;
	}
}

async function everything(room: FeedRoom, api: CalendarApi, settings: SyncSettings, at: Date): Promise<Listed> {
	const timeMin = new Date(at.getTime() - DAY_MS).toISOString();
	const timeMax = new Date(at.getTime() + settings.ahead).toISOString();
	return { ...(await pages(room, api, settings, { timeMin, timeMax })), isFull: true };
}

/**
 * With a sync token only what stays the same may be asked: singleEvents and showDeleted. Deleted events are asked for also in
 * full, so that none is missed that was deleted while the token was lost.
 */
async function pages(
	room: FeedRoom,
	api: CalendarApi,
	{ calendar }: SyncSettings,
	which: { syncToken: string } | { timeMin: string; timeMax: string },
): Promise<Omit<Listed, 'isFull'>> {
	const items: calendar_v3.Schema$Event[] = [];
	let pageToken: string | undefined;
	for (;;) {
		room.signal.throwIfAborted();
		const page = await api.call(`the calendar '${calendar}'`, ({ events }) =>
			events.list(
				{
					calendarId: calendar,
					singleEvents: true,
					showDeleted: true,
					maxResults: PAGE,
					...which,
					...(pageToken === undefined ? {} : { pageToken }),
				},
				{ signal: room.signal },
			),
		);
		items.push(...(page.items ?? []));
		pageToken = page.nextPageToken ?? undefined;
		if (pageToken !== undefined) continue;
		return {
			items,
			...(page.nextSyncToken ? { token: page.nextSyncToken } : {}),
			...(page.timeZone ? { timeZone: page.timeZone } : {}),
		};
	}
}
