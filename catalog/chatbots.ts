import { choice, inQuery, lines, list, required, string } from './fields';
import type { Field, Operation } from './operation';
import { search } from './paging';
import { PICK, recordInPath, wabaId } from './pick';

const id = recordInPath('Chatbot', '00a', PICK.chatbot);
const name = string('name', 'Name of the chatbot.', 'Shop assistant');
const character: readonly Field[] = [
	string('business_name', 'Name of the company.', 'Lamp House'),
	lines('business_description', 'What the company does.', 'Lamps for every room'),
	lines('system_prompt', 'Instructions to the chatbot.', 'Answer briefly.'),
];
const pairs = list(
	'training_data',
	'Questions and their answers.',
	[{ question: 'When are you open?', answer: '9 to 6, Monday to Saturday.' }],
	{
		min: 1,
		label: 'Questions and Answers',
		fields: [
			required(string('question', 'Question.', 'When are you open?')),
			required(string('answer', 'Answer.', '9 to 6, Monday to Saturday.')),
		],
	},
);
const training: readonly Field[] = [
	pairs,
	lines('raw_training_text', 'Plain text to learn from.', 'We are open from 9 to 6.'),
	choice('knowledgeType', 'Kind of knowledge.', ['q&a', 'text', 'website']),
	...character,
];
const status = choice('status', 'State.', ['active', 'inactive', 'draft']);

export const chatbots: readonly Operation[] = [
	{
		id: 'chatbot.getMany',
		resource: 'Chatbot',
		operation: 'Get Many',
		label: 'Get many chatbots',
		description: 'Lists the AI chatbots of a WhatsApp account.',
		route: 'GET /api/chatbots',
		contract: { operationId: 'listChatbots' },
		rows: [59],
		fields: [inQuery(wabaId), search],
		itemsAt: ['data', 'data.chatbots', 'chatbots'],
	},
	{
		id: 'chatbot.create',
		resource: 'Chatbot',
		operation: 'Create',
		label: 'Create a chatbot',
		description: 'Adds an AI chatbot to a WhatsApp account; train it afterwards.',
		route: 'POST /api/chatbots',
		contract: { operationId: 'createChatbot' },
		planLimited: true,
		rows: [60],
		fields: [wabaId, required(name), ...character],
	},
	{
		id: 'chatbot.train',
		resource: 'Chatbot',
		operation: 'Train',
		label: 'Train a chatbot',
		description: 'Teaches a chatbot questions with their answers, or a text.',
		route: 'POST /api/chatbots/{id}/train',
		contract: { operationId: 'trainChatbot' },
		planLimited: true,
		rows: [61],
		fields: [id, ...training],
		anyOf: training.map((field) => field.name),
	},
	{
		id: 'chatbot.get',
		resource: 'Chatbot',
		operation: 'Get',
		label: 'Get a chatbot',
		description: 'Reads one chatbot.',
		route: 'GET /api/chatbots/{id}',
		contract: { operationId: 'getChatbot' },
		rows: [],
		fields: [id],
	},
	{
		id: 'chatbot.update',
		resource: 'Chatbot',
		operation: 'Update',
		label: 'Update a chatbot',
		description: 'Changes the name, state or instructions of a chatbot.',
		route: 'PUT /api/chatbots/{id}',
		contract: { operationId: 'updateChatbot' },
		rows: [],
		fields: [id, name, ...character, status],
		anyOf: [name, ...character, status].map((field) => field.name),
	},
	{
		id: 'chatbot.delete',
		resource: 'Chatbot',
		operation: 'Delete',
		label: 'Delete a chatbot',
		description: 'Deletes a chatbot.',
		route: 'DELETE /api/chatbots/{id}',
		contract: { operationId: 'deleteChatbot' },
		rows: [],
		fields: [id],
	},
	{
		id: 'chatbot.addQuestions',
		resource: 'Chatbot',
		operation: 'Add Questions and Answers',
		label: 'Add questions and answers to a chatbot',
		description: 'Queues questions with their answers as a knowledge source of a chatbot.',
		route: 'POST /api/chatbots/{id}/knowledge-sources/qna',
		contract: { operationId: 'addChatbotQnaSource' },
		planLimited: true,
		rows: [],
		fields: [id, required(pairs), string('title', 'Name of the source.', 'Hours', { default: 'Q&A' })],
	},
	{
		id: 'chatbot.getSources',
		resource: 'Chatbot',
		operation: 'Get Knowledge Sources',
		label: 'Get the knowledge sources of a chatbot',
		description: 'Lists what a chatbot has learned from.',
		route: 'GET /api/chatbots/{id}/knowledge-sources',
		contract: { operationId: 'listChatbotKnowledgeSources' },
		rows: [],
		fields: [id],
		itemsAt: ['data', 'data.sources', 'data.knowledge_sources'],
	},
	{
		id: 'chatbot.ask',
		resource: 'Chatbot',
		operation: 'Ask',
		label: 'Ask a chatbot',
		description: 'Asks a chatbot one question and returns its answer.',
		route: 'POST /api/chatbots/{id}/chat',
		contract: { operationId: 'chatWithChatbot' },
		planLimited: true,
		rows: [],
		fields: [id, required(lines('message', 'The question.', 'When are you open?'))],
	},
];
