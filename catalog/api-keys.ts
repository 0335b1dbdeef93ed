import { required, string } from './fields';
import type { Operation } from './operation';
import { paging } from './paging';
import { recordIds } from './pick';

/** Not on the developer page. */
export const apiKeys: readonly Operation[] = [
	{
		id: 'apiKey.create',
		resource: 'API Key',
		operation: 'Create',
		label: 'Create an API key',
		description: 'Makes another API key of the account and returns it once.',
		route: 'POST /api/api-keys',
		contract: { operationId: 'createApiKey' },
		rows: [],
		fields: [required(string('name', 'Label of the key.', 'backend'))],
	},
	{
		id: 'apiKey.getMany',
		resource: 'API Key',
		operation: 'Get Many',
		label: 'Get many API keys',
		description: 'Lists the API keys of the account without their secrets.',
		route: 'GET /api/api-keys',
		contract: { operationId: 'listApiKeys' },
		rows: [],
		fields: paging(100),
		itemsAt: ['data'],
		page: 100,
	},
	{
		id: 'apiKey.delete',
		resource: 'API Key',
		operation: 'Delete',
		label: 'Delete API keys',
		description: 'Deletes API keys for good; whatever uses them stops working.',
		route: 'POST /api/api-keys/delete',
		contract: { operationId: 'deleteApiKeys' },
		rows: [],
		fields: [recordIds('API Keys', '015')],
	},
	{
		id: 'apiLog.getMany',
		resource: 'API Log',
		operation: 'Get Many',
		label: 'Get many API logs',
		description: 'Lists recent API requests of the account.',
		route: 'GET /api/api-keys/logs',
		contract: { operationId: 'listApiLogs' },
		rows: [],
		fields: paging(100),
		itemsAt: ['data', 'data.logs', 'logs'],
		page: 100,
	},
];
