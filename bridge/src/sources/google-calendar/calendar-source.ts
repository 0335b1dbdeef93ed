import type { Source } from '../source';
import { connectCalendar } from './calendar-api';
import { calendarChannels, calendarFeed } from './calendar-feed';
import { calendarReader, calendarStateOf } from './read';

export interface CalendarConfig {
	id: string;
	name?: string | undefined;
	/** Id of the calendar at Google. */
	calendar: string;
	/** Liquid that gives the number; absent: it is looked for. */
	phone?: string | undefined;
	/** In ms. */
	remind: readonly number[];
	allDayAt: string;
	ahead: number;
	every: number;
	credentials: string;
	rootUrl?: string | undefined;
}

/** A Google Calendar of appointments. */
export function calendarSource(config: CalendarConfig, defaults: { country?: string }): Source {
	const { id, name, calendar, phone, credentials, rootUrl } = config;
	const channels = calendarChannels(id);
	return {
		id,
		kind: 'google-calendar',
		shop: { id, domain: calendar, ...(name === undefined ? {} : { name }) },
		doors: { 'google-calendar': channels.verify },
		read: calendarReader({ ...config, country: defaults.country }),
		stateOf: calendarStateOf,
		...(phone === undefined ? {} : { phone }),
		feed: calendarFeed(config, connectCalendar({ credentials, rootUrl }), channels),
	};
}
