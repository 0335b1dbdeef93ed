import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';
import type { N8nSession } from './n8n-session.ts';

export interface PickerOfForm {
	method: string;
	kind: 'resource-locator-results' | 'options';
	/** The form on which it stands. */
	parameters: Record<string, unknown>;
}

/** Every list that a form loads from the API, with the resource and operation that show it. */
export function pickersIn(properties: readonly INodeProperties[]): PickerOfForm[] {
	return properties.flatMap((property) => {
		const shown = property.displayOptions?.show ?? {};
		const parameters = { resource: shown['resource']?.[0], operation: shown['operation']?.[0] };
		return methodsIn(property).map((found) => ({ ...found, parameters }));
	});
}

function methodsIn(property: INodeProperties): Omit<PickerOfForm, 'parameters'>[] {
	const { modes = [], typeOptions } = property;
	const lists = modes.flatMap(({ typeOptions }) => typeOptions?.searchListMethod ?? []);
	const options = typeof typeOptions?.loadOptionsMethod === 'string' ? [typeOptions.loadOptionsMethod] : [];
	return [
		...lists.map((method) => ({ method, kind: 'resource-locator-results' as const })),
		...options.map((method) => ({ method, kind: 'options' as const })),
		...(property.options ?? []).flatMap(inOption),
	];
}

function inOption(option: INodeProperties | INodePropertyOptions | INodePropertyCollection) {
	if ('values' in option) return option.values.flatMap(methodsIn);
	return 'type' in option ? methodsIn(option) : [];
}

export interface Question {
	method: string;
	parameters: Record<string, unknown>;
	credentials: Record<string, { id: string; name: string }>;
	kind?: PickerOfForm['kind'] | 'resource-mapper-fields';
	/** The field that asks. */
	path?: string;
	filter?: string;
	paginationToken?: string;
}
interface Choices {
	results: { name: string; value: string }[];
	paginationToken?: string;
}

/** What the editor asks n8n when a form is filled in. */
export async function ask(n8n: N8nSession, question: Question): Promise<Choices>;
export async function ask<T>(n8n: N8nSession, question: Question): Promise<T>;
export async function ask(n8n: N8nSession, question: Question): Promise<unknown> {
	const { method, parameters, credentials, kind = 'resource-locator-results', path = 'any', ...more } = question;
	const answer = await n8n.rest<unknown>('POST', `/dynamic-node-parameters/${kind}`, {
		nodeTypeAndVersion: { name: 'n8n-nodes-messlo.messlo', version: 1 },
		path: `parameters.${path}`,
		methodName: method,
		currentNodeParameters: parameters,
		credentials,
		...more,
	});
	return kind === 'options' ? { results: answer } : answer;
}
