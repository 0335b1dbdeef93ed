import { apiKeys } from '../handlers/api-keys';
import { callAgents, callLogs } from '../handlers/calling';
import { channels } from '../handlers/channels';
import { chatbots, sources } from '../handlers/chatbots';
import type { Collection } from '../handlers/collection';
import { jobs } from '../handlers/contact-imports';
import { customFields, segments, tags } from '../handlers/crm';
import { adCampaigns, adSets } from '../handlers/facebook-ads';
import { executions, flows } from '../handlers/flow';
import { forms } from '../handlers/forms';
import { calendars, googleAccounts, sheets } from '../handlers/google';
import { applied } from '../handlers/industry-packs';
import { messageBots, quickReplies } from '../handlers/keyword-bots';
import { orderWebhooks } from '../handlers/order-webhooks';
import { pipelines } from '../handlers/pipelines';
import { replyMaterials } from '../handlers/reply-materials';
import { sequences } from '../handlers/sequences';
import { shopifyProducts } from '../handlers/shopify';
import { automations } from '../handlers/social-automation';
import { agents, teams } from '../handlers/team';
import { WABA } from '../state';
import { exampleId } from './example-id';

const waba_id = WABA._id;
const workspace_id = exampleId('01b');
const tag = exampleId('005');

/** Labels that the examples of the contract create are left free, so that they can be created. */
export const RECORDS: readonly (readonly [Collection, readonly Record<string, unknown>[]])[] = [
	[teams, [{ _id: exampleId('025'), name: 'Shop' }, { name: 'Service' }]],
	[
		agents,
		[
			{
				_id: exampleId('004'),
				name: 'Mia Cole',
				email: 'mia@example.com',
				phone: '2025550146',
				team_id: exampleId('025'),
			},
			{ name: 'Tom Reed', email: 'tom@example.com', phone: '2025550147', team_id: exampleId('025') },
		],
	],
	[
		tags,
		[
			{ _id: tag, label: 'Regular', color: '#16a34a' },
			{ label: 'Wholesale', color: '#7c3aed' },
		],
	],
	[
		segments,
		[{ _id: exampleId('006'), name: 'Newsletter', description: 'Reads the monthly letter' }, { name: 'Trade fair' }],
	],
	[customFields, [{ _id: exampleId('022'), name: 'city', label: 'City', type: 'text' }]],
	[
		replyMaterials,
		[
			{ _id: exampleId('00c'), waba_id, name: 'Prices', content: 'Desk lamps start at $49, floor lamps at $119.' },
			{ waba_id, name: 'Address', content: '1 Main Street, Austin. Open 9 to 6.' },
		],
	],
	[chatbots, [{ _id: exampleId('00a'), waba_id, name: 'Lamp adviser', business_name: 'Lamp House', status: 'active' }]],
	[
		sources,
		[
			{
				chatbot_id: exampleId('00a'),
				title: 'Hours',
				training_data: [{ question: 'When are you open?', answer: '9 to 6, Monday to Saturday.' }],
			},
		],
	],
	[
		messageBots,
		[
			{
				_id: exampleId('00b'),
				waba_id,
				keywords: ['price', 'how much'],
				matching_method: 'contains',
				reply_id: exampleId('00c'),
			},
		],
	],
	[quickReplies, [{ _id: exampleId('023'), content: 'We are on it!' }, { content: 'Could you send us a picture?' }]],
	[
		forms,
		[
			{
				_id: exampleId('00d'),
				waba_id,
				name: 'Trade enquiry',
				category: 'CUSTOM',
				meta_status: 'PUBLISHED',
				fields: [{ type: 'text', label: 'Company', name: 'company', required: true, step: 1, order: 1 }],
			},
		],
	],
	[
		flows,
		[
			{
				_id: exampleId('008'),
				name: 'Welcome',
				description: 'Tags whoever writes',
				is_active: true,
				nodes: [
					{ id: 't_1', type: 'trigger', position: { x: 0, y: 0 }, parameters: { event_type: 'message_received' } },
					{
						id: 'n_1',
						type: 'add_tag',
						position: { x: 400, y: 0 },
						parameters: { tag_id: tag },
					},
				],
				connections: [{ id: 'c1', source: 't_1', target: 'n_1', sourceHandle: 'src', targetHandle: 'tgt' }],
				triggers: [{ event_type: 'message_received', conditions: {} }],
			},
		],
	],
	[
		executions,
		[
			{
				_id: exampleId('009'),
				flow_id: exampleId('008'),
				status: 'success',
				execution_log: [{ node: 't_1', type: 'trigger', result: 'started' }],
			},
		],
	],
	[sequences, [{ _id: exampleId('00f'), waba_id, name: 'First steps', is_active: true }]],
	[
		pipelines,
		[
			{
				_id: exampleId('011'),
				name: 'Orders',
				funnelType: 'contact',
				stages: [
					{
						_id: exampleId('029'),
						name: 'New',
						items: [{ _id: exampleId('028'), global_item_id: exampleId('003') }],
					},
					{ _id: exampleId('012'), name: 'Offer sent', items: [] },
					{ _id: exampleId('02a'), name: 'Won', items: [] },
				],
			},
		],
	],
	[orderWebhooks, [{ _id: exampleId('013'), webhook_name: 'Old store' }]],
	[apiKeys, [{ _id: exampleId('015'), id: exampleId('015'), name: 'reports', prefix: 'mk_sandbox_' }]],
	[
		jobs,
		[{ _id: exampleId('017'), file_name: 'fair.csv', status: 'completed', total_records: 1, imported: 1, failed: [] }],
	],
	[googleAccounts, [{ _id: exampleId('018'), email: 'shop@example.com', name: 'Lamp House' }]],
	[calendars, [{ _id: exampleId('019'), account_id: exampleId('018'), name: 'Visits' }]],
	[
		sheets,
		[
			{
				_id: exampleId('01a'),
				account_id: exampleId('018'),
				name: 'Orders',
				values: [
					['Name', 'Lamps'],
					['Ana', 12],
				],
			},
		],
	],
	[
		channels,
		[
			{ _id: exampleId('01c'), platform: 'telegram', workspace_id, name: '@lamphouse_bot' },
			{ platform: 'instagram', workspace_id, name: 'lamphouse' },
		],
	],
	[
		automations,
		[
			{
				_id: exampleId('01d'),
				workspace_id,
				platform: 'instagram',
				automation_type: 'post_comment',
				keywords: ['price'],
				reply_type: 'text',
				reply_id: exampleId('00c'),
			},
		],
	],
	[shopifyProducts, [{ product_id: '8001', title: 'Desk lamp', price: '49.00' }]],
	[adCampaigns, [{ _id: exampleId('01e'), ad_account_id: 'act_100200', name: 'Summer', objective: 'OUTCOME_TRAFFIC' }]],
	[adSets, [{ _id: exampleId('01f'), campaign_id: exampleId('01e'), name: 'Texas' }]],
	[callAgents, [{ _id: exampleId('020'), name: 'Mia Cole', email: 'mia@example.com', phone: '+12025550146' }]],
	[
		callLogs,
		[
			{
				_id: exampleId('021'),
				contact_id: exampleId('003'),
				contact_name: 'Ana Lima',
				phone_number_id: exampleId('002'),
				agentId: exampleId('020'),
				direction: 'incoming',
				duration: 84,
				transcription: [{ speaker: 'Ana Lima', text: 'Is the desk lamp in stock?' }],
			},
		],
	],
	[applied, [{ slug: 'school' }]],
];
