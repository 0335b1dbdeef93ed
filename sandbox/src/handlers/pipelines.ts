import { notFound, Refusal } from '../refusal';
import { contactById, type Entry } from '../state';
import { Collection } from './collection';
import { handler, type Handler } from './handler';

export const pipelines = new Collection('pipelines', { noun: 'Pipeline', search: ['name'] });

interface Item {
	_id: string;
	global_item_id: string;
}
interface Stage {
	_id: string;
	name: string;
	items: Item[];
}

/** Pipelines come from the dashboard, here from the demo data, which makes them so. */
const stagesOf = (pipeline: Entry): Stage[] => (pipeline['stages'] ?? []) as Stage[];

/** Puts a card into a stage of its pipeline, from wherever it was. */
function move(
	pipeline: Entry,
	stageId: string,
	isIt: (item: Item) => boolean,
	added: Item | undefined,
	place?: number,
): void {
	const stages = stagesOf(pipeline);
	const target = stages.find(({ _id }) => _id === stageId);
	if (!target) throw notFound(`Stage ${stageId}`);
	const item = stages.flatMap(({ items }) => items).find(isIt) ?? added;
	if (!item) throw notFound('Item');
	for (const stage of stages) stage.items = stage.items.filter((other) => other !== item);
	target.items.splice(place ?? target.items.length, 0, item);
}

export const pipelineHandlers: Record<string, Handler> = {
	...pipelines.serve({ list: 'listKanbanFunnels', get: 'getKanbanFunnel' }),

	moveKanbanItem: handler<{ to_stage_id: string; global_item_id?: string; item_id?: string; position?: number }>(
		({ world, path, body }) => {
			const pipeline = pipelines.find(world.state, path['id'] ?? '');
			const isIt = ({ _id, global_item_id: record }: Item): boolean =>
				body.item_id === undefined ? record === body.global_item_id : _id === body.item_id;
			move(pipeline, body.to_stage_id, isIt, undefined, body.position);
			return { success: true, data: pipeline };
		},
	),

	// The body is not published: this is what the vendor's client is known to send.
	contactFunnelAction: handler<{ action?: string; contact_id?: string; stage_id?: string }>(({ world, body }) => {
		if (body.contact_id === undefined || body.stage_id === undefined) {
			throw new Refusal(400, 'contact_id and stage_id are required');
		}
		const contact = contactById(world.state, body.contact_id);
		const stageId = body.stage_id;
		const pipeline = pipelines.all(world.state).find((one) => stagesOf(one).some(({ _id }) => _id === stageId));
		if (!pipeline) throw notFound(`Stage ${stageId}`);
		const added = { _id: world.state.nextId(), global_item_id: contact._id };
		move(pipeline, stageId, ({ global_item_id: record }) => record === contact._id, added);
		return { success: true, data: pipeline };
	}),
};
