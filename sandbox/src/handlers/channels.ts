import { Collection } from './collection';
import { handler, type Handler } from './handler';

export const channels = new Collection('channels', {
	noun: 'Channel',
	hidden: ['bot_token', 'access_token', 'code'],
	defaults: { is_active: true },
});

export const channelHandlers: Record<string, Handler> = {
	...channels.serve({ list: 'listChannels', create: 'connectChannel', remove: 'disconnectChannel' }),

	getInstagramOauthConfig: handler(({ world }) => ({
		success: true,
		authorize_url: `https://www.instagram.com/oauth/authorize?client_id=sandbox&redirect_uri=${encodeURIComponent(world.url)}`,
		scopes: ['instagram_business_basic', 'instagram_business_manage_messages'],
	})),
};
