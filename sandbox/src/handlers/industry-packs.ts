import { notFound, Refusal } from '../refusal';
import type { State } from '../state';
import type { World } from '../world';
import { chatbots } from './chatbots';
import { Collection } from './collection';
import { customFields, segments, tags } from './crm';
import { flows } from './flow';
import { handler, type Handler } from './handler';
import { listAnswer } from './paging';

interface Pack {
	slug: string;
	name: string;
	tags: string[];
	segments: string[];
	fields: { name: string; label: string; type: string }[];
	greeting: string;
	chatbot: string;
}

const PACKS: readonly Pack[] = [
	{
		slug: 'school',
		name: 'School',
		tags: ['Parent', 'Admission enquiry'],
		segments: ['Open day guests'],
		fields: [{ name: 'grade', label: 'Grade', type: 'text' }],
		greeting: 'Welcome to {{company_name}}! Ask us about admissions.',
		chatbot: 'Admissions desk',
	},
	{
		slug: 'real-estate',
		name: 'Real Estate',
		tags: ['Buyer', 'Site visit booked'],
		segments: ['Warm buyers'],
		fields: [{ name: 'budget', label: 'Budget', type: 'number' }],
		greeting: 'Hello from {{company_name}}. Which city are you looking in?',
		chatbot: 'Property assistant',
	},
];

export const applied = new Collection('applied-packs', { noun: 'Pack' });

function packOf(slug: string | undefined): Pack {
	const pack = PACKS.find((candidate) => candidate.slug === slug);
	if (!pack) throw notFound(`Industry pack ${slug}`);
	return pack;
}

/** What the pack makes, in the words of this company. */
function contentOf(pack: Pack, values: Record<string, unknown>): Record<string, unknown[]> {
	const message = pack.greeting.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? 'our company'));
	const recipient = '{{senderNumber}}';
	const nodes = [
		{ id: 't_1', type: 'trigger', position: { x: 0, y: 0 }, parameters: { event_type: 'message_received' } },
		{ id: 'n_1', type: 'send_message', position: { x: 400, y: 0 }, parameters: { recipient, message_body: message } },
	];
	const connections = [{ id: 'c1', source: 't_1', target: 'n_1', sourceHandle: 'src', targetHandle: 'tgt' }];
	return {
		tags: pack.tags.map((label) => ({ label })),
		segments: pack.segments.map((name) => ({ name })),
		custom_fields: pack.fields,
		flows: [{ name: `${pack.name}: greeting`, nodes, connections }],
		chatbots: [{ name: pack.chatbot }],
	};
}

const fieldsOf = (list: unknown[] = []): Record<string, unknown>[] => list as Record<string, unknown>[];

/** Adds what is not there yet under the same name. */
function addMissing(world: World, kind: Collection, name: string, wanted: Record<string, unknown>[]): void {
	const known = kind.all(world.state).map((entry) => entry[name]);
	for (const fields of wanted) if (!known.includes(fields[name])) kind.add(world, fields);
}

const wabaId = (state: State): string | undefined => state.wabas[0]?._id;

export const industryPacks: Record<string, Handler> = {
	listPublicIndustryPacks: handler((call) =>
		listAnswer(
			PACKS.map(({ slug, name }) => ({ slug, name })),
			call,
		),
	),

	listIndustryPacks: handler((call) => {
		const done = applied.all(call.world.state).map((entry) => entry['slug']);
		return listAnswer(
			PACKS.map(({ slug, name }) => ({ slug, name, is_applied: done.includes(slug) })),
			call,
		);
	}),

	previewIndustryPack: handler(({ path, query }) => ({ success: true, data: contentOf(packOf(path['slug']), query) })),

	applyIndustryPack: handler<{ pack_slug: string; personalization?: Record<string, unknown> }>(({ world, body }) => {
		const pack = packOf(body.pack_slug);
		const content = contentOf(pack, body.personalization ?? {});
		addMissing(world, tags, 'label', fieldsOf(content['tags']));
		addMissing(world, segments, 'name', fieldsOf(content['segments']));
		addMissing(world, customFields, 'name', fieldsOf(content['custom_fields']));
		addMissing(world, flows, 'name', fieldsOf(content['flows']));
		const owned = fieldsOf(content['chatbots']).map((fields) => ({ ...fields, waba_id: wabaId(world.state) }));
		addMissing(world, chatbots, 'name', owned);
		addMissing(world, applied, 'slug', [{ slug: pack.slug }]);
		return { success: true, message: `Pack ${pack.name} applied`, data: content };
	}),

	resyncIndustryPackFlows: handler<{ personalization?: Record<string, unknown> }>(({ world, body }) => {
		const packs = applied.all(world.state).map((entry) => packOf(String(entry['slug'])));
		if (packs.length === 0) throw new Refusal(400, 'No pack has been applied yet');
		const rebuilt = packs.flatMap((pack) => fieldsOf(contentOf(pack, body.personalization ?? {})['flows']));
		for (const fields of rebuilt) {
			const known = flows.all(world.state).find((flow) => flow['name'] === fields['name']);
			if (known) flows.change(world, known, fields);
			else flows.add(world, fields);
		}
		return { success: true, message: `${rebuilt.length} flows rebuilt` };
	}),
};
