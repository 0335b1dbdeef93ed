import type { INodeProperties } from 'n8n-workflow';
import type { Field, Operation } from '../../../catalog';
import { AT_ONCE } from '../execute/read-options';

const BATCHING: INodeProperties = {
	displayName: 'Batching',
	name: 'batching',
	type: 'fixedCollection',
	placeholder: 'Add Batching',
	default: { batch: {} },
	description: 'By default several requests are on their way at a time. Batches slow this down.',
	options: [
		{
			displayName: 'Batching',
			name: 'batch',
			values: [
				{
					displayName: 'Items per Batch',
					name: 'batchSize',
					type: 'number',
					typeOptions: { minValue: -1 },
					default: 50,
					description: 'Input will be split in batches to throttle requests. -1 for disabled. 0 will be treated as 1.',
				},
				{
					displayName: 'Batch Interval (Ms)',
					name: 'batchInterval',
					type: 'number',
					typeOptions: { minValue: 0 },
					default: 1000,
					description: 'Time (in milliseconds) between each batch of requests. 0 for disabled.',
				},
			],
		},
	],
};

const CONCURRENCY: INodeProperties = {
	displayName: 'Max Concurrent Requests',
	name: 'concurrency',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 50 },
	default: AT_ONCE,
	description: 'How many requests may be on their way at a time',
};

const CALLING_CODE: INodeProperties = {
	displayName: 'Default Country Calling Code',
	name: 'callingCode',
	type: 'string',
	default: '',
	placeholder: 'e.g. 91',
	description: 'Put before phone numbers that have no country code of their own, such as 98765 43210',
};

/** Settings of the call itself, for every operation. */
export const optionsProperty = ({ fields }: Operation): INodeProperties => ({
	displayName: 'Options',
	name: 'requestOptions',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: fields.some(hasPhone) ? [BATCHING, CALLING_CODE, CONCURRENCY] : [BATCHING, CONCURRENCY],
});

const hasPhone = ({ type, items, fields = [] }: Field): boolean =>
	type === 'phone' || items === 'phone' || fields.some(hasPhone);
