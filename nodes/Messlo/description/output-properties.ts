import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../../catalog';

/** Lists answer with many records, and reads with large ones. */
export const isRead = ({ route, itemsAt }: Operation): boolean => route.startsWith('GET ') || itemsAt !== undefined;

/** Return All and Limit, for operations that list records. */
export const listProperties = ({ itemsAt }: Operation): INodeProperties[] =>
	itemsAt === undefined
		? []
		: [
				{
					displayName: 'Return All',
					name: 'returnAll',
					type: 'boolean',
					default: false,
					description: 'Whether to return all results or only up to a given limit',
				},
				{
					displayName: 'Limit',
					name: 'limit',
					type: 'number',
					typeOptions: { minValue: 1 },
					default: 50,
					displayOptions: { show: { returnAll: [false] } },
					description: 'Max number of results to return',
				},
			];

/** People choose between simple and raw; agents can also name the fields they want, to save tokens. */
export const outputProperties = (row: Operation): INodeProperties[] =>
	isRead(row)
		? [
				{
					displayName: 'Simplify',
					name: 'simplify',
					type: 'boolean',
					default: true,
					displayOptions: { hide: { '@tool': [true] } },
					description: 'Whether to return a simplified version of the response instead of the raw data',
				},
				{
					displayName: 'Output',
					name: 'output',
					type: 'options',
					default: 'simplified',
					displayOptions: { show: { '@tool': [true] } },
					options: [
						{ name: 'Raw', value: 'raw', description: 'Everything that the API answers' },
						{ name: 'Selected Fields', value: 'selectedFields', description: 'Only the fields named below' },
						{
							name: 'Simplified',
							value: 'simplified',
							description: 'Without empty values, nested records by ID and name',
						},
					],
					description: 'How much of each record to return',
				},
				{
					displayName: 'Fields',
					name: 'outputFields',
					type: 'string',
					default: '',
					placeholder: 'e.g. name, status, contact.name',
					displayOptions: { show: { '@tool': [true], output: ['selectedFields'] } },
					description: 'Names of the fields to return, separated by commas; a dot leads into a nested record',
				},
			]
		: [];
