import type { Contact, Message, PhoneNumber } from '../records';
import type { World } from '../world';
import { checkRecipient, checkWindow } from './check-recipient';
import { takeMessage, type Content } from './outgoing';

/** Answers a contact within the 24-hour window; refuses as WhatsApp does. */
export function sendText(
	world: World,
	sender: PhoneNumber,
	contact: Contact,
	content: Omit<Content, 'messageType'>,
): Message {
	checkRecipient(world.state, sender, contact.phone_number, undefined);
	checkWindow(world.state, contact._id, sender._id, world.clock.now());
	return takeMessage(world, sender._id, contact, { messageType: 'text', ...content });
}
