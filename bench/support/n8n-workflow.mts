import { chain, type Workflow, type WorkflowNode } from '../../test/n8n/support/workflow.ts';

type Credentials = Record<string, { id: string; name: string }>;

/** How the same workflow may be set up; each is a workflow of its own on a path of its own. */
export const SET_UPS = {
	/** As n8n comes: answered at once, every execution saved. */
	'at-once': { responseMode: 'onReceived', settings: {} },
	/** Executions that went well are not saved. */
	unsaved: { responseMode: 'onReceived', settings: { saveDataSuccessExecution: 'none' } },
	/** Answered when the message was sent. */
	'when-sent': { responseMode: 'lastNode', settings: {} },
} as const;
export type SetUp = keyof typeof SET_UPS;

/**
 * The journey as a careful builder would draw it: Webhook (raw body) → Crypto (HMAC of the raw bytes) → IF (signature right) →
 * HTTP Request. Four nodes, three expressions; no Code node, which is slower.
 */
export function shopifyWorkflow(
	setUp: SetUp,
	api: string,
	{ crypto, header }: Record<'crypto' | 'header', Credentials>,
): Workflow {
	const { responseMode, settings } = SET_UPS[setUp];
	const webhook: WorkflowNode = {
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2.1,
		webhookId: `bench-${setUp}`,
		parameters: { httpMethod: 'POST', path: setUp, responseMode, options: { rawBody: true } },
	};
	const sign: WorkflowNode = {
		name: 'Sign',
		type: 'n8n-nodes-base.crypto',
		typeVersion: 2,
		credentials: crypto,
		parameters: {
			action: 'hmac',
			type: 'SHA256',
			binaryData: true,
			binaryPropertyName: 'data',
			dataPropertyName: 'signature',
			encoding: 'base64',
		},
	};
	const check: WorkflowNode = {
		name: 'Is it the shop?',
		type: 'n8n-nodes-base.if',
		typeVersion: 2.2,
		parameters: {
			conditions: {
				options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
				combinator: 'and',
				conditions: [
					{
						id: 'signature',
						leftValue: '={{ $json.signature }}',
						rightValue: "={{ $json.headers['x-shopify-hmac-sha256'] }}",
						operator: { type: 'string', operation: 'equals' },
					},
				],
			},
			options: {},
		},
	};
	const send: WorkflowNode = {
		name: 'Send',
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		credentials: header,
		parameters: {
			method: 'POST',
			url: `${api}/api/whatsapp/send`,
			authentication: 'genericCredentialType',
			genericAuthType: 'httpHeaderAuth',
			sendBody: true,
			specifyBody: 'json',
			jsonBody:
				"={{ JSON.stringify({ contact_no: $json.body.shipping_address.phone.replace(/\\D/g, ''), whatsapp_phone_number: '911234567890', " +
				"messageType: 'template', templateName: 'order_update', languageCode: 'en_US', " +
				'templateVariables: { 1: $json.body.shipping_address.name, 2: $json.body.name } }) }}',
			options: {},
		},
	};
	return { ...chain(`Orders, ${setUp}`, webhook, sign, check, send), settings };
}
