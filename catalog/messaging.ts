import type { Field, Operation } from './operation';
import { paging, search } from './paging';

const address: readonly Field[] = [
	{ name: 'contact_no', in: 'body', type: 'phone', required: true, help: 'Recipient.', example: '12025550143' },
	{
		name: 'whatsapp_phone_number',
		in: 'body',
		type: 'phone',
		required: true,
		help: 'Sender; must be a number connected to the account.',
		example: '12025550100',
	},
];

const template: readonly Field[] = [
	{
		name: 'templateName',
		in: 'body',
		type: 'string',
		required: true,
		help: 'Approved template.',
		example: 'order_update',
	},
	{
		name: 'templateVariables',
		in: 'body',
		type: 'map',
		help: 'Values by position: the key "1" fills {{1}}.',
		example: { '1': 'Ana', '2': 'A-1042' },
	},
	{ name: 'languageCode', in: 'body', type: 'string', help: 'Language of the template.', example: 'en_US' },
];

export const messaging: readonly Operation[] = [
	{
		id: 'message.sendTemplate',
		label: 'Send approved template',
		route: 'POST /api/whatsapp/send',
		contract: { operationId: 'sendMessage', variant: 'SendTemplate' },
		rows: [18],
		fixed: { messageType: 'template' },
		fields: [...address, ...template],
	},
	{
		id: 'message.sendTemplateWithMedia',
		label: 'Send template with dynamic PDF header',
		route: 'POST /api/whatsapp/send',
		contract: { operationId: 'sendMessage', variant: 'SendTemplateWithHeaderMedia' },
		rows: [81],
		fixed: { messageType: 'template' },
		fields: [
			...address,
			...template,
			{
				name: 'mediaUrl',
				in: 'body',
				type: 'url',
				required: true,
				help: "Public address of this message's header: a PDF, image or video.",
				example: 'https://cdn.example.com/invoices/a-1042.pdf',
			},
		],
	},
	{
		id: 'chat.getMany',
		label: 'List recent chats',
		route: 'GET /api/whatsapp/chats',
		contract: { operationId: 'listChats' },
		rows: [20],
		fields: [...paging(50), search],
		itemsAt: ['data.chats', 'data', 'chats'],
	},
	{
		id: 'message.getMany',
		label: 'List messages in thread',
		route: 'GET /api/whatsapp/messages',
		contract: { operationId: 'listMessages' },
		rows: [21],
		fields: [
			{
				name: 'contact_id',
				in: 'query',
				type: 'string',
				required: true,
				help: 'Contact record id.',
				example: '665f1c2ab7d1c8a5f0e41003',
			},
			{ name: 'start_date', in: 'query', type: 'string', help: 'First day, YYYY-MM-DD.', example: '2026-06-01' },
			{ name: 'end_date', in: 'query', type: 'string', help: 'Last day, YYYY-MM-DD.', example: '2026-06-05' },
			search,
			...paging(100),
		],
		itemsAt: ['data.messages', 'data', 'messages'],
	},
];
