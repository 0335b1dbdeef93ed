import type { Appointment, Happening, Reading } from '../../domain';
import type { Known, Source, StoredDelivery } from '../source';
import { phoneIn } from './phone';
import { type ReminderSettings, remindersOf, startOf } from './reminders';
import { changed, sameTime, type Standing, standingOf } from './standing';
import { readStored, type StoredEvent } from './stored-event';

export interface ReaderSettings extends ReminderSettings {
	/** Undefined: the number is looked for by `phoneIn`. */
	phone?: string | undefined;
	country?: string | undefined;
}

const OVERTAKEN = 'the appointment was changed or cancelled meanwhile';

/** What one state of an event means, compared with the state before it. */
export function calendarReader(settings: ReaderSettings): Source['read'] {
	return ({ body }, known = { overtaken: false }) => {
		const event = readStored(body);
		if (!event) return { kind: 'unreadable', reason: 'it is not an event of Google Calendar' };
		const last = known.previous && readStored(known.previous.body);
		const before = last && standingOf(last);
		const standing = standingOf(event);
		return standing.stands
			? readStanding(settings, event, standing.appointment, before, known)
			: readFallen(settings, event, standing, before?.stands ? before.appointment : undefined, known);
	};
}

export function calendarStateOf({ body }: StoredDelivery): { subject: string; occurredAt: Date } | undefined {
	const event = readStored(body);
	return event && { subject: event.id, occurredAt: new Date(event.calendar.listedAt) };
}

function readStanding(
	settings: ReaderSettings,
	event: StoredEvent,
	appointment: Appointment,
	before: Standing | undefined,
	known: Known,
): Reading {
	const occurredAt = event.calendar.listedAt;
	const previous = before?.stands ? before.appointment : undefined;
	const isRestored = before?.stands === false && before.cancelled;
	const isNew = isRestored || (before === undefined && event.calendar.isNew);
	const isMoved = previous !== undefined && !sameTime(previous, appointment);
	const main = announcement(event, appointment, previous, isNew);
	// What was due before it had this start was the business of earlier states, or of nobody.
	const settled = Date.parse((isMoved || isRestored ? event.updated : isNew ? event.created : undefined) ?? '');
	const settledAt = new Date(Number.isNaN(settled) ? occurredAt : settled);
	const reminders = remindersOf(appointment, settings, { occurredAt, settledAt });
	const newest = appointmentSince(known);
	const still: Happening[] = [
		...(main.happening && (!newest || (newest.stands && changed(newest.appointment, appointment).length === 0))
			? [main.happening]
			: []),
		...(!newest || (newest.stands && sameTime(newest.appointment, appointment)) ? reminders : []),
	];
	const common = {
		subject: event.id,
		occurredAt,
		...(isMoved ? { withdraws: 'the appointment was moved' } : {}),
		...(newest ? { overtaken: OVERTAKEN } : {}),
	};
	const [first, ...others] = still;
	if (!first) {
		const reason = newest && (main.happening || reminders.length > 0) ? OVERTAKEN : main.reason;
		return { kind: 'ignored', reason, carriesState: true, ...common };
	}
	return {
		...first,
		...common,
		kind: 'event',
		also: others,
		// What is said late is said with what is known now: a number that was added meanwhile, say.
		appointment: {
			...(newest?.stands && sameTime(newest.appointment, appointment) ? newest.appointment : appointment),
			...(previous ? { changed: changed(previous, appointment) } : {}),
		},
		...phoneOf(settings, newest?.stands ? newest.event : event),
	};
}

/** Cancelled, declined, or no appointment at all. */
function readFallen(
	settings: ReaderSettings,
	event: StoredEvent,
	standing: Extract<Standing, { stands: false }>,
	previous: Appointment | undefined,
	known: Known,
): Reading {
	const { listedAt, toldBy } = event.calendar;
	const newest = appointmentSince(known);
	const common = {
		subject: event.id,
		occurredAt: listedAt,
		...(previous ? { withdraws: standing.cancelled ? 'the appointment was cancelled' : standing.because } : {}),
		...(newest ? { overtaken: OVERTAKEN } : {}),
	};
	const ignored = (reason: string): Reading => ({ kind: 'ignored', reason, carriesState: true, ...common });
	if (!previous)
		return ignored(
			standing.cancelled ? 'it was cancelled, and no appointment was known' : `no message: ${standing.because}`,
		);
	if (!standing.cancelled) return ignored(`no more messages: ${standing.because}`);
	if (newest?.stands) return ignored(OVERTAKEN);
	if (startOf(previous, settings.allDayAt) <= new Date(listedAt)) return ignored('it was cancelled after it had begun');
	if (toldBy) return ignored('it was cancelled with other dates of its series, and the first of these tells of it');
	// Deleted events carry next to nothing: the copy tells what it was.
	const copy = readStored(known.previous?.body ?? Buffer.alloc(0)) ?? event;
	return {
		kind: 'event',
		event: 'calendar.cancelled',
		appointment: standing.appointment ?? previous,
		...common,
		...phoneOf(settings, copy),
	};
}

/** What the customer is told of this state, or why nothing. */
function announcement(
	event: StoredEvent,
	appointment: Appointment,
	previous: Appointment | undefined,
	isNew: boolean,
): { happening?: Happening; reason: string } {
	const { listedAt, toldBy } = event.calendar;
	if (previous && changed(previous, appointment).length === 0)
		return { reason: 'nothing changed that a customer cares for, and no reminder is to come' };
	if (Date.parse(appointment.end ?? appointment.start) <= Date.parse(listedAt)) return { reason: 'it is over already' };
	if (!previous && !isNew)
		return { reason: 'it was booked before the bridge knew the calendar or this date, and no reminder is to come' };
	if (toldBy) return { reason: 'another date of its series tells of it, and no reminder is to come' };
	return {
		happening: { event: previous ? 'calendar.updated' : 'calendar.created', occurredAt: listedAt },
		reason: '',
	};
}

/** The newest state, when it is not this one. */
function appointmentSince({ overtaken, newest }: Known): (Standing & { event: StoredEvent }) | undefined {
	const event = overtaken ? newest && readStored(newest.body) : undefined;
	return event && { ...standingOf(event), event };
}

const phoneOf = ({ phone, country }: ReaderSettings, event: StoredEvent) =>
	phone === undefined ? phoneIn(event, country) : {};
