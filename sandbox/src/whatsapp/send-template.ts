import type { Message, PhoneNumber } from '../records';
import { contactFor } from '../state';
import type { World } from '../world';
import { checkRecipient } from './check-recipient';
import { checkTemplateMessage, type TemplateRequest } from './check-template-message';
import { takeMessage } from './outgoing';
import { templateContent, type Extras } from './template-content';

/** Sends an approved template to a number; refuses as WhatsApp does, and then leaves no trace. */
export async function sendTemplate(
	world: World,
	sender: PhoneNumber,
	digits: string,
	request: TemplateRequest,
	extras: Extras = {},
): Promise<Message> {
	const template = checkTemplateMessage(world.state, { wabaId: sender.waba_id, ...request });
	checkRecipient(world.state, sender, digits, template.category);
	const content = await templateContent(world, template, request, extras);
	return takeMessage(world, sender._id, contactFor(world.state, digits, world.clock.now()), content);
}
