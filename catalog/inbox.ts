import { choice, date, inQuery, required, string } from './fields';
import type { Operation } from './operation';
import { paging, search } from './paging';
import { contactId, numberId, PICK, recordId } from './pick';

/** The reading half of the page's Interactive Messaging API. */
export const inbox: readonly Operation[] = [
	{
		id: 'chat.getMany',
		resource: 'Chat',
		operation: 'Get Many',
		label: 'Get many chats',
		description: 'Lists recent conversations of the inbox, for WhatsApp or another channel.',
		route: 'GET /api/whatsapp/chats',
		contract: { operationId: 'listChats' },
		rows: [20],
		fields: [
			inQuery({ ...numberId, help: 'Number record ID, or connection ID of a channel; the primary number by default.' }),
			inQuery(choice('platform', 'Only this channel.', ['whatsapp', 'telegram', 'facebook', 'instagram'])),
			inQuery(string('provider', 'Only this sending route.', 'business_api')),
			...paging(50),
			search,
		],
		itemsAt: ['data.chats', 'data', 'chats'],
		page: 50,
	},
	{
		id: 'message.getMany',
		resource: 'Message',
		operation: 'Get Many',
		label: 'Get many messages',
		description: 'Lists the messages exchanged with one contact, by day or free text.',
		route: 'GET /api/whatsapp/messages',
		contract: { operationId: 'listMessages' },
		rows: [21],
		fields: [
			required(inQuery(contactId)),
			inQuery(numberId),
			inQuery(date('start_date', 'First day, YYYY-MM-DD.', '2026-06-01')),
			inQuery(date('end_date', 'Last day, YYYY-MM-DD.', '2026-06-05')),
			search,
			...paging(100),
		],
		itemsAt: ['data.messages', 'data', 'messages'],
		page: 100,
	},
	{
		id: 'chat.assign',
		resource: 'Chat',
		operation: 'Assign',
		label: 'Assign a chat',
		description: 'Hands a conversation to an agent or a chatbot.',
		route: 'POST /api/whatsapp/assign-chat',
		contract: { operationId: 'assignChat' },
		// The page lists it twice: under messaging and under operations.
		rows: [22, 73],
		fields: [
			required(contactId),
			required(numberId),
			string('agent_id', 'Agent to take over.', recordId('004'), { label: 'Agent', pick: PICK.agent }),
			string('chatbot_id', 'Chatbot to take over.', recordId('00a'), { label: 'Chatbot', pick: PICK.chatbot }),
		],
		anyOf: ['agent_id', 'chatbot_id'],
	},
];
