import { wabaById, type Entry } from '../state';
import { Collection } from './collection';
import { handler, type Call, type Handler } from './handler';

export const chatbots = new Collection('chatbots', {
	noun: 'Chatbot',
	search: ['name', 'business_name'],
	references: { waba_id: wabaById },
	defaults: { status: 'draft' },
});

export const sources = new Collection('knowledge-sources', {
	noun: 'Knowledge source',
	references: { chatbot_id: chatbots.find },
});

interface QuestionAndAnswer {
	question: string;
	answer: string;
}

interface Training {
	training_data?: QuestionAndAnswer[];
	raw_training_text?: string;
	title?: string;
}

const chatbotOf = ({ world, path }: Pick<Call, 'world' | 'path'>): Entry =>
	chatbots.find(world.state, path['id'] ?? '');

const pairsOf = (source: Entry): QuestionAndAnswer[] =>
	Array.isArray(source['training_data']) ? (source['training_data'] as QuestionAndAnswer[]) : [];

const wordsOf = (text: string): string[] => text.toLowerCase().match(/\p{L}{3,}/gu) ?? [];

export const chatbotHandlers: Record<string, Handler> = {
	...chatbots.serve({
		list: 'listChatbots',
		create: 'createChatbot',
		get: 'getChatbot',
		update: 'updateChatbot',
		remove: 'deleteChatbot',
	}),

	trainChatbot: handler<Training>((call) => {
		const { training_data, raw_training_text, ...fields } = call.body;
		const chatbot = chatbots.change(call.world, chatbotOf(call), fields);
		sources.add(call.world, { chatbot_id: chatbot._id, title: 'Training', training_data, raw_training_text });
		return { success: true, message: 'Chatbot trained', data: chatbot };
	}),

	addChatbotQnaSource: handler<Training>((call) => {
		const source = sources.add(call.world, { chatbot_id: chatbotOf(call)._id, status: 'completed', ...call.body });
		return { success: true, data: source };
	}),

	listChatbotKnowledgeSources: handler((call) => {
		const { _id } = chatbotOf(call);
		return { success: true, data: sources.all(call.world.state).filter(({ chatbot_id: of }) => of === _id) };
	}),

	// Without a language model: the answer whose question shares the most words, which is enough to see training work.
	chatWithChatbot: handler<{ message: string }>((call) => {
		const { _id } = chatbotOf(call);
		const asked = wordsOf(call.body.message);
		const [best] = sources
			.all(call.world.state)
			.filter(({ chatbot_id: of }) => of === _id)
			.flatMap(pairsOf)
			.map((pair) => ({ pair, shared: wordsOf(pair.question).filter((word) => asked.includes(word)).length }))
			.filter(({ shared }) => shared > 0)
			.sort((a, b) => b.shared - a.shared);
		const reply = best?.pair.answer ?? 'I have not been taught about that yet.';
		return { success: true, data: { reply, message: reply } };
	}),
};
