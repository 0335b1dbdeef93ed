import type { Contact } from '../records';
import { contactById, numberById } from '../state';
import type { World } from '../world';
import { Collection } from './collection';
import { handler, type Handler } from './handler';
import { tags } from './crm';

export const callAgents = new Collection('call-agents', { noun: 'Call agent', search: ['name', 'email', 'phone'] });

/** Calls come from phones, here from the demo data. */
export const callLogs = new Collection('call-logs', {
	noun: 'Call',
	search: ['contact_name'],
	references: { contact_id: contactById, phone_number_id: numberById, agentId: callAgents.find },
	hidden: ['transcription'],
});

const assign = (world: World, contacts: Contact[], agentId: string): Record<string, unknown> => {
	const agent = callAgents.find(world.state, agentId);
	for (const contact of contacts) contact['call_agent_id'] = agent._id;
	return { success: true, message: `${contacts.length} contacts assigned to ${String(agent['name'])}` };
};

export const calling: Record<string, Handler> = {
	getCallSettings: handler(({ world, query }) => ({
		success: true,
		data: numberById(world.state, String(query['phone_number_id'])).calling,
	})),

	updateCallSettings: handler<{ phone_number_id: string; [field: string]: unknown }>(({ world, body }) => {
		const { phone_number_id: id, ...settings } = body;
		const { calling: known } = numberById(world.state, id);
		return { success: true, data: Object.assign(known, settings) };
	}),

	...callAgents.serve({
		list: 'listCallAgents',
		create: 'createCallAgent',
		get: 'getCallAgent',
		update: 'updateCallAgent',
		removeMany: 'deleteCallAgents',
	}),

	assignCallAgent: handler<{ contact_id: string; agent_id: string }>(({ world, body }) =>
		assign(world, [contactById(world.state, body.contact_id)], body.agent_id),
	),

	assignCallAgentBulk: handler<{ agent_id: string; contact_ids?: string[]; tag_ids?: string[] }>(({ world, body }) => {
		const { state } = world;
		const wanted = (body.tag_ids ?? []).map((id) => tags.find(state, id)._id);
		const named = (body.contact_ids ?? []).map((id) => contactById(state, id));
		const tagged = state.contacts.filter((contact) => tagsOf(contact).some((id) => wanted.includes(id)));
		return assign(world, [...new Set([...named, ...tagged])], body.agent_id);
	}),

	removeCallAgent: handler(({ world, path }) => {
		delete contactById(world.state, path['contact_id'])['call_agent_id'];
		return { success: true, message: 'Call agent removed' };
	}),

	...callLogs.serve({ list: 'listCallLogs', get: 'getCallLog' }),

	getCallTranscription: handler(({ world, path }) => ({
		success: true,
		data: { transcription: callLogs.find(world.state, path['id'] ?? '')['transcription'] ?? [] },
	})),
};

const tagsOf = ({ tags: ids }: Contact): string[] => (Array.isArray(ids) ? ids.map(String) : []);
