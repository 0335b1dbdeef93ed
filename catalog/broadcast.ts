import { boolean, choice, dateTime, integer, list, map, required, string, url, when } from './fields';
import type { Field, Operation } from './operation';
import { PICK, recordInPath, tagIds, wabaId } from './pick';

const basics: readonly Field[] = [
	required(string('name', 'Name of the campaign.', 'June letter')),
	wabaId,
	required(
		string('template_name', 'Approved template.', 'monthly_letter', { label: 'Template', pick: PICK.templateName }),
	),
];
const numbers = list(
	'contact_numbers',
	'Phone numbers, digits only with country code.',
	['12025550143', '12025550144'],
	{
		required: true,
		min: 1,
		items: 'phone',
		label: 'Recipient Phones',
	},
);
const tags = required(tagIds);

const audience: readonly Field[] = [
	choice('recipient_type', 'Who gets it.', ['all_contacts', 'specific_contacts', 'tags'], {
		required: true,
		label: 'Audience',
	}),
	when('recipient_type', ['specific_contacts'], numbers),
	when('recipient_type', ['tags'], tags),
];
const variables = map(
	'variables_mapping',
	'Values by position, the same for all: the key "1" fills {{1}}.',
	{ '1': 'friend', '2': 'June' },
	{ label: 'Template Variables', shown: true },
);
const media = url('media_url', 'Public address of the header media.', 'https://cdn.example.com/banner.jpg', {
	label: 'Media URL',
});
const coupon = string('coupon_code', 'Code for the copy button.', 'JUNE15');
const schedule: readonly Field[] = [
	boolean('is_scheduled', 'Whether to send later.', true, { default: false, label: 'Schedule' }),
	when('is_scheduled', [true], required(dateTime('scheduled_at', 'When to send.', '2026-07-01T09:00:00Z'))),
];
/** The inner names of a card are a guess of the contract; more may be given. */
const cards = list(
	'carousel_cards_data',
	'Cards, in the order of the template.',
	[{ media_url: 'https://cdn.example.com/lamp1.jpg' }, { media_url: 'https://cdn.example.com/lamp2.jpg' }],
	{
		min: 1,
		open: true,
		label: 'Cards',
		fields: [
			url('media_url', 'Image or video of the card.', 'https://cdn.example.com/lamp1.jpg', { label: 'Media URL' }),
			map('variables_mapping', 'Values of the card by position.', { '1': 'Desk lamp' }, { label: 'Card Variables' }),
		],
	},
);

interface Kind extends Omit<Operation, 'resource' | 'route' | 'contract' | 'rows'> {
	row?: number;
	variant: string;
}

/** Creating may already start the send; the API does not say. */
const create = ({ id, row, variant, ...rest }: Kind): Operation => ({
	id: `campaign.create${id}`,
	resource: 'Campaign',
	route: 'POST /api/campaigns',
	contract: { operationId: 'createCampaign', variant },
	planLimited: true,
	rows: row === undefined ? [] : [row],
	...rest,
});

