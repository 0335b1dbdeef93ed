import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Workflow } from './workflow.ts';

const CREDENTIAL: Record<string, string> = {
	'n8n-nodes-messlo.messlo': 'messloApi',
	'n8n-nodes-messlo.messloTool': 'messloApi',
	'n8n-nodes-base.shopifyTrigger': 'shopifyAccessTokenApi',
	'n8n-nodes-base.wooCommerceTrigger': 'wooCommerceApi',
	'n8n-nodes-base.googleSheets': 'googleApi',
	'@n8n/n8n-nodes-langchain.mcpTrigger': 'httpBearerAuth',
};

/** A workflow of templates/workflows as a person imports it, who then chooses credentials and nothing else. */
export function imported(file: string, credentials: Record<string, { id: string; name: string }>): Workflow {
	const text = readFileSync(join(__dirname, '../../../templates/workflows', file), 'utf8');
	const { nodes, ...workflow } = JSON.parse(text) as Workflow;
	return {
		...workflow,
		nodes: nodes.map((node) => {
			const type = CREDENTIAL[node.type];
			if (type === undefined) return node;
			const chosen = credentials[type];
			if (!chosen) throw new Error(`${node.name} needs a credential of type ${type}.`);
			return { ...node, credentials: { [type]: chosen } };
		}),
	};
}
