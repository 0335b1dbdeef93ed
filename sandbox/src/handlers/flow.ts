import { Collection } from './collection';

export interface FlowNode {
	id: string;
	type: string;
	name?: string;
	parameters?: Record<string, unknown>;
}
export interface FlowConnection {
	source: string;
	target: string;
}

export const flows = new Collection('flows', {
	noun: 'Flow',
	search: ['name', 'description'],
	defaults: { description: '', is_active: false, connections: [], triggers: [], settings: {} },
});

export const executions = new Collection('executions', {
	noun: 'Execution',
	references: { flow_id: flows.find },
});
