import type { Contact } from '../records';
import { Refusal } from '../refusal';
import { contactById, contactFor, type State } from '../state';
import type { World } from '../world';
import { segments, tags } from './crm';
import { handler, type Handler } from './handler';
import { isSearched, listAnswer } from './paging';

export interface ContactFields {
	phone_number?: string;
	name?: string;
	tags?: string[];
	segments?: string[];
	custom_fields?: Record<string, unknown>;
	[field: string]: unknown;
}

const digitsOf = (phone: string): string => phone.replace(/\D/g, '');

/** Adds a contact; refuses a number that is there already, and tags and segments of nothing. */
export function addContact(world: World, fields: ContactFields & { phone_number: string }): Contact {
	const digits = digitsOf(fields.phone_number);
	if (world.state.contacts.some(({ phone_number }) => phone_number === digits)) {
		throw new Refusal(400, `A contact with the number ${digits} exists already`);
	}
	checkMarks(world.state, fields);
	const contact = contactFor(world.state, digits, world.clock.now());
	const { _id } = contact;
	return Object.assign(contact, { tags: [], segments: [], custom_fields: {} }, fields, { _id, phone_number: digits });
}

function checkMarks(state: State, fields: ContactFields): void {
	for (const id of fields.tags ?? []) tags.find(state, id);
	for (const id of fields.segments ?? []) segments.find(state, id);
}

export const contacts: Record<string, Handler> = {
	listContacts: handler((call) => {
		const found = call.world.state.contacts.filter(({ name, phone_number }) => isSearched(call, [name, phone_number]));
		return listAnswer(found, call);
	}),

	createContact: handler<ContactFields & { phone_number: string }>(({ world, body }) => {
		const contact = addContact(world, body);
		world.changed();
		return { success: true, data: contact };
	}),

	getContact: handler(({ world, path }) => ({ success: true, data: contactById(world.state, path['id']) })),

	// Tags and segments replace the old ones, custom fields are merged: the contract does not say.
	updateContact: handler<ContactFields>(({ world, path, body }) => {
		const contact = contactById(world.state, path['id']);
		const digits = body.phone_number === undefined ? contact.phone_number : digitsOf(body.phone_number);
		if (digits !== '' && world.state.contacts.some((other) => other !== contact && other.phone_number === digits)) {
			throw new Refusal(400, `A contact with the number ${digits} exists already`);
		}
		checkMarks(world.state, body);
		Object.assign(contact, body, {
			_id: contact._id,
			phone_number: digits,
			custom_fields: { ...Object(contact['custom_fields']), ...body.custom_fields },
			updatedAt: world.clock.now().toISOString(),
		});
		world.changed();
		return { success: true, data: contact };
	}),

	/** A contact goes with its thread. */
	deleteContacts: handler<{ ids: string[] }>(({ world, body }) => {
		const { state } = world;
		const gone = new Set(body.ids.map((id) => contactById(state, id)._id));
		state.contacts = state.contacts.filter(({ _id }) => !gone.has(_id));
		state.messages = state.messages.filter(({ contact_id: id }) => !gone.has(id));
		world.changed();
		return { success: true, message: `${gone.size} deleted` };
	}),
};
