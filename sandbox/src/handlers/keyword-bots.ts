import { notFound } from '../refusal';
import { wabaById, type Entry, type State } from '../state';
import { Collection, type Find } from './collection';
import { chatbots } from './chatbots';
import { flows } from './flow';
import type { Handler } from './handler';
import { replyMaterials } from './reply-materials';
import { sequences } from './sequences';
import { agents } from './team';
import { catalogs } from './commerce';

/** What `reply_id` names; the contract does not say by which kind, so each kind of answer is looked through. */
export const replyOf: Find = (state, id) => {
	const found = answersOf(state).find(({ _id }) => _id === id);
	if (!found) throw notFound(`Answer ${id}`);
	return found;
};

const answersOf = (state: State): { _id: string }[] => [
	...[replyMaterials, chatbots, flows, sequences, agents, catalogs].flatMap((kind): Entry[] => kind.all(state)),
	...state.templates,
];

export const messageBots = new Collection('message-bots', {
	noun: 'Message bot',
	search: ['keywords'],
	references: { waba_id: wabaById, reply_id: replyOf },
	defaults: { matching_method: 'exact', reply_type: 'text', status: 'active' },
});

export const quickReplies = new Collection('quick-replies', { noun: 'Quick reply', search: ['content'] });

export const keywordBots: Record<string, Handler> = {
	...replyMaterials.serve({ list: 'listReplyMaterials', create: 'createReplyMaterial' }),
	...messageBots.serve({
		list: 'listMessageBots',
		create: 'createMessageBot',
		get: 'getMessageBot',
		update: 'updateMessageBot',
		remove: 'deleteMessageBot',
	}),
	...quickReplies.serve({
		list: 'listQuickReplies',
		create: 'createQuickReply',
		update: 'updateQuickReply',
		removeMany: 'deleteQuickReplies',
	}),
};
