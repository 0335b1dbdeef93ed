import { dateTime, inQuery, lines, list, required, string } from './fields';
import type { Operation } from './operation';
import { PICK, recordInPath } from './pick';

const accountId = recordInPath('Google Account', '018', PICK.googleAccount);
const sheetId = recordInPath('Google Sheet', '01a');

/** Google accounts linked to Messlo; part of the page's Ops & integrations. */
export const google: readonly Operation[] = [
	{
		id: 'google.getConnectUrl',
		resource: 'Google',
		operation: 'Get Connect URL',
		label: 'Get the URL to connect an account',
		description: 'Returns the address where a person links a Google account to Messlo.',
		route: 'GET /api/google/connect',
		contract: { operationId: 'getGoogleConnectUrl' },
		rows: [74],
		fields: [inQuery(string('return_to', 'Dashboard page to return to.', '/google_account'))],
	},
	{
		id: 'google.getAccounts',
		resource: 'Google',
		operation: 'Get Accounts',
		label: 'Get linked accounts',
		description: 'Lists the Google accounts linked to Messlo.',
		route: 'GET /api/google/accounts',
		contract: { operationId: 'listGoogleAccounts' },
		rows: [],
		fields: [],
		itemsAt: ['data', 'data.accounts', 'accounts'],
	},
	{
		id: 'google.getCalendars',
		resource: 'Google',
		operation: 'Get Calendars',
		label: 'Get the calendars of an account',
		description: 'Lists the calendars of a linked Google account.',
		route: 'GET /api/google/accounts/{id}/calendars',
		contract: { operationId: 'listGoogleCalendars' },
		rows: [],
		fields: [accountId],
		itemsAt: ['data', 'data.calendars', 'calendars'],
	},
	{
		id: 'google.getSheets',
		resource: 'Google',
		operation: 'Get Sheets',
		label: 'Get the sheets of an account',
		description: 'Lists the sheets of a linked Google account.',
		route: 'GET /api/google/accounts/{id}/sheets',
		contract: { operationId: 'listGoogleSheets' },
		rows: [],
		fields: [accountId],
		itemsAt: ['data', 'data.sheets', 'sheets'],
	},
	{
		id: 'google.createEvent',
		resource: 'Google',
		operation: 'Create Calendar Event',
		label: 'Create a calendar event',
		description: 'Adds an event to a linked Google calendar.',
		route: 'POST /api/google/calendars/{id}/events',
		contract: { operationId: 'createGoogleCalendarEvent' },
		rows: [],
		fields: [
			recordInPath('Google Calendar', '019'),
			required(string('summary', 'Title.', 'Visit')),
			required(dateTime('start', 'Start.', '2026-07-01T09:00:00Z')),
			required(dateTime('end', 'End.', '2026-07-01T09:30:00Z')),
			lines('description', 'Note.', 'Bring the samples'),
		],
	},
	{
		id: 'google.writeSheet',
		resource: 'Google',
		operation: 'Write Sheet',
		label: 'Write to a sheet',
		description: 'Writes rows to a linked Google sheet.',
		route: 'POST /api/google/sheets/{id}/values',
		contract: { operationId: 'writeGoogleSheet' },
		rows: [],
		fields: [
			sheetId,
			required(
				list('values', 'Rows, each a list of cells, as JSON.', [['Ana', 12]], { items: 'list', editor: 'json' }),
			),
			string('range', 'Where to write.', 'A1', { default: 'A1' }),
		],
	},
	{
		id: 'google.readSheet',
		resource: 'Google',
		operation: 'Read Sheet',
		label: 'Read a sheet',
		description: 'Reads a linked Google sheet.',
		route: 'GET /api/google/sheets/{id}',
		contract: { operationId: 'readGoogleSheet' },
		rows: [],
		fields: [sheetId, inQuery(string('range', 'What to read.', 'A1:B2'))],
	},
];
