import { boolean, choice, inQuery, integer, list, required, string, url } from './fields';
import type { Field, Operation } from './operation';
import { paging } from './paging';
import { PICK, recordId, recordInPath, wabaId } from './pick';
import { TEMPLATE_LIMITS } from './template-limits';
import {
	ANY_BUTTON,
	body,
	buttons,
	cards,
	category,
	common,
	examples,
	footer,
	header,
	language,
	mediaHeader,
	name,
} from './template-fields';

/** From top to bottom, as the message is read. */
const text = (...samples: Field[]): Field[] => [...common, header, required(body), ...samples, footer];
const [headerUrl, headerKind] = mediaHeader as [Field, Field];
const withoutCategory = common.filter((field) => field.name !== category.name);

interface Kind extends Omit<Operation, 'resource' | 'route' | 'contract' | 'rows'> {
	row?: number;
	variant: string;
}

const create = ({ id, row, variant, ...rest }: Kind): Operation => ({
	id: `template.create${id}`,
	resource: 'Template',
	route: 'POST /api/template/create',
	contract: { operationId: 'createTemplate', variant },
	planLimited: true,
	rows: row === undefined ? [] : [row],
	...rest,
});

export const templates: readonly Operation[] = [
	create({
		id: 'Simple',
		row: 24,
		variant: 'TemplateSimple',
		operation: 'Create Simple',
		label: 'Create a simple template',
		description: 'Creates a template of fixed text and submits it to Meta for approval.',
		fields: text(),
	}),
	create({
		id: 'WithVariables',
		row: 25,
		variant: 'TemplateWithVariables',
		operation: 'Create with Variables',
		label: 'Create a template with variables',
		description: 'Creates a template whose text has placeholders such as {{1}}, each with a sample value.',
		fields: text(required(examples)),
	}),
	create({
		id: 'QuickReply',
		row: 26,
		variant: 'TemplateQuickReply',
		operation: 'Create with Quick Replies',
		label: 'Create a template with quick reply buttons',
		description: 'Creates a template with buttons that answer with their label.',
		fields: [...text(examples), required(buttons(['quick_reply']))],
	}),
	create({
		id: 'Cta',
		row: 27,
		variant: 'TemplateCta',
		operation: 'Create with Call to Action',
		label: 'Create a template with call to action buttons',
		description: 'Creates a template with buttons that open a website or call a number.',
		fields: [...text(examples), required(buttons(['website', 'phone_call', 'quick_reply'], ['website', 'phone_call']))],
	}),
	create({
		id: 'Coupon',
		row: 28,
		variant: 'TemplateCoupon',
		operation: 'Create with Coupon Code',
		label: 'Create a template with a coupon code',
		description: 'Creates a template with a button that copies a coupon code.',
		fields: [
			...text(examples),
			required(buttons(['copy_code', 'quick_reply', 'website', 'phone_call'], ['copy_code'])),
		],
	}),
	create({
		id: 'Otp',
		row: 29,
		variant: 'TemplateOtp',
		operation: 'Create OTP',
		label: 'Create an OTP or authentication template',
		description: 'Creates a template for one-time passcodes; Meta writes the text.',
		fixed: { category: 'AUTHENTICATION' },
		fields: [
			...withoutCategory,
			boolean('add_security_recommendation', 'Whether to add the do-not-share line.', true),
			integer('code_expiration_minutes', 'Minutes that a code lives.', 5, {
				min: 1,
				max: TEMPLATE_LIMITS.passcodeMinutes,
			}),
			integer('otp_code_length', 'Digits of a code.', 6, { min: 1, label: 'Code Length' }),
			list('otp_buttons', 'The button that uses the code.', [{ otp_type: 'COPY_CODE', copy_button_text: 'Copy' }], {
				required: true,
				min: 1,
				max: 1,
				label: 'OTP Buttons',
				fields: [
					required(choice('otp_type', 'How the code is used.', ['COPY_CODE', 'ONE_TAP', 'ZERO_TAP'])),
					string('copy_button_text', 'Label of the button.', 'Copy', { max: TEMPLATE_LIMITS.label }),
				],
			}),
		],
	}),
	create({
		id: 'LimitedTimeOffer',
		row: 30,
		variant: 'TemplateLimitedTimeOffer',
		operation: 'Create Limited-Time Offer',
		label: 'Create a limited time offer template',
		description: 'Creates a template for an offer, with a countdown if wanted.',
		// WhatsApp takes offers as marketing only, without a footer, with an image or a video if any header.
		fixed: { category: 'MARKETING', is_limited_time_offer: true },
		fields: [
			...withoutCategory,
			{ ...headerUrl, example: 'https://cdn.example.com/banner.jpg' },
			{ ...headerKind, choices: ['image', 'video'], example: 'image' },
			required(string('offer_text', 'Offer line.', '15% off', { max: TEMPLATE_LIMITS.offer.text })),
			boolean('has_expiration', 'Whether to show a countdown.', true, { default: false, shown: true }),
			required({ ...body, max: TEMPLATE_LIMITS.offer.body }),
			examples,
			buttons(ANY_BUTTON),
		],
	}),
	create({
		id: 'Catalog',
		row: 31,
		variant: 'TemplateCatalog',
		operation: 'Create with Catalog Button',
		label: 'Create a template with a catalog button',
		description: 'Creates a template with a button that opens the catalog.',
		fields: [...text(examples), required(buttons(['catalog', 'quick_reply'], ['catalog']))],
	}),
	create({
		id: 'CallPermission',
		row: 32,
		variant: 'TemplateCallPermission',
		operation: 'Create Call Permission Request',
		label: 'Create a call permission template',
		description: 'Creates a template that asks the customer for permission to call.',
		fixed: { call_permission: true },
		fields: text(examples),
	}),
	create({
		id: 'Carousel',
		row: 33,
		variant: 'TemplateCarousel',
		operation: 'Create Carousel',
		label: 'Create a carousel template',
		description: 'Creates a template with a row of cards under one text.',
		fields: [...common, required(body), examples, required(cards)],
	}),
	create({
		id: 'MediaHeader',
		row: 34,
		variant: 'TemplateMediaHeader',
		operation: 'Create with Media Header',
		label: 'Create a template with a media header',
		description: 'Creates a template with a PDF, image or video header, sampled from a public address.',
		fields: [...common, required(headerUrl), headerKind, required(body), examples, footer, buttons(ANY_BUTTON)],
	}),
	create({
		id: 'ForChannel',
		variant: 'TemplateOmnichannel',
		operation: 'Create for Another Channel',
		label: 'Create a template for another channel',
		description: 'Creates a template for Telegram, Facebook or Instagram; it counts as approved at once.',
		fields: [
			required(choice('platform', 'Channel.', ['telegram', 'facebook', 'instagram'])),
			name,
			category,
			language,
			required(body),
		],
	}),
	{
		id: 'template.validateMediaUrl',
		resource: 'Template',
		operation: 'Validate Media URL',
		label: 'Validate a template media URL',
		description: 'Checks that a media address can be reached from the internet, as Meta requires for templates.',
		route: 'POST /api/template/validate-media-url',
		contract: { operationId: 'validateTemplateMediaUrl' },
		rows: [35],
		fields: [
			required(url('url', 'Address to check.', 'https://cdn.example.com/samples/invoice.pdf', { label: 'URL' })),
			choice('media_type', 'Kind of media.', ['image', 'video', 'document', 'audio'], { example: 'document' }),
		],
	},
	{
		id: 'template.syncStatus',
		resource: 'Template',
		operation: 'Sync Approval Status',
		label: 'Sync template approval status',
		description: 'Refreshes the approval states of the templates of a WhatsApp account from Meta.',
		route: 'POST /api/template/sync-status',
		contract: { operationId: 'syncTemplateStatus' },
		rows: [36],
		fields: [
			wabaId,
			list('template_ids', 'Only these templates, by record ID.', [recordId('007')], {
				items: 'string',
				label: 'Templates',
				pick: PICK.template,
			}),
		],
	},
	{
		id: 'template.getMany',
		resource: 'Template',
		operation: 'Get Many',
		label: 'Get many templates',
		description: 'Lists the templates of a WhatsApp account or of another channel, with their approval states.',
		route: 'GET /api/template',
		contract: { operationId: 'listTemplates' },
		rows: [],
		fields: [
			inQuery({ ...withoutRequired(wabaId), help: 'WABA; needed for WhatsApp templates.' }),
			inQuery(choice('platform', 'Another channel instead.', ['instagram', 'facebook', 'telegram'])),
			...paging(100),
		],
		anyOf: ['waba_id', 'platform'],
		itemsAt: ['data', 'data.templates', 'templates', ''],
		page: 100,
	},
	{
		id: 'template.sync',
		resource: 'Template',
		operation: 'Sync From Meta',
		label: 'Sync templates',
		description: 'Pulls all templates of a WhatsApp account from Meta.',
		route: 'POST /api/template/sync',
		contract: { operationId: 'syncTemplates' },
		rows: [],
		fields: [wabaId, boolean('sync_all', 'Whether to pull everything.', true)],
	},
	{
		id: 'template.update',
		resource: 'Template',
		operation: 'Update',
		label: 'Update a template',
		description: 'Edits a template, for example after a rejection, and submits it again.',
		route: 'PUT /api/template/{id}',
		contract: { operationId: 'updateTemplate' },
		rows: [],
		fields: [recordInPath('Template', '007', PICK.template), ...changes()],
		anyOf: changes().map((field) => field.name),
	},
	{
		id: 'template.delete',
		resource: 'Template',
		operation: 'Delete',
		label: 'Delete a template',
		description: 'Deletes a template in Messlo and at Meta.',
		route: 'DELETE /api/template/{id}',
		contract: { operationId: 'deleteTemplate' },
		rows: [],
		fields: [recordInPath('Template', '007', PICK.template)],
	},
];

function withoutRequired({ required: _, ...field }: Field): Field {
	return field;
}

function changes(): Field[] {
	return [
		withoutRequired(name),
		category,
		language,
		body,
		header,
		footer,
		...mediaHeader,
		buttons(ANY_BUTTON),
		examples,
		cards,
	];
}
