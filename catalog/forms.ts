import { boolean, inQuery, integer, lines, list, object, required, string } from './fields';
import type { Field, Operation } from './operation';
import { paging, search } from './paging';
import { PICK, recordInPath, wabaId } from './pick';

const id = recordInPath('Form', '00d', PICK.form);
const name = string('name', 'Name of the form.', 'Lead form');
const formFields = list(
	'fields',
	'Fields of the form, in order.',
	[{ type: 'text', label: 'Name', name: 'name', required: true, step: 1, order: 1 }],
	{
		min: 1,
		open: true,
		fields: [
			required(string('type', 'Kind of field, such as text.', 'text')),
			required(string('label', 'Label.', 'Name')),
			string('name', 'Key of the answer.', 'name'),
			boolean('required', 'Whether it must be filled.', true),
			integer('step', 'Screen it stands on, from 1.', 1),
			integer('order', 'Place on the screen, from 1.', 1),
			string('id', 'ID of the field.', 'f_1'),
			list('options', 'Choices, as JSON objects.', [{ id: 'yes', title: 'Yes' }], { items: 'object', editor: 'json' }),
		],
	},
);
const rest: readonly Field[] = [
	string('category', 'Class.', 'CUSTOM', { default: 'CUSTOM' }),
	lines('description', 'Note.', 'For the trade fair'),
	boolean('is_active', 'Whether it is in use.', true),
	object('submit_settings', 'What happens on submit, as JSON.', { message: 'Thank you!' }, { editor: 'json' }),
];

export const forms: readonly Operation[] = [
	{
		id: 'form.getMany',
		resource: 'Form',
		operation: 'Get Many',
		label: 'Get many forms',
		description: 'Lists the WhatsApp Flow forms of a WhatsApp account.',
		route: 'GET /api/forms',
		contract: { operationId: 'listForms' },
		rows: [65],
		fields: [
			inQuery(wabaId),
			...paging(100),
			search,
			inQuery(string('meta_status', 'Only forms in this state at Meta.', 'PUBLISHED')),
			inQuery(string('category', 'Only forms of this class.', 'CUSTOM')),
		],
		itemsAt: ['data', 'data.forms', 'forms'],
		page: 100,
	},
	{
		id: 'form.create',
		resource: 'Form',
		operation: 'Create',
		label: 'Create a form',
		description: 'Creates a form together with its flow at Meta; publish it before use.',
		route: 'POST /api/forms',
		contract: { operationId: 'createForm' },
		rows: [66],
		fields: [wabaId, required(name), required(formFields), ...rest],
	},
	{
		id: 'form.publish',
		resource: 'Form',
		operation: 'Publish',
		label: 'Publish a form',
		description: "Publishes a form's flow at Meta, so that it can be sent.",
		route: 'PATCH /api/forms/{id}/publish',
		contract: { operationId: 'publishForm' },
		rows: [67],
		fields: [id],
	},
	{
		id: 'form.get',
		resource: 'Form',
		operation: 'Get',
		label: 'Get a form',
		description: 'Reads one form; its data.flow.flow_id is the ID that automation flows use.',
		route: 'GET /api/forms/{id}',
		contract: { operationId: 'getForm' },
		rows: [],
		fields: [id],
	},
	{
		id: 'form.update',
		resource: 'Form',
		operation: 'Update',
		label: 'Update a form',
		description: 'Changes the given parts of a form.',
		route: 'PATCH /api/forms/{id}',
		contract: { operationId: 'updateForm' },
		rows: [],
		fields: [id, name, formFields, ...rest],
		anyOf: [name, formFields, ...rest].map((field) => field.name),
	},
	{
		id: 'form.delete',
		resource: 'Form',
		operation: 'Delete',
		label: 'Delete a form',
		description: 'Deletes a form.',
		route: 'DELETE /api/forms/{id}',
		contract: { operationId: 'deleteForm' },
		rows: [],
		fields: [id],
	},
];
