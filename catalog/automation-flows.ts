import { boolean, choice, inQuery, list, number, object, required, string } from './fields';
import type { Field, Operation } from './operation';
import { paging, search } from './paging';
import { PICK, recordId, recordInPath } from './pick';

const id = recordInPath('Flow', '008', PICK.flow, 'flowId');
const NODE_TYPES = [
	...['trigger', 'condition', 'action', 'delay', 'filter', 'transform', 'webhook', 'ai_response', 'send_message'],
	...['send_template', 'add_tag', 'cta_button', 'assign_chatbot', 'assign_agent', 'update_contact', 'response_saver'],
	...['save_to_google_sheet', 'create_calendar_event', 'resolve_site_visit_slot', 'appointment_flow', 'api'],
	...['wait_for_reply', 'form_flow', 'add_to_segment', 'property_carousel', 'custom'],
];

// Open and edited as JSON: a flow read from the API can be written back with whatever else it holds.
const graph = { editor: 'json', open: true } as const;

const name = string('name', 'Name of the flow.', 'Greeting');
const nodes = list(
	'nodes',
	'Nodes as JSON; at least one of them a trigger.',
	[
		{ id: 't_1', type: 'trigger', position: { x: 0, y: 0 }, parameters: { event_type: 'message_received' } },
		{
			id: 'n_1',
			type: 'send_message',
			position: { x: 400, y: 0 },
			parameters: {
				recipient: '{{senderNumber}}',
				message_body: 'Hello {{contact_name}}!',
				provider_type: 'business_api',
			},
		},
	],
	{
		...graph,
		fields: [
			required(string('id', 'Unique in the flow.', 'n_1')),
			required(choice('type', 'Kind of node.', NODE_TYPES)),
			string('name', 'Label.', 'Greet'),
			string('description', 'Note.', 'First answer'),
			object(
				'position',
				'Place on the canvas.',
				{ x: 400, y: 0 },
				{
					open: true,
					fields: [required(number('x', 'Pixels to the right.', 400)), required(number('y', 'Pixels down.', 0))],
				},
			),
			object('parameters', 'Settings; they depend on the type.', { message_body: 'Hello!' }),
		],
	},
);
const connections = list(
	'connections',
	'Edges between nodes as JSON.',
	[{ id: 'c1', source: 't_1', target: 'n_1', sourceHandle: 'src', targetHandle: 'tgt' }],
	{
		...graph,
		fields: [
			required(string('id', 'Unique in the flow.', 'c1')),
			required(string('source', 'Node left.', 't_1')),
			required(string('target', 'Node entered.', 'n_1')),
			required(string('sourceHandle', 'Exit: src, or the handle of a condition.', 'src')),
			required(string('targetHandle', 'Entry: tgt.', 'tgt')),
		],
	},
);
const triggers = list('triggers', 'Start events as JSON.', [{ event_type: 'message_received', conditions: {} }], {
	...graph,
	fields: [
		required(string('event_type', 'What starts the flow, such as message_received.', 'message_received')),
		object('conditions', 'Filters.', {}),
	],
});
const rest: readonly Field[] = [
	string('description', 'Note.', 'Greets whoever writes'),
	connections,
	triggers,
	object('settings', 'Settings of the flow as JSON.', {}, { editor: 'json' }),
	boolean('is_active', 'Whether it runs; the vendor sets this by Set Active instead.', false),
];

