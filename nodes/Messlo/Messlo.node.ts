import {
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	NodeConnectionTypes,
} from 'n8n-workflow';
import { properties } from './description/properties';
import { execute } from './execute/execute';
import { methods } from './methods';

export class Messlo implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Messlo',
		name: 'messlo',
		icon: { light: 'file:messlo.svg', dark: 'file:messlo.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description:
			'Send WhatsApp messages and campaigns, manage templates, contacts, chatbots and automations with Messlo',
		defaults: { name: 'Messlo' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{ name: 'messloApi', required: true, displayOptions: { hide: { resource: ['login'] } } },
			{ name: 'messloLoginApi', required: true, displayOptions: { show: { resource: ['login'] } } },
		],
		properties: properties(),
	};

	methods = methods;

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await execute(this);
	}
}
