import type { Appointment } from '../../domain';
import { instantOf, isoIn, isTimezone } from '../../zoned-time';
import { plainText } from './plain-text';
import type { StoredEvent } from './stored-event';

/** The event in the words of the domain; undefined when it has no start, as deleted ones have none. */
export function appointmentOf(event: StoredEvent): Appointment | undefined {
	const timezone = [event.start?.timeZone, event.calendar.timeZone].find((each) => each && isTimezone(each)) ?? 'UTC';
	const start = timeOf(event.start, timezone);
	if (start === undefined) return undefined;
	const meeting =
		event.hangoutLink ||
		event.conferenceData?.entryPoints?.find(({ entryPointType }) => entryPointType === 'video')?.uri;
	return {
		id: event.id,
		...given('title', event.summary?.trim()),
		...given('description', plainText(event.description ?? '')),
		...given('location', event.location?.trim()),
		start,
		...given('end', timeOf(event.end, timezone)),
		allDay: !event.start?.dateTime,
		timezone,
		attendees: guestsOf(event)
			.filter(({ responseStatus }) => responseStatus !== 'declined')
			.map((each) => ({
				...given('name', each.displayName),
				...given('email', each.email),
				...given('status', each.responseStatus),
			})),
		...(event.organizer
			? { organizer: { ...given('name', event.organizer.displayName), ...given('email', event.organizer.email) } }
			: {}),
		...given('link', event.htmlLink),
		...given('meetingLink', meeting),
		properties: { ...event.extendedProperties?.shared, ...event.extendedProperties?.private },
		...given('series', event.recurringEventId),
	};
}

/** People: rooms and other resources are attendees too, to Google. */
export const guestsOf = ({ attendees }: StoredEvent) => (attendees ?? []).filter(({ resource }) => !resource);

const given = <Name extends string>(name: Name, value: string | null | undefined): { [K in Name]?: string } =>
	(value ? { [name]: value } : {}) as { [K in Name]?: string };

/** ISO 8601 with offset. A day begins at midnight of the zone or, where the clocks skip that, when it begins there. */
function timeOf(time: StoredEvent['start'], timezone: string): string | undefined {
	const written = time?.dateTime ?? time?.date;
	const parts = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/.exec(written ?? '');
	if (!written || !parts) return undefined;
	if (parts[6] !== undefined) return Number.isNaN(Date.parse(written)) ? undefined : written;
	const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = parts.slice(1, 6).map((part) => Number(part ?? 0));
	return isoIn(instantOf({ year, month, day, minutes: hour * 60 + minute }, timezone), timezone);
}
