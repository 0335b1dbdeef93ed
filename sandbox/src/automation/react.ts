import { messageBots } from '../handlers/keyword-bots';
import { replyMaterials } from '../handlers/reply-materials';
import type { Contact, Message, PhoneNumber } from '../records';
import { contactById, numberById, type Entry } from '../state';
import { sendText } from '../whatsapp/send-text';
import type { World } from '../world';
import { flowsOnMessage, runFlow } from './run-flow';
import { verifyLogin } from './verify-login';

/** What the account does by itself when a person has written: logins, keyword bots, flows. Ends when all is done. */
export async function react(world: World, message: Message): Promise<void> {
	const contact = contactById(world.state, message.contact_id);
	const number = numberById(world.state, message.number_id);
	await verifyLogin(world, message, contact, number);
	answerKeyword(world, message, contact, number);
	for (const flow of flowsOnMessage(world.state)) {
		await runFlow(world, flow, { text: message.message, messageId: message.wa_message_id, contact, number });
	}
}

/** The first bot that has the word answers; bots whose answer is a text only. */
function answerKeyword(world: World, { message }: Message, contact: Contact, number: PhoneNumber): void {
	const bot = messageBots
		.all(world.state)
		.find((one) => one['status'] === 'active' && one['waba_id'] === number.waba_id && isMeant(one, message));
	const material = replyMaterials.all(world.state).find(({ _id }) => _id === bot?.['reply_id']);
	if (bot && material) sendText(world, number, contact, { message: String(material['content']), sentBy: bot._id });
}

const METHODS: Record<string, (text: string, word: string) => boolean> = {
	exact: (text, word) => text === word,
	contains: (text, word) => text.includes(word),
	starts_with: (text, word) => text.startsWith(word),
	ends_with: (text, word) => text.endsWith(word),
	// How the API counts per cent is not published: here, words of the keyword that are in the text.
	partial: (text, word) => word.split(' ').some((part) => text.includes(part)),
};

function isMeant(bot: Entry, message: string): boolean {
	const text = message.trim().toLowerCase();
	const words = Array.isArray(bot['keywords']) ? bot['keywords'].map((word) => String(word).toLowerCase()) : [];
	return words.some((word) => METHODS[String(bot['matching_method'])]?.(text, word) ?? false);
}
