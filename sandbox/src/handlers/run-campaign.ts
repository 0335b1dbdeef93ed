import type { Card, Contact, PhoneNumber } from '../records';
import { Refusal } from '../refusal';
import type { CardValues } from '../whatsapp/cards';
import { checkTemplateMessage, type TemplateRequest } from '../whatsapp/check-template-message';
import { fetchOptions, kindOfAddress, tryMedia, uploadedMedia } from '../whatsapp/fetch-media';
import { takeMessage } from '../whatsapp/outgoing';
import { sendTemplate } from '../whatsapp/send-template';
import { templateContent, type Extras } from '../whatsapp/template-content';
import type { World } from '../world';
import { channels } from './channels';
import { campaigns, type Campaign } from './campaign';
import { catalogAtMeta, products } from './commerce';

/** Sends a campaign to each of its people; who is refused is kept with the reason. */
export async function runCampaign(world: World, campaign: Campaign): Promise<void> {
	const { state } = world;
	const sends = sendsOf(world, campaign);
	const errors: Record<string, unknown>[] = [];
	const tell = (fields: Record<string, unknown>): void => void campaigns.change(world, campaign, fields);
	tell({ status: 'sending', total_contacts: sends.length, started_at: world.clock.now().toISOString(), errors });
	let taken = 0;
	for (const { to, send } of sends) {
		// A reset ends what the old account was doing.
		if (world.state !== state) return;
		try {
			await send();
			taken += 1;
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			errors.push({ contact_no: to, message: error.message, code: error.code });
		}
	}
	const status = taken === 0 && errors.length > 0 ? 'failed' : 'completed';
	tell({ status, completed_at: world.clock.now().toISOString() });
}

interface Send {
	to: string;
	send: () => Promise<unknown>;
}

function sendsOf(world: World, campaign: Campaign): Send[] {
	const { platform = 'whatsapp' } = campaign;
	const request: TemplateRequest = {
		templateName: campaign.template_name,
		templateVariables: campaign.variables_mapping ?? {},
		...(campaign.language !== undefined && { languageCode: campaign.language }),
		...(campaign.media_url !== undefined && { mediaUrl: campaign.media_url }),
	};
	const others = world.state.contacts.filter(
		(contact) => contact['platform'] !== undefined && (platform === 'all' || contact['platform'] === platform),
	);
	const elsewhere = others.map((contact) => ({
		to: String(contact['recipient_id']),
		send: () => sendElsewhere(world, campaign, contact, request),
	}));
	if (platform !== 'whatsapp' && platform !== 'all') return elsewhere;
	// Once for all: products and files are the same in each message.
	let extras: Promise<Extras> | undefined;
	const onWhatsApp = numbersOf(world, campaign).map((to) => ({
		to,
		send: async () => {
			extras ??= extrasOf(world, campaign);
			return sendTemplate(world, senderOf(world, campaign), to, request, await extras);
		},
	}));
	return platform === 'all' ? [...onWhatsApp, ...elsewhere] : onWhatsApp;
}

function senderOf({ state }: World, { waba_id: waba }: Campaign): PhoneNumber {
	const numbers = state.numbers.filter(({ waba_id: of }) => of === (waba ?? state.wabas[0]?._id));
	const number = numbers.find(({ is_primary: is }) => is) ?? numbers[0];
	if (!number) throw new Refusal(400, `WABA ${waba} has no number to send from`);
	return number;
}

async function sendElsewhere(
	world: World,
	campaign: Campaign,
	contact: Contact,
	request: TemplateRequest,
): Promise<void> {
	const platform = String(contact['platform']);
	const channel = channels.all(world.state).find((one) => one['platform'] === platform);
	if (!channel) throw new Refusal(400, `No ${platform} channel is connected`);
	const template = checkTemplateMessage(world.state, { ...request, platform });
	takeMessage(world, channel._id, contact, await templateContent(world, template, request, { sentBy: campaign._id }));
}

/** Whom the campaign is for, each once. */
function numbersOf({ state }: World, { recipient_type: type, contact_numbers = [], tag_ids = [] }: Campaign): string[] {
	const people = state.contacts.filter(({ phone_number: digits }) => digits !== '');
	const has = ({ tags }: Contact): boolean => Array.isArray(tags) && tags.some((tag) => tag_ids.includes(String(tag)));
	const chosen = type === 'tags' ? people.filter(has) : people;
	return [
		...new Set(type === 'specific_contacts' ? contact_numbers : chosen.map(({ phone_number: digits }) => digits)),
	];
}

async function extrasOf(world: World, campaign: Campaign): Promise<Extras> {
	const { carousel_products: wanted, coupon_code: coupon, offer_expiration_minutes: offerMinutes } = campaign;
	const cardValues = cardValuesOf(campaign);
	return {
		sentBy: campaign._id,
		...(coupon !== undefined && { coupon }),
		...(offerMinutes !== undefined && { offerMinutes }),
		...(cardValues.length > 0 && { cardValues }),
		...(wanted && { productCards: await Promise.all(wanted.map((product) => productCard(world, product))) }),
	};
}

/** Cards in order: the uploaded file of each, else its address. */
function cardValuesOf({ carousel_cards_data: cards = [], file_url: files = [] }: Campaign): CardValues[] {
	return Array.from({ length: Math.max(cards.length, files.length) }, (_, index) => {
		const file = files[index];
		const { media_url: mediaUrl, variables_mapping: variables } = cards[index] ?? {};
		return {
			...(mediaUrl !== undefined && { mediaUrl }),
			...(variables && { variables }),
			...(file && { media: uploadedMedia(file, file.type.startsWith('video/') ? 'video' : 'image') }),
		};
	});
}

async function productCard(
	world: World,
	{ catalog_id: metaId, product_retailer_id: id }: { catalog_id: string; product_retailer_id: string },
): Promise<Card> {
	const catalog = catalogAtMeta(world.state, metaId);
	const product = products
		.all(world.state)
		.find((one) => one['catalog_id'] === catalog._id && one['retailer_id'] === id);
	if (!product) throw new Refusal(400, `Product ${id} is not in catalog ${metaId}`);
	const url = String(product['image_url'] ?? '');
	const picture = url === '' ? undefined : await tryMedia(url, kindOfAddress(url), fetchOptions(world));
	return {
		title: String(product['name']),
		text: `${String(product['price'])} ${String(product['currency'])}`,
		...(picture?.ok && { media: picture.media }),
		buttons: [{ kind: 'other', text: 'View', value: id }],
	};
}
