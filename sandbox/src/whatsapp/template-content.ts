import type { Card, Message, Template } from '../records';
import type { World } from '../world';
import { buttonsOfTemplate, ownButtons } from './buttons';
import { cardsOfTemplate, type CardValues } from './cards';
import type { TemplateRequest } from './check-template-message';
import { fetchMedia, fetchOptions, kindOfAddress } from './fetch-media';
import type { Content } from './outgoing';
import { fill } from './placeholders';

/** What a template message can carry beside its variables and header. */
export interface Extras {
	coupon?: string;
	offerMinutes?: number;
	cardValues?: CardValues[];
	/** Cards of products, which the template does not hold. */
	productCards?: Card[];
	sentBy?: string;
}

/** A template filled in, as the phone shows it; its media is fetched now. */
export async function templateContent(
	world: World,
	template: Template,
	{ templateVariables: values = {}, mediaUrl }: TemplateRequest,
	extras: Extras = {},
): Promise<Content> {
	const { header_media_type: kind, header_text: header } = template;
	const footer = footerOf(template);
	const cards =
		extras.productCards ??
		(await cardsOfTemplate(template, extras.cardValues, (url) =>
			fetchMedia(url, kindOfAddress(url), fetchOptions(world, true)),
		));
	return {
		messageType: 'template',
		message: fill(bodyOf(template), values),
		...(header && { header: fill(header, values) }),
		...(footer && { footer }),
		templateName: template.template_name,
		languageCode: template.language,
		templateVariables: values,
		buttons: [...buttonsOfTemplate(template.buttons, extras.coupon), ...ownButtons(template, values)],
		...(cards.length > 0 && { cards }),
		...(template.is_limited_time_offer && { offer: offerOf(world, template, extras.offerMinutes) }),
		...(extras.sentBy !== undefined && { sentBy: extras.sentBy }),
		...(mediaUrl !== undefined &&
			kind !== undefined && { mediaUrl, media: await fetchMedia(mediaUrl, kind, fetchOptions(world, true)) }),
	};
}

// Meta's own words: https://developers.facebook.com/docs/whatsapp/business-management-api/authentication-templates
const bodyOf = ({ message_body: body = '', add_security_recommendation: warns }: Template): string =>
	warns ? `${body} For your security, do not share this code.` : body;

const footerOf = ({ footer_text: footer, code_expiration_minutes: minutes }: Template): string | undefined =>
	minutes === undefined ? footer : `This code expires in ${minutes} minutes.`;

function offerOf({ clock }: World, template: Template, minutes?: number): NonNullable<Message['offer']> {
	const ends = minutes === undefined ? undefined : new Date(clock.now().getTime() + minutes * 60_000);
	return { text: template.offer_text ?? '', ...(ends && { expiresAt: ends.toISOString() }) };
}
