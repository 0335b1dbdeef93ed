import type { Contact, Media, MediaKind, PhoneNumber } from '../records';
import { Refusal } from '../refusal';
import { contactById, contactFor, numberById, primaryNumber } from '../state';
import type { UploadedFile } from '../uploaded-file';
import { messageButtons } from '../whatsapp/buttons';
import { cardsOfMessage } from '../whatsapp/cards';
import { checkRecipient, checkWindow, requireSender } from '../whatsapp/check-recipient';
import type { TemplateRequest } from '../whatsapp/check-template-message';
import { fetchMedia, fetchOptions, kindOfAddress, uploadedMedia } from '../whatsapp/fetch-media';
import { takeMessage, type Content } from '../whatsapp/outgoing';
import { sendTemplate } from '../whatsapp/send-template';
import type { World } from '../world';
import { handler, type Call, type Handler } from './handler';
import { sendToChannel } from './send-to-channel';

export interface SendBody extends TemplateRequest {
	contact_no?: string;
	contact_id?: string;
	whatsapp_phone_number?: string;
	whatsapp_phone_number_id?: string;
	workspace_id?: string;
	/** Chat on another channel. */
	recipient_id?: string;
	messageType?: string;
	message?: string;
	mediaUrls?: string[];
	file_url?: UploadedFile;
	buttons?: Record<string, unknown>[];
	buttonParams?: Record<string, unknown>;
	latitude?: number;
	longitude?: number;
	name?: string;
	address?: string;
	reactionMessageId?: string;
	reactionEmoji?: string;
	carouselCardsData?: Record<string, unknown>[];
}

export const send: Record<string, Handler> = {
	sendMessage: handler<SendBody>(async (call) => {
		const { world, body } = call;
		if (body.platform !== undefined) return sent(await sendToChannel(world, body));
		const sender = senderOf(world, body);
		const digits = body.contact_no ?? contactById(world.state, body.contact_id).phone_number;
		if (body.messageType === 'template') return sent(await sendTemplate(world, sender, digits, body));
		checkRecipient(world.state, sender, digits, undefined);
		checkOpenWindow(world, sender, digits);
		const contents = await contentsOf(call);
		// Only now: a message that is refused leaves no trace in the account.
		const contact: Contact = contactFor(world.state, digits, world.clock.now());
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

/** What a body says, but for templates; media is fetched now. */
export async function contentsOf({
	world,
	body,
	variant,
}: Pick<Call<SendBody>, 'world' | 'body' | 'variant'>): Promise<Content[]> {
	const fetchAs = (url: string, kind: MediaKind): Promise<Media> => fetchMedia(url, kind, fetchOptions(world));
	const message = body.message ?? '';
	if (body.file_url !== undefined) {
		const media = uploadedMedia(body.file_url, body.messageType as MediaKind);
		return [{ messageType: media.kind, message, media }];
	}
	if (variant === 'SendMultipleMedia') {
		const urls = body.mediaUrls ?? [];
		const files = await Promise.all(urls.map((url) => fetchAs(url, kindOfAddress(url))));
		return files.map((media, index) => ({
			messageType: media.kind,
			message: index === 0 ? message : '',
			media,
			...(urls[index] !== undefined && { mediaUrl: urls[index] }),
		}));
	}
	if (body.reactionMessageId !== undefined) {
		return [{ messageType: 'reaction', message: body.reactionEmoji ?? '', replyTo: body.reactionMessageId }];
	}
	switch (body.messageType) {
		case 'image':
		case 'video':
		case 'audio':
		case 'document': {
			if (body.mediaUrl === undefined) throw new Refusal(400, `mediaUrl is required for ${body.messageType}`);
			const media = await fetchAs(body.mediaUrl, body.messageType);
			return [{ messageType: body.messageType, message, media, mediaUrl: body.mediaUrl }];
		}
		case 'location':
			return [{ messageType: 'location', message: body.name ?? '', location: locationOf(body) }];
		case 'carousel': {
			const cards = await cardsOfMessage(body.carouselCardsData ?? [], (url) => fetchAs(url, kindOfAddress(url)));
			return [{ messageType: 'carousel', message, cards }];
		}
		default:
			return [
				{ messageType: body.messageType ?? 'text', message, buttons: messageButtons(body.buttons, body.buttonParams) },
			];
	}
}

function locationOf({ latitude = 0, longitude = 0, name, address }: SendBody): NonNullable<Content['location']> {
	return { latitude, longitude, ...(name !== undefined && { name }), ...(address !== undefined && { address }) };
}
