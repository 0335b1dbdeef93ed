import { channels } from './channels';
import { Collection } from './collection';
import { handler, type Handler } from './handler';
import { replyOf } from './keyword-bots';

export const automations = new Collection('social-automations', {
	noun: 'Social automation',
	references: { connection_id: channels.find, reply_id: replyOf },
	defaults: { target_media_id: 'all', status: 'active' },
});

const POSTS = [
	{ id: '17900000000000000', media_type: 'post', caption: 'The new desk lamp', comments_count: 2 },
	{ id: '17900000000000001', media_type: 'reel', caption: 'How we make them', comments_count: 0 },
	{ id: '17900000000000002', media_type: 'story', caption: 'Open today', comments_count: 0 },
];

export const socialAutomation: Record<string, Handler> = {
	...automations.serve({
		list: 'listSocialAutomations',
		create: 'createSocialAutomation',
		get: 'getSocialAutomation',
		update: 'updateSocialAutomation',
		remove: 'deleteSocialAutomation',
	}),

	fetchSocialMedia: handler<{ media_type?: string }>(({ body }) => ({
		success: true,
		data: POSTS.filter(({ media_type: kind }) => body.media_type === undefined || kind === body.media_type),
	})),

	retriggerSocialComments: handler<{ platform: string; media_id: string }>(({ world, body }) => {
		const comments = POSTS.find(({ id }) => id === body.media_id)?.comments_count ?? 0;
		const rules = automations
			.all(world.state)
			.filter(({ platform, status }) => platform === body.platform && status === 'active');
		return { success: true, message: `${rules.length} rules ran over ${comments} comments` };
	}),
};
