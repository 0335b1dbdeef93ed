import type { Operation } from './operation';

export const whatsappConfiguration: readonly Operation[] = [
	{
		id: 'connection.getMany',
		label: 'Get many WABA connections',
		route: 'GET /api/whatsapp/connections',
		contract: { operationId: 'listConnections' },
		rows: [1],
		fields: [],
		itemsAt: ['data', 'connections', ''],
	},
	{
		id: 'phoneNumber.getMany',
		label: 'Get many sender numbers',
		route: 'GET /api/whatsapp/phone-numbers',
		contract: { operationId: 'listPhoneNumbers' },
		rows: [2],
		fields: [],
		itemsAt: ['phone_numbers', 'data'],
	},
];
