import type { Contact, Message } from '../records';
import type { World } from '../world';
import { planDelivery } from './progress';

export type Content = Partial<Message> & Pick<Message, 'messageType' | 'message'>;

/** Takes a message to a contact, by the record id of our number or channel: from now on it shows and makes progress. */
export function takeMessage(world: World, fromId: string, contact: Contact, content: Content): Message {
	const { state, clock, settings } = world;
	const createdAt = clock.now();
	const id = state.nextId();
	const message: Message = {
		buttons: [],
		...content,
		_id: id,
		wa_message_id: wamid(contact.phone_number, id),
		contact_id: contact._id,
		number_id: fromId,
		direction: 'outgoing',
		createdAt,
		...planDelivery(createdAt, settings.deliveryMs, state.recipients.get(contact.phone_number)),
	};
	state.messages.push(message);
	world.changed();
	for (const step of message.plan) world.changed(step.at.getTime() - createdAt.getTime());
	return message;
}

/** An id as WhatsApp makes them: "wamid." and base64. */
export const wamid = (digits: string, recordId: string): string =>
	`wamid.${Buffer.from(`${digits}.${recordId}`).toString('base64')}`;
