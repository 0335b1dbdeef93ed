import type { Appointment, Happening } from '../../domain';
import { instantOf, localTime, minutesOf } from '../../zoned-time';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

export interface ReminderSettings {
	/** How long before the start, in ms. */
	remind: readonly number[];
	/** Time of day from which reminders of an all-day event count: "09:00". */
	allDayAt: string;
}

/** What the reminders of an appointment count from. */
export function startOf(appointment: Pick<Appointment, 'start' | 'allDay' | 'timezone'>, allDayAt: string): Date {
	const start = new Date(appointment.start);
	if (!appointment.allDay) return start;
	return instantOf({ ...localTime(start, appointment.timezone), minutes: minutesOf(allDayAt) }, appointment.timezone);
}

/**
 * `offset` before the start. Whole days are days of the calendar: a reminder a day before 10:00 comes at 10:00, also when
 * the clocks change in between. Anything else is elapsed time.
 */
export function before(start: Date, offset: number, timezone: string): Date {
	if (offset % DAY_MS !== 0) return new Date(start.getTime() - offset);
	const local = localTime(start, timezone);
	const rest = start.getTime() % MINUTE_MS;
	return new Date(instantOf({ ...local, day: local.day - offset / DAY_MS }, timezone).getTime() + rest);
}

/**
 * The reminders of an appointment, the earliest first. One makes sense until the next is due, the last until the start.
 * Those that were due before the appointment was settled (booked, or moved to this time) are none.
 */
export function remindersOf(
	appointment: Appointment,
	{ remind, allDayAt }: ReminderSettings,
	{ settledAt, occurredAt }: { settledAt: Date; occurredAt: string },
): Happening[] {
	const start = startOf(appointment, allDayAt);
	const all = [...new Set(remind)]
		.map((offset) => ({ offset, due: before(start, offset, appointment.timezone) }))
		.sort((a, b) => a.due.getTime() - b.due.getTime() || b.offset - a.offset);
	return all
		.map(({ offset, due }, index): Happening => {
			const minutes = offset / MINUTE_MS;
			return {
				event: 'calendar.reminder',
				occurredAt,
				reminder: { minutes },
				// A day is named by its date: another time of day for reminders is no new reminder.
				key: `reminder ${minutes} ${appointment.allDay ? appointment.start.slice(0, 10) : start.toISOString()}`,
				dueAt: due.toISOString(),
				staleAt: (all[index + 1]?.due ?? start).toISOString(),
			};
		})
		.filter(({ dueAt = '' }) => Date.parse(dueAt) >= settledAt.getTime());
}
