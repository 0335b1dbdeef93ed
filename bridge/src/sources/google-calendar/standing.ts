import type { Appointment } from '../../domain';
import { appointmentOf, guestsOf } from './appointment';
import type { StoredEvent } from './stored-event';

/** Whether there is an appointment to speak of, and why not. */
export type Standing =
	| { stands: true; appointment: Appointment }
	| { stands: false; cancelled: boolean; because: string; appointment?: Appointment };

export function standingOf(event: StoredEvent): Standing {
	const appointment = appointmentOf(event);
	const none = (because: string, cancelled = false): Standing => ({
		stands: false,
		cancelled,
		because,
		...(appointment ? { appointment } : {}),
	});
	if (event.status === 'cancelled') return none('it was cancelled', true);
	if (event.eventType && event.eventType !== 'default')
		return none(`it is of the kind ${event.eventType}, which is no appointment`);
	if (!appointment) return none('it has no start');
	const people = guestsOf(event);
	if (people.some(({ self, responseStatus }) => self && responseStatus === 'declined'))
		return none('the owner of the calendar declined it');
	const customers = people.filter(({ self, organizer }) => !self && !organizer);
	if (customers.length > 0 && customers.every(({ responseStatus }) => responseStatus === 'declined'))
		return none('every guest declined it');
	return { stands: true, appointment };
}

/** The same moment, and said in the same way: a zone that changed changes what a message prints. */
export const sameTime = (one: Appointment, other: Appointment): boolean =>
	Date.parse(one.start) === Date.parse(other.start) &&
	one.allDay === other.allDay &&
	one.timezone === other.timezone &&
	Date.parse(one.end ?? one.start) === Date.parse(other.end ?? other.start);

/** What changed of what a customer cares for. */
export function changed(one: Appointment, other: Appointment): string[] {
	const differs = {
		time: !sameTime(one, other),
		place: one.location !== other.location,
		title: one.title !== other.title,
		description: one.description !== other.description,
	};
	return Object.entries(differs).flatMap(([what, different]) => (different ? [what] : []));
}
