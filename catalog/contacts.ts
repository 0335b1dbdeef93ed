import { email, file, list, object, string } from './fields';
import type { Field, Operation } from './operation';
import { paging, search } from './paging';
import { PICK, recordId, recordIds, recordInPath } from './pick';

const id = recordInPath('Contact', '003', PICK.contact);

/** The contract's pattern: a contact's number may be written as people write it. */
const number = string('phone_number', 'Number with country code; a leading plus is welcome.', '+12025550143', {
	pattern: /^\+?[0-9][0-9 ()-]{4,24}$/,
});

const details: readonly Field[] = [
	string('name', 'Display name.', 'Ana Lima'),
	email('email', 'E-mail address.', 'ana@example.com'),
	object('custom_fields', 'Values by name of the custom field.', { interest: 'demo' }),
	list('tags', 'Record IDs of tags.', [recordId('005')], { items: 'string', pick: PICK.tag }),
	list('segments', 'Record IDs of segments.', [recordId('006')], { items: 'string', pick: PICK.segment }),
];

export const contacts: readonly Operation[] = [
	{
		id: 'contact.getMany',
		resource: 'Contact',
		operation: 'Get Many',
		label: 'Get many contacts',
		description: 'Lists contacts, page by page, filtered by free text such as a name or number.',
		route: 'GET /api/contacts',
		contract: { operationId: 'listContacts' },
		rows: [10],
		fields: [...paging(100), search],
		itemsAt: ['data.contacts', 'data', 'contacts'],
		page: 100,
	},
	{
		id: 'contact.create',
		resource: 'Contact',
		operation: 'Create',
		label: 'Create a contact',
		description: 'Adds a contact with a phone number and, if wanted, a name, e-mail address, tags and segments.',
		route: 'POST /api/contacts',
		contract: { operationId: 'createContact' },
		rows: [11],
		fields: [{ ...number, required: true }, ...details],
	},
	{
		id: 'contact.update',
		resource: 'Contact',
		operation: 'Update',
		label: 'Update a contact',
		description: 'Changes the given details, tags, segments and custom fields of a contact.',
		route: 'PUT /api/contacts/{id}',
		contract: { operationId: 'updateContact' },
		rows: [58],
		fields: [id, number, ...details],
		anyOf: [number, ...details].map(({ name }) => name),
	},
	{
		id: 'contact.get',
		resource: 'Contact',
		operation: 'Get',
		label: 'Get a contact',
		description: 'Reads one contact by its record ID.',
		route: 'GET /api/contacts/{id}',
		contract: { operationId: 'getContact' },
		rows: [],
		fields: [id],
	},
	{
		id: 'contact.delete',
		resource: 'Contact',
		operation: 'Delete',
		label: 'Delete contacts',
		description: 'Deletes one or more contacts by their record IDs.',
		route: 'DELETE /api/contacts/delete',
		contract: { operationId: 'deleteContacts' },
		rows: [],
		fields: [recordIds('contacts', '003', PICK.contact)],
	},
	{
		id: 'contact.runPipelineAction',
		resource: 'Contact',
		operation: 'Run Pipeline Action',
		label: 'Run a pipeline action on a contact',
		description: 'Runs a pipeline action on a contact; the API does not publish which fields it takes.',
		route: 'POST /api/contacts/funnel/action',
		contract: { operationId: 'contactFunnelAction' },
		rows: [],
		fields: [
			object(
				'action',
				'The whole body of the request.',
				{ action: 'move', contact_id: recordId('003'), stage_id: recordId('012') },
				{ required: true, spread: true, editor: 'json' },
			),
		],
	},
	{
		id: 'contactImport.create',
		resource: 'Contact Import',
		operation: 'Create',
		label: 'Import contacts from a file',
		description: 'Starts a background import of contacts from a CSV, XLSX or XLS file.',
		route: 'POST /api/contacts/import',
		contract: { operationId: 'importContacts' },
		rows: [],
		fields: [file('file', 'CSV, XLSX or XLS file.', 'data', { required: true })],
		multipart: true,
	},
	{
		id: 'contactImport.getMany',
		resource: 'Contact Import',
		operation: 'Get Many',
		label: 'Get many contact imports',
		description: 'Lists the contact imports and their states.',
		route: 'GET /api/import-jobs',
		contract: { operationId: 'listImportJobs' },
		rows: [],
		fields: [
			...paging(50),
			{
				...string('status', 'Only imports in this state.', 'completed'),
				in: 'query',
				choices: ['pending', 'processing', 'completed', 'failed'],
			},
		],
		itemsAt: ['data', 'data.jobs', 'data.import_jobs', 'jobs'],
		page: 50,
	},
	{
		id: 'contactImport.get',
		resource: 'Contact Import',
		operation: 'Get',
		label: 'Get a contact import',
		description: 'Reads the state of one contact import.',
		route: 'GET /api/import-jobs/{id}',
		contract: { operationId: 'getImportJob' },
		rows: [],
		fields: [recordInPath('Import', '017', PICK.importJob)],
	},
];
