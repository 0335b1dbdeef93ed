import type { Contact, Message, PhoneNumber, Recipient, Template } from './records';

export const WABA = { _id: '665f1c2ab7d1c8a5f0e41001', waba_id: '102290129340398', name: 'Messlo sandbox' } as const;

const NUMBERS: readonly PhoneNumber[] = [
	{
		_id: '665f1c2ab7d1c8a5f0e41002',
		waba_id: WABA._id,
		phone_number_id: '106540352242922',
		digits: '911234567890',
		display_phone_number: '+91 12345 67890',
		verified_name: 'Acme',
		is_primary: true,
	},
	{
		_id: '665f1c2ab7d1c8a5f0e41003',
		waba_id: WABA._id,
		phone_number_id: '106540352242923',
		digits: '12025550100',
		display_phone_number: '+1 202-555-0100',
		verified_name: 'Acme US',
		is_primary: false,
	},
];

/** All that is forgotten by `POST /__sandbox/reset`. */
export interface State {
	numbers: PhoneNumber[];
	templates: Template[];
	contacts: Contact[];
	messages: Message[];
	/** By digits. */
	recipients: Map<string, Recipient>;
	keyRevoked: boolean;
	/** The same ids in the same order on every run. */
	nextId(): string;
}

/** A fresh account: one WABA, two numbers, no templates, nobody written to yet. */
export function createState(): State {
	let count = 0x42000;
	return {
		numbers: NUMBERS.map((number) => ({ ...number })),
		templates: [],
		contacts: [],
		messages: [],
		recipients: new Map(),
		keyRevoked: false,
		nextId: () => `665f1c2ab7d1c8a5f0e${(++count).toString(16).padStart(5, '0')}`,
	};
}

/** The contact with this number, made if there is none yet. */
export function contactFor(state: State, digits: string, now: Date, name = ''): Contact {
	const known = state.contacts.find((contact) => contact.phone_number === digits);
	if (known) return known;
	const at = now.toISOString();
	const contact: Contact = { _id: state.nextId(), phone_number: digits, name, createdAt: at, updatedAt: at };
	state.contacts.push(contact);
	return contact;
}

/** When this contact last wrote to this number. */
export function lastInbound(state: State, contactId: string, numberId: string): Date | undefined {
	return state.messages.findLast(
		(message) => message.direction === 'incoming' && message.contact_id === contactId && message.number_id === numberId,
	)?.createdAt;
}

/** Our number that is used when the caller names none. */
export function primaryNumber(state: State): PhoneNumber {
	const primary = state.numbers.find((number) => number.is_primary);
	if (!primary) throw new Error('The sandbox has no primary number.');
	return primary;
}
