import type { PhoneNumber } from '../records';
import { whatsAppRefusal } from '../refusal';
import { lastInbound, type State } from '../state';

const WINDOW_MS = 24 * 60 * 60 * 1000;

/** Refuses numbers that are not ours. */
export function requireSender(state: State, digits: string): PhoneNumber {
	const number = state.numbers.find((candidate) => candidate.digits === digits);
	if (number) return number;
	const ours = state.numbers.map((candidate) => candidate.digits).join(', ');
	throw whatsAppRefusal(133010, `whatsapp_phone_number ${digits} is not connected (connected: ${ours})`);
}

/** Refuses recipients that cannot or do not want to get this message. */
export function checkRecipient(state: State, sender: PhoneNumber, digits: string, category: string | undefined): void {
	if (state.numbers.some((number) => number.digits === digits)) {
		throw whatsAppRefusal(131021, `${digits} is the number of the sender ${sender.display_phone_number}'s own account`);
	}
	const behaviour = state.recipients.get(digits)?.behaviour;
	if (behaviour === 'not-on-whatsapp') throw whatsAppRefusal(131026, `${digits} is not on WhatsApp`);
	// WhatsApp's own opt-out is from marketing; utility and authentication templates still arrive.
	if (behaviour === 'opted-out' && category === 'MARKETING') throw whatsAppRefusal(131050);
}

/** Refuses anything but a template later than 24 hours after the recipient last wrote. */
export function checkWindow(state: State, contactId: string, numberId: string, now: Date): void {
	const last = lastInbound(state, contactId, numberId);
	if (last && now.getTime() - last.getTime() < WINDOW_MS) return;
	const when = last ? `last wrote at ${last.toISOString()}` : 'has never written';
	throw whatsAppRefusal(131047, `the recipient ${when}; more than 24 hours later only templates are delivered`);
}
