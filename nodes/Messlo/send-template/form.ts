import type { INodeProperties } from 'n8n-workflow';

const TEMPLATE: INodeProperties = {
	displayName: 'Template',
	name: 'template',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchTemplates', searchable: true },
		},
		{ displayName: 'By Name or ID', name: 'id', type: 'string', placeholder: 'e.g. order_update' },
	],
	description: 'Approved WhatsApp template. By name, it may need Language too.',
};

const SPECIFY: INodeProperties = {
	displayName: 'Specify Variables',
	name: 'specifyVariables',
	type: 'options',
	noDataExpression: true,
	default: 'fields',
	options: [
		{ name: 'Using Fields Below', value: 'fields', description: 'One field for each value that the template takes' },
		{ name: 'Using JSON', value: 'json', description: 'For a template that only an expression knows' },
	],
	description: 'How to give the values of the template',
};

const VARIABLES: INodeProperties = {
	displayName: 'Variables',
	name: 'variables',
	type: 'resourceMapper',
	default: { mappingMode: 'defineBelow', value: null },
	required: true,
	noDataExpression: true,
	displayOptions: { show: { specifyVariables: ['fields'] } },
	typeOptions: {
		loadOptionsDependsOn: ['template.value', 'additionalFields.languageCode'],
		resourceMapper: {
			resourceMapperMethod: 'templateFields',
			mode: 'add',
			valuesLabel: 'Variables',
			fieldWords: { singular: 'variable', plural: 'variables' },
			addAllFields: true,
			supportAutoMap: false,
			refreshStaleSchemaOnOpen: true,
		},
	},
	description:
		'One value for each placeholder of the template, and the public URL of its header where that is a PDF, image or video. The API takes no file of an item here. Its buttons, cards and coupon code are sent as approved: own ones go by Campaign.',
};

const VARIABLES_JSON: INodeProperties = {
	displayName: 'Variables (JSON)',
	name: 'variablesJson',
	type: 'json',
	default: '{}',
	displayOptions: { show: { specifyVariables: ['json'] } },
	hint: 'e.g. {"1": "Ana", "2": "A-1042"}',
	description:
		'The value of each placeholder of the template by its name: "1" fills {{1}}. A list fills {{1}}, {{2}} and so on in its order.',
};

const HEADER_MEDIA: INodeProperties = {
	displayName: 'Header Media URL',
	name: 'headerMediaUrl',
	type: 'string',
	default: '',
	displayOptions: { show: { specifyVariables: ['json'] } },
	placeholder: 'e.g. https://cdn.example.com/invoices/a-1042.pdf',
	description:
		'Public address of the PDF, image or video in the header, only for a template that has one. The last part of the address is the file name; a file of the item cannot be sent here.',
};

const CHECK: INodeProperties = {
	displayName: 'Check Before Sending',
	name: 'checkBeforeSending',
	type: 'boolean',
	default: true,
	description:
		'Whether to read the templates of the account once and refuse what does not fit the one that is sent. Only a template given by name can do without.',
};

/** Instead of the fields that hold any template: what the picked one takes. */
export function form(derived: INodeProperties[]): INodeProperties[] {
	return derived.flatMap((property) => {
		if (property.name === 'templateName') return [TEMPLATE, SPECIFY, VARIABLES, VARIABLES_JSON, HEADER_MEDIA];
		if (property.type !== 'collection') return [property];
		const options = (property.options ?? []) as INodeProperties[];
		const kept = options.filter(({ name }) => name !== 'templateVariables');
		return [{ ...property, options: [CHECK, ...kept] }];
	});
}
