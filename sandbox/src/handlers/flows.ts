import { runFlow } from '../automation/run-flow';
import { Refusal } from '../refusal';
import { contactById, contactFor, primaryNumber, type Entry, type State } from '../state';
import { executions, flows, type FlowConnection, type FlowNode } from './flow';
import { handler, type Handler } from './handler';
import { listAnswer } from './paging';

/** Node types of the contract, and the parameters that are known of them. */
const NODE_TYPES: Record<string, string[]> = {
	trigger: ['event_type'],
	condition: ['condition', 'conditions', 'no_match_handle'],
	action: [],
	delay: ['delay_seconds'],
	filter: [],
	transform: [],
	webhook: [],
	ai_response: [],
	send_message: [
		'recipient',
		'message_body',
		'interactive_type',
		'button_params',
		'list_params',
		'media_url',
		'provider_type',
	],
	send_template: ['template_name', 'template_id', 'body_variables', 'header_media_url'],
	add_tag: ['tag_name', 'tag_id'],
	cta_button: [],
	assign_chatbot: ['chatbot_id'],
	assign_agent: ['agent_id'],
	update_contact: ['updates'],
	response_saver: [],
	save_to_google_sheet: [],
	create_calendar_event: [],
	resolve_site_visit_slot: [],
	appointment_flow: [],
	api: ['url', 'method', 'headers', 'body'],
	wait_for_reply: ['variable_name'],
	form_flow: ['form_id', 'message_body', 'button_text'],
	add_to_segment: ['segment_id'],
	property_carousel: [],
	custom: [],
};

/** Refuses graphs that could not run. */
function checkGraph({ nodes = [], connections = [] }: { nodes?: FlowNode[]; connections?: FlowConnection[] }): void {
	const ids = nodes.map(({ id }) => id);
	const problems = [
		...(nodes.some(({ type }) => type === 'trigger') ? [] : ['nodes must have a trigger']),
		...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `nodes has the id ${id} twice`),
		...connections
			.flatMap(({ source, target }) => [source, target])
			.filter((id) => !ids.includes(id))
			.map((id) => `connections names ${id}, which is no node`),
	];
	if (problems.length > 0) throw new Refusal(400, `Invalid flow: ${problems.join('; ')}`);
}

const flowOf = (state: State, path: Record<string, string>): Entry => flows.find(state, path['flowId'] ?? '');

const served = flows.serve({ create: 'createFlow', update: 'updateFlow' });

export const flowHandlers: Record<string, Handler> = {
	...flows.serve({ list: 'listFlows', get: 'getFlow', update: 'toggleFlow', remove: 'deleteFlow' }),
	...executions.serve({ get: 'getFlowExecution' }),

	createFlow: handler<{ nodes: FlowNode[] }>((call) => {
		checkGraph(call.body);
		return served['createFlow']?.(call);
	}),

	updateFlow: handler<{ nodes?: FlowNode[] }>((call) => {
		checkGraph({ ...flowOf(call.world.state, call.path), ...call.body });
		return served['updateFlow']?.(call);
	}),

	listFlowNodeTypes: handler(() => ({
		success: true,
		data: Object.entries(NODE_TYPES).map(([type, parameters]) => ({ type, parameters })),
	})),

	testFlow: handler<{
		test_data?: { senderNumber?: string; contactId?: string; message?: { body?: string } };
	}>(async ({ world, path, body }) => {
		const { state, clock } = world;
		const flow = flowOf(state, path);
		if (flow['is_active'] !== true) throw new Refusal(400, `Flow ${String(flow['name'])} is not active`);
		const number = primaryNumber(state);
		const { senderNumber = '12025550143', contactId, message } = body.test_data ?? {};
		const contact =
			contactId === undefined ? contactFor(state, senderNumber, clock.now()) : contactById(state, contactId);
		const start = { text: message?.body ?? '', messageId: 'test', contact, number };
		const execution = await runFlow(world, flow, start);
		return { success: true, message: 'Flow ran', data: execution };
	}),

	listFlowExecutions: handler((call) => {
		const { _id } = flowOf(call.world.state, call.path);
		const { status } = call.query;
		const found = executions
			.all(call.world.state)
			.filter((run) => run['flow_id'] === _id && (status ?? run['status']) === run['status']);
		return listAnswer(found.toReversed(), call);
	}),

	getFlowStatistics: handler(({ world: { state } }) => {
		const all = flows.all(state);
		const runs = executions.all(state);
		return {
			success: true,
			data: {
				total_flows: all.length,
				active_flows: all.filter((flow) => flow['is_active'] === true).length,
				total_executions: runs.length,
				recent_executions: runs.slice(-5).reverse(),
			},
		};
	}),
};
