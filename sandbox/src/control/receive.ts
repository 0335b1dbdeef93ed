import { react } from '../automation/react';
import { requireSender } from '../whatsapp/check-recipient';
import type { Message } from '../records';
import { contactFor, primaryNumber } from '../state';
import { wamid } from '../whatsapp/outgoing';
import type { World } from '../world';

export interface Inbound {
	contact_no: string;
	message?: string;
	button?: { text: string; payload?: string; message_id?: string };
	name?: string;
	whatsapp_phone_number?: string;
}

/** A person writes, or taps a button: opens the 24-hour window, and what the account does by itself follows. */
export async function receive(world: World, inbound: Inbound): Promise<Message> {
	const message = takeInbound(world, inbound);
	await react(world, message);
	return message;
}

/** The message of a person, and nothing that follows from it. */
export function takeInbound(world: World, inbound: Inbound): Message {
	const { state, clock } = world;
	const { contact_no: digits, button, name, whatsapp_phone_number: ours } = inbound;
	const at = clock.now();
	const contact = contactFor(state, digits, at);
	if (name !== undefined) contact.name = name;
	const id = state.nextId();
	const message: Message = {
		_id: id,
		wa_message_id: wamid(digits, id),
		contact_id: contact._id,
		number_id: (ours === undefined ? primaryNumber(state) : requireSender(state, ours))._id,
		direction: 'incoming',
		messageType: button ? 'button' : 'text',
		message: button?.text ?? inbound.message ?? '',
		...(button?.message_id !== undefined && { replyTo: button.message_id }),
		buttons: [],
		createdAt: at,
		plan: [{ status: 'received', at }],
	};
	state.messages.push(message);
	world.changed();
	return message;
}