export const broadcast: readonly Operation[] = [
	{
		id: 'campaign.getMany',
		resource: 'Campaign',
		operation: 'Get Many',
		label: 'Get many campaigns',
		description: 'Lists all campaigns and their states.',
		route: 'GET /api/campaigns',
		contract: { operationId: 'listCampaigns' },
		rows: [37],
		fields: [],
		itemsAt: ['data.campaigns', 'data', 'campaigns'],
	},
	create({
		id: 'ForAll',
		row: 38,
		variant: 'CampaignAllContacts',
		operation: 'Create for All Contacts',
		label: 'Create a campaign for all contacts',
		description: 'Creates a campaign that sends an approved template to every contact.',
		fixed: { recipient_type: 'all_contacts' },
		fields: [...basics, variables, ...schedule],
	}),
	create({
		id: 'ForNumbers',
		row: 39,
		variant: 'CampaignSpecificContacts',
		operation: 'Create for Specific Contacts',
		label: 'Create a campaign for specific contacts',
		description: 'Creates a campaign that sends an approved template to the given phone numbers only.',
		fixed: { recipient_type: 'specific_contacts' },
		fields: [...basics, numbers, variables, ...schedule],
	}),
	create({
		id: 'ForTags',
		row: 40,
		variant: 'CampaignByTags',
		operation: 'Create for Tags',
		label: 'Create a scheduled campaign for tags',
		description: 'Creates a campaign that sends an approved template to contacts with given tags, now or later.',
		fixed: { recipient_type: 'tags' },
		fields: [...basics, tags, variables, ...schedule],
	}),
	create({
		id: 'WithMedia',
		row: 41,
		variant: 'CampaignWithMedia',
		operation: 'Create with Media',
		label: 'Create a campaign with header media',
		description: 'Creates a campaign whose template has an image, video or document header.',
		fields: [...basics, ...audience, required(media), variables, ...schedule],
	}),
	create({
		id: 'WithCoupon',
		row: 42,
		variant: 'CampaignWithCoupon',
		operation: 'Create with Coupon',
		label: 'Create a campaign with a coupon',
		description: 'Creates a campaign whose template has a button that copies this coupon code.',
		fields: [...basics, ...audience, required(coupon), media, variables, ...schedule],
	}),
	create({
		id: 'LimitedTimeOffer',
		row: 43,
		variant: 'CampaignLimitedTimeOffer',
		operation: 'Create Limited-Time Offer',
		label: 'Create a campaign for a limited time offer',
		description: 'Creates a campaign whose template shows a countdown of this many minutes.',
		fields: [
			...basics,
			...audience,
			required(integer('offer_expiration_minutes', 'Minutes until the offer ends.', 120, { min: 1 })),
			coupon,
			media,
			variables,
			...schedule,
		],
	}),
	create({
		id: 'ProductCarousel',
		row: 44,
		variant: 'CampaignProductCarousel',
		operation: 'Create Product Carousel',
		label: 'Create a campaign with a product carousel',
		description: 'Creates a campaign whose template shows cards of products from the catalog.',
		fields: [
			...basics,
			...audience,
			list(
				'carousel_products',
				'Products, card by card.',
				[{ product_retailer_id: 'lamp-1', catalog_id: '998877665544332' }],
				{
					required: true,
					min: 1,
					label: 'Products',
					fields: [
						required(string('product_retailer_id', 'Product ID in the catalog.', 'lamp-1', { pick: PICK.product })),
						required(
							string('catalog_id', 'Catalog ID at Meta.', '998877665544332', {
								label: 'Catalog',
								pick: PICK.metaCatalog,
							}),
						),
					],
				},
			),
			variables,
			...schedule,
		],
	}),
	create({
		id: 'MediaCarousel',
		row: 45,
		variant: 'CampaignMediaCarousel',
		operation: 'Create Media Carousel',
		label: 'Create a campaign with a media carousel',
		description: 'Creates a campaign whose template shows cards of images or videos from public addresses.',
		fields: [...basics, ...audience, required(cards), variables, ...schedule],
	}),
	create({
		id: 'MediaCarouselFiles',
		row: 46,
		variant: 'CampaignMediaCarouselFiles',
		operation: 'Create Media Carousel From Files',
		label: 'Create a campaign with a media carousel of files',
		description: 'Uploads images or videos and creates a campaign whose template shows them as cards.',
		multipart: true,
		fields: [
			...basics,
			...audience,
			list('file_url', 'Files in card order; not addresses.', ['data0', 'data1'], {
				required: true,
				min: 1,
				items: 'file',
				label: 'Files',
			}),
			cards,
			variables,
		],
	}),
	create({
		id: 'ForChannel',
		variant: 'CampaignOtherChannel',
		operation: 'Create for Another Channel',
		label: 'Create a campaign for another channel',
		description: 'Creates a campaign on Telegram, Facebook, Instagram or all channels.',
		fields: [
			required(choice('platform', 'Channel.', ['telegram', 'facebook', 'instagram', 'all'])),
			...basics.filter((field) => field !== wabaId),
			...audience,
			variables,
			...schedule,
		],
	}),
	{
		id: 'campaign.send',
		resource: 'Campaign',
		operation: 'Send',
		label: 'Send a campaign',
		description: 'Starts sending an existing campaign; read its state first, so that it is not sent twice.',
		route: 'POST /api/campaigns/{id}/send',
		contract: { operationId: 'sendCampaign' },
		rows: [],
		fields: [recordInPath('Campaign', '00e', PICK.campaign)],
		fixed: {},
	},
];
