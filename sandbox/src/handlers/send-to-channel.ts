import type { Contact, Message } from '../records';
import { Refusal } from '../refusal';
import { contactById, type Entry } from '../state';
import { checkTemplateMessage } from '../whatsapp/check-template-message';
import { takeMessage } from '../whatsapp/outgoing';
import { templateContent } from '../whatsapp/template-content';
import type { World } from '../world';
import { channels } from './channels';
import { contentsOf, type SendBody } from './send-content';

/** Sends on Telegram, Facebook or Instagram; the channel must be connected. */
export async function sendToChannel(world: World, body: SendBody): Promise<Message> {
	const channel = channelOf(world, body);
	const [content] =
		body.messageType === 'template'
			? [await templateContent(world, checkTemplateMessage(world.state, body), body)]
			: await contentsOf(world, body);
	if (!content) throw new Refusal(400, 'Nothing to send');
	return takeMessage(world, channel._id, personOf(world, body), content);
}

function channelOf({ state }: World, { platform, workspace_id: workspace }: SendBody): Entry {
	const channel = channels
		.all(state)
		.find((one) => one['platform'] === platform && (workspace ?? one['workspace_id']) === one['workspace_id']);
	if (!channel) throw new Refusal(400, `No ${platform} channel is connected`);
	return channel;
}

/** The contact of the body, else the one of this chat, made if there is none yet. */
function personOf({ state, clock }: World, { contact_id: id, recipient_id: chat, platform }: SendBody): Contact {
	if (id !== undefined) return contactById(state, id);
	const known = state.contacts.find((contact) => contact['recipient_id'] === chat && contact['platform'] === platform);
	if (known) return known;
	const at = clock.now().toISOString();
	const fields = { phone_number: '', name: '', platform, recipient_id: chat, createdAt: at, updatedAt: at };
	const contact = { ...fields, _id: state.nextId() };
	state.contacts.push(contact);
	return contact;
}
