import type { PhoneNumber } from '../records';
import { Refusal } from '../refusal';
import { contactById, contactFor, numberById, primaryNumber } from '../state';
import { checkRecipient, checkWindow, requireSender } from '../whatsapp/check-recipient';
import { takeMessage } from '../whatsapp/outgoing';
import { sendTemplate } from '../whatsapp/send-template';
import type { World } from '../world';
import { handler, type Handler } from './handler';
import { contentsOf, type SendBody } from './send-content';
import { sendToChannel } from './send-to-channel';

export const send: Record<string, Handler> = {
	sendMessage: handler<SendBody>(async (call) => {
		const { world, body } = call;
		if (body.platform !== undefined) return sent(await sendToChannel(world, body));
		const sender = senderOf(world, body);
		const digits = body.contact_no ?? contactById(world.state, body.contact_id).phone_number;
		if (body.messageType === 'template') return sent(await sendTemplate(world, sender, digits, body));
		checkRecipient(world.state, sender, digits, undefined);
		checkOpenWindow(world, sender, digits);
		const contents = await contentsOf(world, body, call.variant);
		// Only now: a message that is refused leaves no trace in the account.
		const contact = contactFor(world.state, digits, world.clock.now());
		const [first] = contents.map((content) => takeMessage(world, sender._id, contact, content));
		if (!first) throw new Refusal(400, 'Nothing to send');
		return sent(first);
	}),
};

const sent = (message: { _id: string; wa_message_id: string; contact_id: string }): Record<string, unknown> => ({
	success: true,
	message: 'Message sent',
	data: { _id: message._id, message_id: message.wa_message_id, status: 'sent', contact_id: message.contact_id },
});

function senderOf({ state }: World, body: SendBody): PhoneNumber {
	if (body.whatsapp_phone_number_id !== undefined) return numberById(state, body.whatsapp_phone_number_id);
	if (body.whatsapp_phone_number !== undefined) return requireSender(state, body.whatsapp_phone_number);
	return primaryNumber(state);
}

function checkOpenWindow(world: World, sender: PhoneNumber, digits: string): void {
	const contact = world.state.contacts.find(({ phone_number }) => phone_number === digits);
	checkWindow(world.state, contact?._id ?? '', sender._id, world.clock.now());
}
