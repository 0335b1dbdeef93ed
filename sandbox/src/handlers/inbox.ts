import type { Contact, Message } from '../records';
import { contactById, numberById, primaryNumber, type State } from '../state';
import { historyAt, statusAt } from '../whatsapp/progress';
import { channels } from './channels';
import { chatbots } from './chatbots';
import { Collection } from './collection';
import { handler, type Handler } from './handler';
import { isSearched, pageOf } from './paging';
import { agents } from './team';

/** Who answers a thread. */
const assignments = new Collection('assignments', {
	noun: 'Assignment',
	references: {
		contact_id: contactById,
		whatsapp_phone_number_id: numberById,
		agent_id: agents.find,
		chatbot_id: chatbots.find,
	},
});

/** A message as the API shows it. */
export function shownMessage(message: Message, now: Date): Record<string, unknown> {
	const status = statusAt(message, now);
	return {
		_id: message._id,
		wa_message_id: message.wa_message_id,
		contact_id: message.contact_id,
		whatsapp_phone_number_id: message.number_id,
		direction: message.direction,
		messageType: message.messageType,
		message: message.message,
		...(message.templateName !== undefined && {
			templateName: message.templateName,
			templateVariables: message.templateVariables,
			languageCode: message.languageCode,
		}),
		...(message.mediaUrl !== undefined && { mediaUrl: message.mediaUrl }),
		...(message.location && { location: message.location }),
		...(message.replyTo !== undefined && { replyTo: message.replyTo }),
		status,
		...(status === 'failed' && message.failure && { error: message.failure, error_code: message.failure.code }),
		createdAt: message.createdAt.toISOString(),
		updatedAt: (historyAt(message, now).at(-1)?.at ?? message.createdAt).toISOString(),
	};
}

const numberId = (state: State, query: Record<string, unknown>): string => {
	const id = query['whatsapp_phone_number_id'];
	return (id === undefined ? primaryNumber(state) : numberById(state, String(id)))._id;
};

/** Record ids of the number, or of the channels, whose threads the query is about. */
const placesOf = (state: State, query: Record<string, unknown>): string[] => {
	const { platform = 'whatsapp' } = query;
	if (platform === 'whatsapp') return [numberId(state, query)];
	return channels.all(state).flatMap((channel) => (channel['platform'] === platform ? [channel._id] : []));
};

const byDay = (query: Record<string, unknown>, { createdAt }: Message): boolean => {
	const day = createdAt.toISOString().slice(0, 10);
	return day >= String(query['start_date'] ?? '') && day <= String(query['end_date'] ?? '9999');
};

export const inbox: Record<string, Handler> = {
	listChats: handler((call) => {
		const { state, clock } = call.world;
		const places = placesOf(state, call.query);
		const newest = new Map<string, Message>();
		for (const message of state.messages) {
			if (places.includes(message.number_id)) newest.set(message.contact_id, message);
		}
		const chats = [...newest.values()].sort((a, b) => state.messages.indexOf(b) - state.messages.indexOf(a));
		const found = chats
			.map((message) => ({ message, contact: contactById(state, message.contact_id) }))
			.filter(({ contact }) => isSearched(call, [contact.name, contact.phone_number]));
		const { items, pagination } = pageOf(found, call);
		const data = items.map(({ message, contact }) => shownChat(state, message, contact, clock.now()));
		return { success: true, data, pagination };
	}),

	listMessages: handler((call) => {
		const { state, clock } = call.world;
		const contact = contactById(state, String(call.query['contact_id']));
		const number = call.query['whatsapp_phone_number_id'] === undefined ? undefined : numberId(state, call.query);
		// Newest first: the contract does not say, and a caller must not rely on it.
		const found = state.messages
			.filter((message) => message.contact_id === contact._id && (number ?? message.number_id) === message.number_id)
			.filter((message) => byDay(call.query, message) && isSearched(call, [message.message, message.templateName]))
			.reverse();
		const { items, pagination } = pageOf(found, call);
		return {
			success: true,
			data: { messages: items.map((message) => shownMessage(message, clock.now())), pagination },
		};
	}),

	assignChat: handler<{ contact_id: string; whatsapp_phone_number_id: string; [field: string]: unknown }>(
		({ world, body }) => {
			const fresh = assignments.add(world, body);
			const { contact_id: contact, whatsapp_phone_number_id: number } = fresh;
			const old = assignments
				.all(world.state)
				.filter((one) => one !== fresh && one['contact_id'] === contact && one['whatsapp_phone_number_id'] === number);
			assignments.remove(
				world.state,
				old.map(({ _id }) => _id),
			);
			return { success: true, message: 'Chat assigned', data: fresh };
		},
	),
};

function shownChat(state: State, last: Message, contact: Contact, now: Date): Record<string, unknown> {
	const assigned = assignments
		.all(state)
		.find((one) => one['contact_id'] === contact._id && one['whatsapp_phone_number_id'] === last.number_id);
	return {
		// A thread is one contact on one number; the contact's id names it.
		_id: contact._id,
		contact_id: contact._id,
		contact,
		whatsapp_phone_number_id: last.number_id,
		...(assigned && { agent_id: assigned['agent_id'], chatbot_id: assigned['chatbot_id'] }),
		last_message: shownMessage(last, now),
		updatedAt: last.createdAt.toISOString(),
	};
}
