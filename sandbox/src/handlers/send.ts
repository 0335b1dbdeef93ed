import type { Contact, Media, MediaKind, Message, PhoneNumber, Template } from '../records';
import { Refusal } from '../refusal';
import { contactFor, primaryNumber } from '../state';
import { buttonsOfTemplate, replyButtons } from '../whatsapp/buttons';
import { checkRecipient, checkWindow, requireSender } from '../whatsapp/check-recipient';
import { checkTemplateMessage, type TemplateRequest } from '../whatsapp/check-template-message';
import { fetchMedia, kindOfAddress } from '../whatsapp/fetch-media';
import { fill } from '../whatsapp/placeholders';
import { planDelivery } from '../whatsapp/progress';
import type { World } from '../world';
import { contactById } from './contacts';
import { handler, type Call, type Handler } from './handler';

interface SendBody extends TemplateRequest {
	contact_no?: string;
	contact_id?: string;
	whatsapp_phone_number?: string;
	platform?: string;
	messageType?: string;
	message?: string;
	mediaUrls?: string[];
	buttons?: Record<string, unknown>[];
	latitude?: number;
	longitude?: number;
	name?: string;
	address?: string;
	reactionMessageId?: string;
	reactionEmoji?: string;
	carouselCardsData?: Record<string, unknown>[];
}

type Content = Partial<Message> & Pick<Message, 'messageType' | 'message'>;

export const send: Record<string, Handler> = {
	sendMessage: handler<SendBody>(async (call) => {
		const { world, body } = call;
		if (body.platform !== undefined)
			throw new Refusal(501, `The sandbox has no ${body.platform} channel, only WhatsApp`);
		const sender = senderOf(world, body);
		const digits = body.contact_no ?? contactById(world.state, body.contact_id).phone_number;
		const template = body.messageType === 'template' ? checkTemplateMessage(world.state, body) : undefined;
		checkRecipient(world.state, sender, digits, template?.category);
		if (!template) checkOpenWindow(world, sender, digits);
		const contents = await contentsOf(call, template);
		// Only now: a message that is refused leaves no trace in the account.
		const contact = contactFor(world.state, digits, world.clock.now());
		const [first] = contents.map((content) => accept(world, sender, contact, content));
		if (!first) throw new Refusal(400, 'Nothing to send');
		const data = { _id: first._id, message_id: first.wa_message_id, status: 'sent', contact_id: contact._id };
		return { success: true, message: 'Message sent', data };
	}),
};

const senderOf = (world: World, body: SendBody): PhoneNumber =>
	body.whatsapp_phone_number === undefined
		? primaryNumber(world.state)
		: requireSender(world.state, body.whatsapp_phone_number);

function checkOpenWindow(world: World, sender: PhoneNumber, digits: string): void {
	const contact = world.state.contacts.find(({ phone_number }) => phone_number === digits);
	checkWindow(world.state, contact?._id ?? '', sender._id, world.clock.now());
}

async function contentsOf({ world, body, variant }: Call<SendBody>, template?: Template): Promise<Content[]> {
	const fetchAs = (url: string, kind: MediaKind, header = false): Promise<Media> =>
		fetchMedia(url, kind, { timeoutMs: world.settings.mediaTimeoutMs, header });
	if (template) return [await templateContent(body, template, fetchAs)];
	const message = body.message ?? '';
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
		case 'carousel':
			return [{ messageType: 'carousel', message, cards: body.carouselCardsData ?? [] }];
		default:
			return [{ messageType: body.messageType ?? 'text', message, buttons: replyButtons(body.buttons) }];
	}
}

async function templateContent(
	body: SendBody,
	template: Template,
	fetchAs: (url: string, kind: MediaKind, header: boolean) => Promise<Media>,
): Promise<Content> {
	const values = body.templateVariables ?? {};
	const { header_media_type: kind, header_text: header, footer_text: footer } = template;
	return {
		messageType: 'template',
		message: fill(template.message_body ?? '', values),
		...(header && { header: fill(header, values) }),
		...(footer && { footer }),
		templateName: template.template_name,
		languageCode: template.language,
		templateVariables: values,
		buttons: buttonsOfTemplate(template.buttons),
		...(body.mediaUrl !== undefined &&
			kind !== undefined && { mediaUrl: body.mediaUrl, media: await fetchAs(body.mediaUrl, kind, true) }),
	};
}

function locationOf({ latitude = 0, longitude = 0, name, address }: SendBody): NonNullable<Message['location']> {
	return { latitude, longitude, ...(name !== undefined && { name }), ...(address !== undefined && { address }) };
}

function accept(world: World, sender: PhoneNumber, contact: Contact, content: Content): Message {
	const { state, clock, settings } = world;
	const createdAt = clock.now();
	const id = state.nextId();
	const message: Message = {
		buttons: [],
		...content,
		_id: id,
		wa_message_id: wamid(contact.phone_number, id),
		contact_id: contact._id,
		number_id: sender._id,
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