export const automationFlows: readonly Operation[] = [
	{
		id: 'flow.getMany',
		resource: 'Automation Flow',
		operation: 'Get Many',
		label: 'Get many automation flows',
		description: 'Lists the automation flows of the workspace, page by page.',
		route: 'GET /api/automation',
		contract: { operationId: 'listFlows' },
		rows: [47],
		fields: [
			...paging(100),
			search,
			inQuery(boolean('is_active', 'Whether to list active flows or the others.', true)),
		],
		itemsAt: ['data', 'data.flows', 'flows'],
		page: 100,
	},
	{
		id: 'flow.getNodeTypes',
		resource: 'Automation Flow',
		operation: 'Get Node Types',
		label: 'Get the node types of automation flows',
		description: 'Lists every node type that a flow can hold, with its parameters.',
		route: 'GET /api/automation/node-types',
		contract: { operationId: 'listFlowNodeTypes' },
		rows: [48],
		fields: [],
		itemsAt: ['data', 'data.node_types', 'node_types'],
	},
	{
		id: 'flow.create',
		resource: 'Automation Flow',
		operation: 'Create',
		label: 'Create an automation flow',
		description: 'Creates an automation flow from its nodes and connections; activate it afterwards.',
		route: 'POST /api/automation',
		contract: { operationId: 'createFlow' },
		planLimited: true,
		rows: [49],
		fields: [required(name), required(nodes), ...rest],
	},
	{
		id: 'flow.setActive',
		resource: 'Automation Flow',
		operation: 'Set Active',
		label: 'Turn an automation flow on or off',
		description: 'Turns an automation flow on or off.',
		route: 'PATCH /api/automation/{flowId}/toggle',
		contract: { operationId: 'toggleFlow' },
		rows: [50],
		fields: [id, required(boolean('is_active', 'Whether the flow runs.', true))],
	},
	{
		id: 'flow.test',
		resource: 'Automation Flow',
		operation: 'Test',
		label: 'Test an automation flow',
		description: 'Runs an active automation flow on a made-up inbound message.',
		route: 'POST /api/automation/{flowId}/test',
		contract: { operationId: 'testFlow' },
		rows: [51],
		fields: [
			id,
			object(
				'test_data',
				'Made-up inbound message.',
				{ senderNumber: '12025550143', message: { body: 'hi' } },
				{
					open: true,
					fields: [
						string('senderNumber', 'Sender, digits.', '12025550143'),
						string('contactId', 'Contact record ID.', recordId('003'), { pick: PICK.contact }),
						string('userId', 'User of the account.', recordId('027')),
						object(
							'message',
							'The message.',
							{ body: 'hi' },
							{ open: true, fields: [string('body', 'Its text.', 'hi')] },
						),
					],
				},
			),
		],
	},
	{
		id: 'flowExecution.getMany',
		resource: 'Flow Execution',
		operation: 'Get Many',
		label: 'Get many executions of an automation flow',
		description: 'Lists the runs of an automation flow, by state if wanted.',
		route: 'GET /api/automation/{flowId}/executions',
		contract: { operationId: 'listFlowExecutions' },
		rows: [52],
		fields: [
			id,
			...paging(100),
			inQuery(choice('status', 'Only runs in this state.', ['running', 'waiting', 'success', 'failed', 'cancelled'])),
		],
		itemsAt: ['data.executions', 'data', 'executions'],
		page: 100,
	},
	{
		id: 'flow.getStatistics',
		resource: 'Automation Flow',
		operation: 'Get Statistics',
		label: 'Get the statistics of automation flows',
		description: 'Counts automation flows and their runs, and shows recent runs.',
		route: 'GET /api/automation/statistics',
		contract: { operationId: 'getFlowStatistics' },
		rows: [],
		fields: [],
	},
	{
		id: 'flow.get',
		resource: 'Automation Flow',
		operation: 'Get',
		label: 'Get an automation flow',
		description: 'Reads one automation flow with its nodes and connections.',
		route: 'GET /api/automation/{flowId}',
		contract: { operationId: 'getFlow' },
		rows: [],
		fields: [id],
	},
	{
		id: 'flow.update',
		resource: 'Automation Flow',
		operation: 'Update',
		label: 'Update an automation flow',
		description: 'Changes the given parts of an automation flow.',
		route: 'PUT /api/automation/{flowId}',
		contract: { operationId: 'updateFlow' },
		rows: [],
		fields: [id, name, nodes, ...rest],
		anyOf: [name, nodes, ...rest].map((field) => field.name),
	},
	{
		id: 'flow.delete',
		resource: 'Automation Flow',
		operation: 'Delete',
		label: 'Delete an automation flow',
		description: 'Deletes an automation flow.',
		route: 'DELETE /api/automation/{flowId}',
		contract: { operationId: 'deleteFlow' },
		rows: [],
		fields: [id],
	},
	{
		id: 'flowExecution.get',
		resource: 'Flow Execution',
		operation: 'Get',
		label: 'Get an execution of an automation flow',
		description: 'Reads one run of an automation flow with its log.',
		route: 'GET /api/automation/executions/{executionId}',
		contract: { operationId: 'getFlowExecution' },
		rows: [],
		fields: [recordInPath('Execution', '009', undefined, 'executionId')],
	},
];
