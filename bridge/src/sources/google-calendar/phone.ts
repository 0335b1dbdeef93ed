import { findPhone } from '../../phone';
import type { StoredEvent } from './stored-event';
import { guestsOf } from './appointment';
import { plainText } from './plain-text';

const NAMES_A_PHONE = /phone|mobile|whats ?app|cell|tel(?!l)|telefone|celular|फ़ोन|मोबाइल/i;

/**
 * Where a number is looked for when the source has no `phone`: extended properties whose name says so (booking tools write
 * these), description, place, title, names and comments of guests. The first that is one.
 */
export function phoneIn(event: StoredEvent, country: string | undefined): { phone: string } | { phoneProblem: string } {
	const properties = Object.entries({ ...event.extendedProperties?.private, ...event.extendedProperties?.shared });
	const places = [
		...properties.flatMap(([name, value]) => (NAMES_A_PHONE.test(name) ? [value] : [])),
		plainText(event.description ?? ''),
		event.location,
		event.summary,
		...guestsOf(event)
			.filter(({ self }) => !self)
			.flatMap(({ displayName, comment }) => [displayName, comment]),
	];
	for (const place of places) {
		const phone = findPhone(place ?? '', country);
		if (phone !== undefined) return { phone };
	}
	return {
		phoneProblem:
			'there is none in the description, place, title, guests or extended properties of the event (with country code, unless defaults.country is set)',
	};
}
