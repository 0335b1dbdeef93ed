import type { Contact } from '../records';
import { notFound, Refusal } from '../refusal';
import { contactFor, type State } from '../state';
import { handler, type Handler } from './handler';
import { isSearched, pageOf } from './paging';

interface ContactFields {
	phone_number?: string;
	name?: string;
	[field: string]: unknown;
}

/** The contact with this record id. */
export function contactById(state: State, id: string | undefined): Contact {
	const contact = state.contacts.find(({ _id }) => _id === id);
	if (!contact) throw notFound(`Contact ${id}`);
	return contact;
}

const digitsOf = (phone: string): string => phone.replace(/\D/g, '');

export const contacts: Record<string, Handler> = {
	listContacts: handler((call) => {
		const found = call.world.state.contacts.filter(({ name, phone_number }) => isSearched(call, [name, phone_number]));
		const { items, pagination } = pageOf(found, call);
		return { success: true, data: { contacts: items, pagination } };
	}),

	createContact: handler<ContactFields & { phone_number: string }>(({ world, body }) => {
		const digits = digitsOf(body.phone_number);
		if (world.state.contacts.some(({ phone_number }) => phone_number === digits)) {
			throw new Refusal(400, `A contact with the number ${digits} exists already`);
		}
		const contact = contactFor(world.state, digits, world.clock.now());
		Object.assign(contact, body, { phone_number: digits });
		world.changed();
		return { success: true, data: contact };
	}),

	getContact: handler(({ world, path }) => ({ success: true, data: contactById(world.state, path['id']) })),

	updateContact: handler<ContactFields>(({ world, path, body }) => {
		const contact = contactById(world.state, path['id']);
		const digits = body.phone_number === undefined ? contact.phone_number : digitsOf(body.phone_number);
		Object.assign(contact, body, {
			_id: contact._id,
			phone_number: digits,
			updatedAt: world.clock.now().toISOString(),
		});
		world.changed();
		return { success: true, data: contact };
	}),
};
