import type { Field, Operation } from './operation';
import { paging } from './paging';

const waba: Omit<Field, 'in'> = {
	name: 'waba_id',
	type: 'string',
	required: true,
	help: 'WABA record id in Messlo, or the WABA id at Meta.',
	example: '665f1c2ab7d1c8a5f0e41001',
};

const common: readonly Field[] = [
	{ ...waba, in: 'body' },
	{
		name: 'template_name',
		in: 'body',
		type: 'string',
		required: true,
		help: 'Lower case, digits and underscores.',
		example: 'order_update',
	},
	{
		name: 'category',
		in: 'body',
		type: 'string',
		required: true,
		choices: ['MARKETING', 'UTILITY', 'AUTHENTICATION'],
		help: 'Template class at Meta.',
		example: 'UTILITY',
	},
	{ name: 'language', in: 'body', type: 'string', required: true, help: 'Language code.', example: 'en_US' },
	{
		name: 'message_body',
		in: 'body',
		type: 'string',
		required: true,
		help: 'Body; {{1}}, {{2}} are placeholders.',
		example: 'Hello {{1}}, order {{2}} is on its way.',
	},
	{ name: 'footer_text', in: 'body', type: 'string', help: 'Footer.', example: 'Reply STOP to opt out' },
];

const examples: Field = {
	name: 'variable_examples',
	in: 'body',
	type: 'list',
	help: 'Sample values for placeholders: [{key, example}].',
	example: [
		{ key: '1', example: 'Ana' },
		{ key: '2', example: 'A-1042' },
	],
};

const buttons = (example: unknown): Field => ({ name: 'buttons', in: 'body', type: 'list', help: 'Buttons.', example });
const quickReplies = buttons([{ type: 'quick_reply', text: 'Confirm' }]);
const links = buttons([{ type: 'website', text: 'Track', website_url: 'https://shop.example.com' }]);

const create = (variant: string, id: string, label: string, row: number, fields: readonly Field[]): Operation => ({
	id: `template.create${id}`,
	label,
	route: 'POST /api/template/create',
	contract: { operationId: 'createTemplate', variant },
	rows: [row],
	fields: [...common, ...fields],
});
const required = (field: Field): Field => ({ ...field, required: true });

export const templates: readonly Operation[] = [
	create('TemplateSimple', 'Simple', 'Simple template', 24, []),
	create('TemplateWithVariables', 'WithVariables', 'Template with variables', 25, [required(examples)]),
	create('TemplateQuickReply', 'QuickReply', 'Template with quick reply buttons', 26, [
		required(quickReplies),
		examples,
	]),
	create('TemplateCta', 'Cta', 'Template with call-to-action buttons', 27, [required(links), examples]),
	create('TemplateMediaHeader', 'MediaHeader', 'Template with document header (URL)', 34, [
		{
			name: 'header_url',
			in: 'body',
			type: 'url',
			required: true,
			help: 'Public sample of the header; must answer while the template is created.',
			example: 'https://cdn.example.com/samples/invoice.pdf',
		},
		{
			name: 'header_media_type',
			in: 'body',
			type: 'string',
			choices: ['image', 'video', 'document'],
			help: 'Kind of header.',
			example: 'document',
		},
		examples,
		{ ...quickReplies },
	]),
	{
		id: 'template.validateMediaUrl',
		label: 'Validate template media URL',
		route: 'POST /api/template/validate-media-url',
		contract: { operationId: 'validateTemplateMediaUrl' },
		rows: [35],
		fields: [
			{
				name: 'url',
				in: 'body',
				type: 'url',
				required: true,
				help: 'Address to check.',
				example: 'https://cdn.example.com/samples/invoice.pdf',
			},
			{
				name: 'media_type',
				in: 'body',
				type: 'string',
				help: 'Kind of media.',
				choices: ['image', 'video', 'document'],
				example: 'document',
			},
		],
	},
	{
		id: 'template.syncStatus',
		label: 'Sync template approval status',
		route: 'POST /api/template/sync-status',
		contract: { operationId: 'syncTemplateStatus' },
		rows: [36],
		fields: [{ ...waba, in: 'body' }],
	},
	{
		id: 'template.getMany',
		label: 'Get many templates',
		route: 'GET /api/template',
		contract: { operationId: 'listTemplates' },
		rows: [],
		fields: [{ ...waba, in: 'query' }, ...paging(100)],
		itemsAt: ['data', 'data.templates', 'templates', ''],
	},
];
