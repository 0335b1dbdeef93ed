export interface WorkflowNode {
	name: string;
	type: string;
	typeVersion: number;
	parameters: Record<string, unknown>;
	credentials?: Record<string, { id: string; name: string }>;
	[setting: string]: unknown;
}

export interface Workflow {
	name: string;
	nodes: WorkflowNode[];
	connections: Record<string, Record<string, { node: string; type: string; index: number }[][]>>;
	settings?: Record<string, unknown>;
	[part: string]: unknown;
}

export const MANUAL: WorkflowNode = {
	name: 'Start',
	type: 'n8n-nodes-base.manualTrigger',
	typeVersion: 1,
	parameters: {},
};

/** Nodes in a row, each fed by the one before. */
export function chain(name: string, ...nodes: WorkflowNode[]): Workflow {
	const next = (index: number) => [[{ node: nodes[index + 1]?.name ?? '', type: 'main', index: 0 }]];
	return {
		name,
		nodes: nodes.map((node, index) => ({ id: `node-${index}`, position: [index * 220, 0], ...node })),
		connections: Object.fromEntries(nodes.slice(0, -1).map((node, index) => [node.name, { main: next(index) }])),
		settings: { executionOrder: 'v1' },
	};
}

/** The node under test. */
export const messlo = (
	parameters: Record<string, unknown>,
	{ messloApi, messloLoginApi }: Record<'messloApi' | 'messloLoginApi', { id: string; name: string }>,
): WorkflowNode => ({
	name: 'Messlo',
	type: 'n8n-nodes-messlo.messlo',
	typeVersion: 1,
	parameters,
	credentials: { messloApi, messloLoginApi },
});
