import type { Media, MediaKind } from '../records';
import { Refusal } from '../refusal';
import type { UploadedFile } from '../uploaded-file';
import { messageButtons } from '../whatsapp/buttons';
import { cardsOfMessage } from '../whatsapp/cards';
import type { TemplateRequest } from '../whatsapp/check-template-message';
import { fetchMedia, fetchOptions, kindOfAddress, uploadedMedia } from '../whatsapp/fetch-media';
import type { Content } from '../whatsapp/outgoing';
import type { World } from '../world';

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

/** What a body says, but for templates; media is fetched now. */
export async function contentsOf(world: World, body: SendBody, variant?: string): Promise<Content[]> {
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
