import { Collection } from './collection';
import { handler, type Handler } from './handler';
import { listAnswer } from './paging';

export const apiKeys = new Collection('api-keys', { noun: 'API key', hidden: ['secret'] });

export const apiKeyHandlers: Record<string, Handler> = {
	...apiKeys.serve({ list: 'listApiKeys', removeMany: 'deleteApiKeys' }),

	createApiKey: handler<{ name: string }>(({ world, body }) => {
		const _id = world.state.nextId();
		const secret = `mk_sandbox_${_id}`;
		const key = apiKeys.add(world, { _id, id: _id, name: body.name, prefix: 'mk_sandbox_', secret });
		return { success: true, data: apiKeys.shown(key), api_key: secret };
	}),

	listApiLogs: handler((call) => {
		const logs = call.world.journal
			.list()
			.map(({ at, method, path, status }) => ({ method, endpoint: path, status_code: status, createdAt: at }));
		return listAnswer(logs.reverse(), call);
	}),
};
