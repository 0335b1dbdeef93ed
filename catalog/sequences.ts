import { boolean, choice, inQuery, integer, required, string } from './fields';
import type { Operation } from './operation';
import { PICK, recordId, recordInPath, wabaId } from './pick';

const id = recordInPath('Sequence', '00f', PICK.sequence);
const name = string('name', 'Name of the sequence.', 'Welcome');

/** Follow-ups over time; part of the page's Ops & integrations. */
export const sequences: readonly Operation[] = [
	{
		id: 'sequence.getMany',
		resource: 'Sequence',
		operation: 'Get Many',
		label: 'Get many sequences',
		description: 'Lists the follow-up sequences of a WhatsApp account.',
		route: 'GET /api/sequences',
		contract: { operationId: 'listSequences' },
		rows: [75],
		fields: [inQuery(wabaId)],
		itemsAt: ['data', 'data.sequences', 'sequences'],
	},
	{
		id: 'sequence.create',
		resource: 'Sequence',
		operation: 'Create',
		label: 'Create a sequence',
		description: 'Adds a follow-up sequence; add steps to it afterwards.',
		route: 'POST /api/sequences',
		contract: { operationId: 'createSequence' },
		rows: [],
		fields: [wabaId, required(name)],
	},
	{
		id: 'sequence.get',
		resource: 'Sequence',
		operation: 'Get',
		label: 'Get a sequence',
		description: 'Reads one follow-up sequence with its steps.',
		route: 'GET /api/sequences/{id}',
		contract: { operationId: 'getSequence' },
		rows: [],
		fields: [id],
	},
	{
		id: 'sequence.update',
		resource: 'Sequence',
		operation: 'Update',
		label: 'Update a sequence',
		description: 'Renames a follow-up sequence or turns it on or off.',
		route: 'PUT /api/sequences/{id}',
		contract: { operationId: 'updateSequence' },
		rows: [],
		fields: [id, name, boolean('is_active', 'Whether it runs.', true)],
		anyOf: ['name', 'is_active'],
	},
	{
		id: 'sequence.delete',
		resource: 'Sequence',
		operation: 'Delete',
		label: 'Delete a sequence',
		description: 'Deletes a follow-up sequence.',
		route: 'DELETE /api/sequences/{id}',
		contract: { operationId: 'deleteSequence' },
		rows: [],
		fields: [id],
	},
	{
		id: 'sequence.addStep',
		resource: 'Sequence',
		operation: 'Add Step',
		label: 'Add a step to a sequence',
		description: 'Adds a step to a follow-up sequence: a saved reply after a wait.',
		route: 'POST /api/sequences/steps',
		contract: { operationId: 'createSequenceStep' },
		rows: [],
		fields: [
			required(
				string('sequence_id', 'Sequence record ID.', recordId('00f'), { label: 'Sequence', pick: PICK.sequence }),
			),
			required(
				string('reply_material_id', 'Reply material to send.', recordId('00c'), {
					label: 'Reply Material',
					pick: PICK.replyMaterial,
				}),
			),
			string('reply_material_type', 'Kind of the reply record.', 'ReplyMaterial', { default: 'ReplyMaterial' }),
			integer('delay_value', 'Wait before the step.', 2, { default: 1 }),
			choice('delay_unit', 'Unit of the wait.', ['minutes', 'hours', 'days'], { default: 'days', example: 'hours' }),
			integer('sort', 'Place among the steps.', 1),
		],
	},
];
