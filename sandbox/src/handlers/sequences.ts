import { wabaById } from '../state';
import { Collection } from './collection';
import { handler, type Handler } from './handler';
import { replyMaterials } from './reply-materials';

export const sequences = new Collection('sequences', {
	noun: 'Sequence',
	references: { waba_id: wabaById },
	defaults: { is_active: false },
});

const steps = new Collection('sequence-steps', {
	noun: 'Step',
	references: { sequence_id: sequences.find, reply_material_id: replyMaterials.find },
	defaults: { reply_material_type: 'ReplyMaterial', delay_value: 0, delay_unit: 'minutes', sort: 0 },
});

export const sequenceHandlers: Record<string, Handler> = {
	...sequences.serve({
		list: 'listSequences',
		create: 'createSequence',
		update: 'updateSequence',
		remove: 'deleteSequence',
	}),
	...steps.serve({ create: 'createSequenceStep' }),

	getSequence: handler(({ world: { state }, path }) => {
		const sequence = sequences.find(state, path['id'] ?? '');
		const own = steps.all(state).filter(({ sequence_id: of }) => of === sequence._id);
		return {
			success: true,
			data: { ...sequence, steps: own.toSorted((a, b) => Number(a['sort']) - Number(b['sort'])) },
		};
	}),
};
