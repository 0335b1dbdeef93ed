import { agents } from '../handlers/team';
import { chatbots } from '../handlers/chatbots';
import { segments, tags } from '../handlers/crm';
import { executions, flows, type FlowConnection, type FlowNode } from '../handlers/flow';
import type { Contact, PhoneNumber } from '../records';
import { Refusal } from '../refusal';
import type { Entry, State } from '../state';
import { sendTemplate } from '../whatsapp/send-template';
import { sendText } from '../whatsapp/send-text';
import type { World } from '../world';
import { callOut } from './call-out';
import { fillIn } from './fill-in';

/** The message that starts a flow. */
export interface FlowStart {
	text: string;
	messageId: string;
	contact: Contact;
	number: PhoneNumber;
}

interface Step extends FlowStart {
	world: World;
	parameters: Record<string, unknown>;
}

/** What a node did, in words; throws when it could not. */
type Act = (step: Step) => string | Promise<string>;

/** Flows that start when somebody writes. */
export const flowsOnMessage = (state: State): Entry[] =>
	flows.all(state).filter((flow) => flow['is_active'] === true && nodesOf(flow).some(isMessageTrigger));

/** Flows are checked against the contract before they are kept. */
const nodesOf = (flow: Entry): FlowNode[] => flow['nodes'] as FlowNode[];
const connectionsOf = (flow: Entry): FlowConnection[] => flow['connections'] as FlowConnection[];

const isMessageTrigger = ({ type, parameters }: FlowNode): boolean =>
	type === 'trigger' && (parameters?.['event_type'] ?? 'message_received') === 'message_received';

/** Runs the nodes one after the other from the trigger on, and keeps what each did. */
export async function runFlow(world: World, flow: Entry, start: FlowStart): Promise<Entry> {
	const log: Record<string, unknown>[] = [];
	const run = executions.add(world, { flow_id: flow._id, status: 'running', execution_log: log });
	const end = (status: string): Entry => executions.change(world, run, { status });
	const waiting = nodesOf(flow).filter(({ type }) => type === 'trigger');
	const done = new Set<string>();
	for (let node = waiting.shift(); node; node = waiting.shift()) {
		if (done.has(node.id)) continue;
		done.add(node.id);
		const entry = { node: node.id, type: node.type, at: world.clock.now().toISOString() };
		try {
			const parameters = fillIn(node.parameters ?? {}, variablesOf(start));
			const act = ACTS[node.type] ?? (() => 'not carried out by the sandbox');
			log.push({ ...entry, result: await act({ ...start, world, parameters }) });
		} catch (error) {
			log.push({ ...entry, error: error instanceof Error ? error.message : String(error) });
			return end('failed');
		}
		if (node.type === 'wait_for_reply') return end('waiting');
		const { id } = node;
		const next = connectionsOf(flow).flatMap(({ source, target }) => (source === id ? [target] : []));
		waiting.push(...nodesOf(flow).filter((one) => next.includes(one.id)));
	}
	return end('success');
}

/** `senderNumber`, `contactId` and `contact_name` are attested, the others are guesses. */
const variablesOf = ({ text, messageId, contact, number }: FlowStart): Record<string, string> => ({
	senderNumber: contact.phone_number,
	contactId: contact._id,
	contact_name: contact.name,
	message: text,
	message_body: text,
	'message.body': text,
	messageId,
	phoneNumberId: number._id,
	businessNumber: number.digits,
});

const ACTS: Record<string, Act> = {
	trigger: () => 'started',
	send_message: ({ world, number, contact, parameters }) => {
		const message = sendText(world, number, contact, { message: String(parameters['message_body'] ?? '') });
		return `sent ${message._id}`;
	},
	send_template: async ({ world, number, contact, parameters }) => {
		const { template_name: name, template_id: id, header_media_url: mediaUrl } = parameters;
		const message = await sendTemplate(world, number, contact.phone_number, {
			...(id === undefined ? { templateName: String(name) } : { templateId: String(id) }),
			...(mediaUrl !== undefined && { mediaUrl: String(mediaUrl) }),
			templateVariables: Object(parameters['body_variables'] ?? {}) as Record<string, string>,
		});
		return `sent ${message._id}`;
	},
	api: async ({ world, parameters }) => {
		const { url, method = 'POST', headers = {}, body = '' } = parameters;
		const call = await callOut(world, {
			url: String(url),
			method: String(method).toUpperCase(),
			headers: { 'content-type': 'application/json', ...(Object(headers) as Record<string, string>) },
			body: typeof body === 'string' ? body : JSON.stringify(body),
		});
		if (call.problem !== undefined) throw new Refusal(400, `${String(url)} ${call.problem}`);
		return `answered ${call.status}`;
	},
	add_tag: ({ world, contact, parameters: { tag_id: id, tag_name: label } }) => {
		const known = tags.all(world.state).find((tag) => tag._id === id || tag['label'] === label);
		const tag = known ?? tags.add(world, { label: String(label ?? id) });
		return mark(contact, 'tags', tag);
	},
	add_to_segment: ({ world, contact, parameters }) =>
		mark(contact, 'segments', segments.find(world.state, String(parameters['segment_id']))),
	update_contact: ({ contact, parameters: { updates } }) => {
		const wanted = Array.isArray(updates) ? updates.map((one: unknown) => Object(one) as Record<string, unknown>) : [];
		for (const { field_key: key, value } of wanted) {
			if (key === 'name' || key === 'email') contact[key] = String(value);
			else contact['custom_fields'] = { ...Object(contact['custom_fields']), [String(key)]: value };
		}
		return `${wanted.length} fields changed`;
	},
	assign_agent: ({ world, parameters }) => `for ${named(agents.find(world.state, String(parameters['agent_id'])))}`,
	assign_chatbot: ({ world, parameters }) =>
		`for ${named(chatbots.find(world.state, String(parameters['chatbot_id'])))}`,
	delay: ({ parameters }) => `does not wait ${String(parameters['delay_seconds'])} s in the sandbox`,
	condition: () => 'takes every branch in the sandbox',
	wait_for_reply: () => 'waits for a reply',
};

const named = (entry: Entry): string => String(entry['name']);

function mark(contact: Contact, field: 'tags' | 'segments', { _id }: Entry): string {
	const known = Array.isArray(contact[field]) ? contact[field].map(String) : [];
	contact[field] = [...new Set([...known, _id])];
	return `added ${_id}`;
}
