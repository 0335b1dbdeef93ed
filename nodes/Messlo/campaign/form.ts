import type { INodeProperties } from 'n8n-workflow';
import { inside } from '../create-template/inside';

/** Own parameters of the forms; the API has no fields of these names. */
export const MODE = 'campaignMode';
export const MAXIMUM = 'maximumRecipients';
export const SAME_NAME = 'allowSameName';
export const MORE = 'additionalFields';

export const DEFAULT_MAXIMUM = 1000;
export const MAXIMUM_LABEL = 'Maximum Recipients';

const modeProperty: INodeProperties = {
	displayName: 'Mode',
	name: MODE,
	type: 'options',
	noDataExpression: true,
	default: 'allItems',
	displayOptions: { hide: { '@tool': [true] } },
	options: [
		{
			name: 'Run Once for All Items',
			value: 'allItems',
			description: 'One campaign, whatever the number of items; phone numbers are gathered from all of them',
		},
		{ name: 'Run Once for Each Item', value: 'eachItem', description: 'As many campaigns as there are items' },
	],
	description: 'Whether the items are the recipients of one campaign or each makes a campaign of its own',
};

const maximumProperty: INodeProperties = {
	displayName: MAXIMUM_LABEL,
	name: MAXIMUM,
	type: 'number',
	typeOptions: { minValue: 1 },
	default: DEFAULT_MAXIMUM,
	description: 'A campaign for more people than this is refused before it is created. Raise it where that is meant.',
};

const sameNameProperty: INodeProperties = {
	displayName: 'Allow Same Name',
	name: SAME_NAME,
	type: 'boolean',
	default: false,
	description:
		'Whether to create a campaign although there is one of the same name. Off, it keeps a workflow that runs twice from sending twice.',
};

/** The derived form, what guards it, and the rare rest. */
export function createForm(derived: INodeProperties[]): INodeProperties[] {
	const collection = derived.find(({ type }) => type === 'collection');
	const more: INodeProperties = {
		...(collection ?? {
			displayName: 'Additional Fields',
			name: MORE,
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
		}),
		options: [sameNameProperty, ...(collection?.options ?? [])],
	};
	const fields = derived.filter((property) => property !== collection).map(numbered);
	return [...fields, modeProperty, maximumProperty, more];
}

export const sendForm = (derived: INodeProperties[]): INodeProperties[] => [...derived, maximumProperty];

/** A value of a template goes by the number of its variable. */
const numbered = (property: INodeProperties): INodeProperties =>
	property.name === 'variables_mapping'
		? inside(property, (values) =>
				values.map((value) =>
					value.name === 'key'
						? {
								...value,
								displayName: 'Variable',
								placeholder: 'e.g. 1',
								description: 'Its number in the text of the template: 1 for {{1}}',
							}
						: { ...value, description: 'What stands there, the same for all recipients' },
				),
			)
		: property;
