import { boolean, choice, inQuery, lines, list, number, required, string } from './fields';
import type { Field, Operation } from './operation';
import { PICK, recordId, recordInPath } from './pick';

const id = recordInPath('Rule', '01d');
const workspace = string('workspace_id', 'Workspace record ID.', recordId('01b'));
const platform = choice('platform', 'Channel.', ['instagram', 'facebook']);
const kind = choice('automation_type', 'What starts it.', [
	'post_comment',
	'reel_comment',
	'story_mention',
	'story_reply',
]);
const rule: readonly Field[] = [
	string('target_media_id', 'Post to watch, or all.', 'all', { label: 'Post ID' }),
	string('connection_id', 'Channel connection record ID.', recordId('01c')),
	list('keywords', 'Words to match.', ['price'], { items: 'string' }),
	choice('matching_method', 'How a word is matched.', ['exact', 'contains', 'starts_with', 'ends_with', 'partial']),
	number('partial_percentage', 'Threshold for a partial match.', 80),
	choice('reply_type', 'Kind of answer.', ['text', 'media', 'template', 'chatbot']),
	string('reply_id', 'Record to answer with.', recordId('00c'), { label: 'Reply', pick: PICK.replyMaterial }),
	string('reply_type_ref', 'Kind of that record.', 'ReplyMaterial'),
	boolean('auto_like_comment', 'Whether to like the comment.', true),
	boolean('auto_hide_comment', 'Whether to hide the comment.', false),
	boolean('requires_following', 'Whether to answer followers only.', false),
	lines('follow_gate_message', 'Text for those who do not follow.', 'Follow us to get the price list.'),
	number('delay_seconds', 'Seconds to wait before the answer.', 5),
	choice('status', 'State.', ['active', 'inactive']),
];
const all: readonly Field[] = [workspace, platform, kind, ...rule];

/** Answers to comments on Instagram and Facebook. Not on the developer page. */
export const socialAutomation: readonly Operation[] = [
	{
		id: 'socialAutomation.getMany',
		resource: 'Social Automation',
		operation: 'Get Many',
		label: 'Get many social automations',
		description: 'Lists the rules that answer comments on Instagram and Facebook.',
		route: 'GET /api/social-automation',
		contract: { operationId: 'listSocialAutomations' },
		rows: [],
		fields: [inQuery(workspace), inQuery(platform)],
		itemsAt: ['data', 'data.automations', 'automations'],
	},
	{
		id: 'socialAutomation.create',
		resource: 'Social Automation',
		operation: 'Create',
		label: 'Create a social automation',
		description: 'Adds a rule that answers comments or stories on Instagram or Facebook.',
		route: 'POST /api/social-automation',
		contract: { operationId: 'createSocialAutomation' },
		rows: [],
		fields: [required(workspace), required(platform), required(kind), ...rule],
	},
	{
		id: 'socialAutomation.get',
		resource: 'Social Automation',
		operation: 'Get',
		label: 'Get a social automation',
		description: 'Reads one rule that answers comments.',
		route: 'GET /api/social-automation/{id}',
		contract: { operationId: 'getSocialAutomation' },
		rows: [],
		fields: [id],
	},
	{
		id: 'socialAutomation.update',
		resource: 'Social Automation',
		operation: 'Update',
		label: 'Update a social automation',
		description: 'Changes the given parts of a rule that answers comments.',
		route: 'PUT /api/social-automation/{id}',
		contract: { operationId: 'updateSocialAutomation' },
		rows: [],
		fields: [id, ...all],
		anyOf: all.map(({ name }) => name),
	},
	{
		id: 'socialAutomation.delete',
		resource: 'Social Automation',
		operation: 'Delete',
		label: 'Delete a social automation',
		description: 'Deletes a rule that answers comments.',
		route: 'DELETE /api/social-automation/{id}',
		contract: { operationId: 'deleteSocialAutomation' },
		rows: [],
		fields: [id],
	},
	{
		id: 'socialAutomation.getMedia',
		resource: 'Social Automation',
		operation: 'Get Posts',
		label: 'Get posts for a social automation',
		description: 'Lists posts, reels or stories that a rule can watch.',
		route: 'POST /api/social-automation/media',
		contract: { operationId: 'fetchSocialMedia' },
		rows: [],
		fields: [
			required(workspace),
			required(platform),
			choice('media_type', 'Kind of post.', ['post', 'reel', 'story']),
			string('page_id', 'Facebook page ID.', '100200300'),
		],
		itemsAt: ['data', 'data.media', 'media'],
	},
	{
		id: 'socialAutomation.retrigger',
		resource: 'Social Automation',
		operation: 'Retrigger Comments',
		label: 'Retrigger social automations on a post',
		description: 'Runs the rules again over the comments of a post.',
		route: 'POST /api/social-automation/retrigger',
		contract: { operationId: 'retriggerSocialComments' },
		rows: [],
		fields: [
			required(workspace),
			required(platform),
			required(string('media_id', 'ID of the post.', '17900000000000000', { label: 'Post ID' })),
		],
	},
];
