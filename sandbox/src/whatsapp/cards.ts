import { isObject, type Json } from '../openapi/json';
import type { Card, Media, Template } from '../records';
import { whatsAppRefusal } from '../refusal';
import { buttonsOfTemplate, messageButtons } from './buttons';
import { fill } from './placeholders';

/** What a message gives for one card of its template. */
export interface CardValues {
	media?: Media;
	mediaUrl?: string;
	variables?: Record<string, string | number>;
}

type Fetch = (url: string) => Promise<Media>;

/** Cards of a message; their inner fields are not published, so several spellings are read. */
export const cardsOfMessage = (cards: Json[], fetch: Fetch): Promise<Card[]> =>
	Promise.all(
		cards.map(async (card) => {
			const url = firstOf(card, 'image_url', 'mediaUrl', 'media_url', 'header_url', 'image', 'video_url');
			const title = firstOf(card, 'title', 'name', 'header');
			const text = firstOf(card, 'body', 'text', 'description', 'message');
			const buttons = Array.isArray(card['buttons']) ? card['buttons'].filter(isObject) : [];
			return {
				...(title !== undefined && { title }),
				...(text !== undefined && { text }),
				...(url !== undefined && { media: await fetch(url) }),
				buttons: messageButtons(buttons),
			};
		}),
	);

/** A template's cards with the pictures and values of this message; WhatsApp wants all of them. */
export function cardsOfTemplate(template: Template, values: CardValues[] = [], fetch: Fetch): Promise<Card[]> {
	const cards = template.carousel_cards ?? [];
	if (values.length > 0 && values.length !== cards.length) {
		const name = template.template_name;
		throw whatsAppRefusal(
			132012,
			`template (${name}) has ${cards.length} cards, but values for ${values.length} are given`,
		);
	}
	return Promise.all(
		cards.map(async ({ header_url: sample, body = '', buttons }, index) => {
			const { media, mediaUrl = sample, variables = {} } = values[index] ?? {};
			const shown = media ?? (mediaUrl === undefined ? undefined : await fetch(mediaUrl));
			return { text: fill(body, variables), buttons: buttonsOfTemplate(buttons), ...(shown && { media: shown }) };
		}),
	);
}

function firstOf(card: Json, ...names: string[]): string | undefined {
	const found = names.map((name) => card[name]).find((value) => typeof value === 'string' && value !== '');
	return found === undefined ? undefined : String(found);
}
