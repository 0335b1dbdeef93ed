import type { Contact, LoginSession, Message, PhoneNumber, Recipient, Template, Waba } from './records';
import { notFound } from './refusal';
import type { Settings } from './world';

export const WABA: Readonly<Waba> = {
	_id: '665f1c2ab7d1c8a5f0e41001',
	waba_id: '102290129340398',
	name: 'Messlo sandbox',
};

const NUMBERS: readonly Omit<PhoneNumber, 'profile' | 'calling'>[] = [
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

/** A record of a plain collection: what was posted, and these. */
export interface Entry {
	_id: string;
	createdAt: string;
	updatedAt: string;
	[field: string]: unknown;
}

/** A call that the account made to an address of the user: a flow's `api` node, a login event. */
export interface OutgoingCall {
	at: string;
	method: string;
	url: string;
	headers: Record<string, string>;
	body: string;
	/** What came back; absent while it is under way. */
	status?: number;
	problem?: string;
}

/** All that is forgotten by `POST /__sandbox/reset`. */
export interface State {
	wabas: Waba[];
	numbers: PhoneNumber[];
	templates: Template[];
	contacts: Contact[];
	messages: Message[];
	/** By digits. */
	recipients: Map<string, Recipient>;
	keyRevoked: boolean;
	/** Everything that is only kept, by name of the collection. */
	collections: Map<string, Entry[]>;
	logins: LoginSession[];
	calls: OutgoingCall[];
	/** Files by address, which are not fetched from there. */
	files: Map<string, { type: string; bytes: Buffer }>;
	/** The link to a shop, while there is one. */
	shopify?: Record<string, unknown>;
	/** The same ids in the same order on every run. */
	nextId(): string;
}

/** A fresh account: one WABA, two numbers, no templates, nobody written to yet. */
export function createState({ loginKey }: Pick<Settings, 'loginKey'>): State {
	let count = 0x42000;
	return {
		wabas: [{ ...WABA }],
		numbers: NUMBERS.map((number) => ({ ...number, profile: { about: 'Open 9 to 6' }, calling: { enabled: false } })),
		templates: [],
		contacts: [],
		messages: [],
		recipients: new Map(),
		keyRevoked: false,
		collections: new Map([['login-apps', [loginApp(loginKey)]]]),
		logins: [],
		calls: [],
		files: new Map(),
		nextId: () => `665f1c2ab7d1c8a5f0e${(++count).toString(16).padStart(5, '0')}`,
	};
}

const loginApp = (key: string): Entry => ({
	_id: '665f1c2ab7d1c8a5f0e41016',
	name: 'Sandbox login',
	platform: 'web',
	use_messlo_phone: false,
	api_key: key,
	webhook_secret: 'sandbox-login-secret',
	createdAt: '2026-01-01T00:00:00.000Z',
	updatedAt: '2026-01-01T00:00:00.000Z',
});

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

/** The WABA of a record id or an id at Meta. */
export function wabaById(state: State, id: string): Waba {
	const waba = state.wabas.find((candidate) => candidate._id === id || candidate.waba_id === id);
	if (!waba) throw notFound(`WABA ${id}`);
	return waba;
}

/** Our number of a record id or an id at Meta. */
export function numberById(state: State, id: string): PhoneNumber {
	const number = state.numbers.find((candidate) => candidate._id === id || candidate.phone_number_id === id);
	if (!number) throw notFound(`Phone number ${id}`);
	return number;
}

/** The contact with this record id. */
export function contactById(state: State, id: string | undefined): Contact {
	const contact = state.contacts.find(({ _id }) => _id === id);
	if (!contact) throw notFound(`Contact ${id}`);
	return contact;
}
