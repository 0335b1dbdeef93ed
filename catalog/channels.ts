import { choice, inQuery, required, secret, string, when } from './fields';
import type { Operation } from './operation';
import { recordId, recordInPath } from './pick';

const PLATFORMS = ['telegram', 'facebook', 'instagram'];
const workspace = required(string('workspace_id', 'Workspace record ID.', recordId('01b')));

/** Telegram, Facebook and Instagram. Not on the developer page. */
export const channels: readonly Operation[] = [
	{
		id: 'channel.getMany',
		resource: 'Channel',
		operation: 'Get Many',
		label: 'Get many channels',
		description: 'Lists the connected Telegram, Facebook and Instagram channels of a workspace.',
		route: 'GET /api/channels',
		contract: { operationId: 'listChannels' },
		rows: [],
		fields: [inQuery(workspace), inQuery(choice('platform', 'Only this channel.', PLATFORMS))],
		itemsAt: ['connections', 'data', 'data.connections'],
	},
	{
		id: 'channel.connect',
		resource: 'Channel',
		operation: 'Connect',
		label: 'Connect a channel',
		description: 'Links a Telegram bot, a Facebook page or an Instagram account to a workspace.',
		route: 'POST /api/channels/connect',
		contract: { operationId: 'connectChannel' },
		rows: [],
		fields: [
			choice('platform', 'Channel.', PLATFORMS, { required: true }),
			workspace,
			when('platform', ['telegram'], required(secret('bot_token', 'Token of the bot.', '123456:example'))),
			when('platform', ['facebook'], required(secret('access_token', 'Access token of the page.', 'EAAexample'))),
			when('platform', ['instagram'], required(secret('code', 'OAuth code of the account.', 'AQexample'))),
		],
	},
	{
		id: 'channel.getInstagramConfig',
		resource: 'Channel',
		operation: 'Get Instagram OAuth Config',
		label: 'Get the consent page of a channel',
		description: 'Returns the consent page and scopes to link an Instagram account.',
		route: 'GET /api/channels/instagram/oauth-config',
		contract: { operationId: 'getInstagramOauthConfig' },
		rows: [],
		fields: [inQuery(workspace)],
	},
	{
		id: 'channel.disconnect',
		resource: 'Channel',
		operation: 'Disconnect',
		label: 'Disconnect a channel',
		description: 'Unlinks a channel from the workspace.',
		route: 'DELETE /api/channels/{id}',
		contract: { operationId: 'disconnectChannel' },
		rows: [],
		fields: [recordInPath('Channel', '01c')],
	},
];
