import type { Operation } from './operation';
import { paging, search } from './paging';

export const contacts: readonly Operation[] = [
	{
		id: 'contact.getMany',
		label: 'Get many contacts',
		route: 'GET /api/contacts',
		contract: { operationId: 'listContacts' },
		rows: [10],
		fields: [...paging(100), search],
		itemsAt: ['data.contacts', 'data', 'contacts'],
	},
];
