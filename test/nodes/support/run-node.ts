import './n8n-home';
import 'reflect-metadata';
import { ExecutionLifecycleHooks, LoadOptionsContext, WorkflowExecute } from 'n8n-core';
import {
	type ICredentialDataDecryptedObject,
	type IExecuteFunctions,
	type IHttpRequestOptions,
	type ILoadOptionsFunctions,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type INodeTypes,
	type IWorkflowExecuteAdditionalData,
	NodeHelpers,
	Workflow,
} from 'n8n-workflow';
import { Messlo } from '../../../nodes/Messlo/Messlo.node';

export interface Setting {
	/** Where the API is. */
	url: string;
	apiKey?: string;
	loginKey?: string;
	/** The node under test; Messlo by default. */
	node?: INodeType;
	timezone?: string;
}

export interface Run {
	/** The items of each output. */
	outputs: INodeExecutionData[][];
	/** The JSON of the items of the first output. */
	json: INodeExecutionData['json'][];
	error?: Error & { description?: string | null; context?: { itemIndex?: number }; httpCode?: string | null };
}

/** Its description takes a while to build; n8n makes one for all executions, too. */
const MESSLO = new Messlo();
const START = 'Start';
const NODE = 'Messlo';

/** Runs one node on items in n8n's own engine. */
export async function runNode(
	setting: Setting,
	parameters: INodeParameters,
	items: INodeExecutionData[] = [{ json: {} }],
	extra: Partial<INode> = {},
): Promise<Run> {
	const additionalData = additionalDataOf(setting);
	const workflow = workflowOf(setting, parameters, extra);
	const startNode = workflow.getNode(START);
	if (!startNode) throw new Error('The workflow has no start.');
	const run = await new WorkflowExecute(additionalData, 'manual').run({
		workflow,
		startNode,
		triggerToStartFrom: {
			name: START,
			data: {
				startTime: 0,
				executionTime: 0,
				executionIndex: 0,
				source: [],
				data: { main: [items] },
			},
		},
	});
	const { resultData } = run.data;
	const outputs = (resultData.runData[NODE]?.[0]?.data?.['main'] ?? []).map((output) => output ?? []);
	const error = resultData.error ?? resultData.runData[NODE]?.[0]?.error;
	return { outputs, json: (outputs[0] ?? []).map(({ json }) => json), ...(error ? { error: error as Error } : {}) };
}

/** The context in which n8n calls the methods of a form. */
export function loadContext(
	setting: Setting,
	parameters: INodeParameters,
	path = 'parameters.any',
): ILoadOptionsFunctions {
	const workflow = workflowOf(setting, parameters, {});
	const node = workflow.getNode(NODE);
	if (!node) throw new Error('The workflow has no node.');
	const additionalData = { ...additionalDataOf(setting), currentNodeParameters: node.parameters };
	// Its helpers are typed for whole workflows.
	return new LoadOptionsContext(workflow, node, additionalData, path) as unknown as ILoadOptionsFunctions;
}

function workflowOf(setting: Setting, parameters: INodeParameters, extra: Partial<INode>) {
	const start: INode = { id: '1', name: START, type: 'start', typeVersion: 1, position: [0, 0], parameters: {} };
	const node: INode = {
		...{ id: '2', name: NODE, type: 'messlo', typeVersion: 1, position: [200, 0] },
		parameters,
		credentials: {
			messloApi: { id: '1', name: 'Messlo' },
			messloLoginApi: { id: '2', name: 'Messlo Login' },
		},
		...extra,
	};
	return new Workflow({
		nodes: [start, node],
		connections: { [START]: { main: [[{ node: NODE, type: 'main', index: 0 }]] } },
		active: false,
		nodeTypes: nodeTypesOf(setting.node ?? MESSLO),
		settings: { executionOrder: 'v1', timezone: setting.timezone ?? 'UTC' },
	});
}

function nodeTypesOf(messlo: INodeType): INodeTypes {
	const start: INodeType = {
		description: {
			...{ displayName: START, name: 'start', group: ['trigger'], version: 1, description: 'Starts' },
			...{ defaults: { name: START }, inputs: [], outputs: ['main'], properties: [] },
		},
		execute(this: IExecuteFunctions) {
			return Promise.resolve([this.getInputData()]);
		},
	};
	const types: Record<string, INodeType> = { start, messlo };
	const byName = (name: string): INodeType => types[name] ?? start;
	return {
		getByName: byName,
		getByNameAndVersion: (name, version) => NodeHelpers.getVersionedNodeType(byName(name), version),
		getKnownTypes: () => ({}),
	};
}

function additionalDataOf(setting: Setting): IWorkflowExecuteAdditionalData {
	const base = 'http://127.0.0.1/';
	const additionalData = {
		credentialsHelper: credentialsHelper(setting),
		hooks: new ExecutionLifecycleHooks('manual', '1', {} as never),
		executionId: '1',
		currentNodeExecutionIndex: 0,
		restApiUrl: base,
		instanceBaseUrl: base,
		formBaseUrl: base,
		formWaitingBaseUrl: base,
		formTestBaseUrl: base,
		webhookBaseUrl: base,
		webhookWaitingBaseUrl: base,
		webhookTestBaseUrl: base,
		mcpBaseUrl: base,
		mcpTestBaseUrl: base,
		variables: {},
		setExecutionStatus: () => undefined,
		sendDataToUI: () => undefined,
		logAiEvent: () => undefined,
	};
	return additionalData as unknown as IWorkflowExecuteAdditionalData;
}

/** The only stand-in: credentials without a database. */
function credentialsHelper({ url, apiKey = 'sandbox-api-key', loginKey = 'sandbox-login-key' }: Setting) {
	const keys: Record<string, string> = { messloApi: apiKey, messloLoginApi: loginKey };
	return {
		getParentTypes: () => [],
		isCredentialUsableByNode: () => true,
		getDecrypted: (_data: unknown, _node: unknown, type: string) =>
			Promise.resolve({ apiKey: keys[type], baseUrl: url, webhookSecret: 'secret' }),
		preAuthentication: () => Promise.resolve(undefined),
		authenticate: (data: ICredentialDataDecryptedObject, _type: string, options: IHttpRequestOptions) =>
			Promise.resolve({ ...options, headers: { ...options.headers, 'X-API-Key': data['apiKey'] } }),
	};
}
