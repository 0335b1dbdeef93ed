import { Refusal } from '../refusal';
import { Collection } from './collection';
import { handler, type Handler } from './handler';

export const googleAccounts = new Collection('google-accounts', { noun: 'Google account' });
export const calendars = new Collection('google-calendars', {
	noun: 'Google calendar',
	references: { account_id: googleAccounts.find },
});
export const sheets = new Collection('google-sheets', {
	noun: 'Google sheet',
	references: { account_id: googleAccounts.find },
	hidden: ['values'],
	defaults: () => ({ values: [] }),
});
const events = new Collection('calendar-events', { noun: 'Event', references: { calendar_id: calendars.find } });

type Cell = string | number | boolean;

const ofAccount = (kind: Collection): Handler =>
	handler(({ world: { state }, path }) => {
		const { _id } = googleAccounts.find(state, path['id'] ?? '');
		return {
			success: true,
			data: kind
				.all(state)
				.filter(({ account_id: of }) => of === _id)
				.map((one) => kind.shown(one)),
		};
	});

const gridOf = (values: unknown): Cell[][] => (Array.isArray(values) ? (values as Cell[][]) : []);

/** "B2" as places from 0; the tab's name before "!" does not count, each sheet here has one tab. */
function cellOf(text: string): { row: number; column: number } {
	const [, letters = '', digits = ''] = /^([A-Z]{1,3})([1-9]\d{0,6})$/i.exec(text.replace(/^.*!/, '')) ?? [];
	if (letters === '') throw new Refusal(400, `Unable to parse range: ${text}`);
	const column = [...letters.toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
	return { row: Number(digits) - 1, column };
}

export const google: Record<string, Handler> = {
	getGoogleConnectUrl: handler(({ world, query }) => {
		const state = encodeURIComponent(String(query['return_to'] ?? '/'));
		const back = encodeURIComponent(`${world.url}/api/google/callback`);
		return {
			success: true,
			url: `https://accounts.google.com/o/oauth2/v2/auth?client_id=sandbox&response_type=code&redirect_uri=${back}&state=${state}`,
		};
	}),

	...googleAccounts.serve({ list: 'listGoogleAccounts' }),
	listGoogleCalendars: ofAccount(calendars),
	listGoogleSheets: ofAccount(sheets),

	createGoogleCalendarEvent: handler<Record<string, unknown>>(({ world, path, body }) => {
		if (Date.parse(String(body['end'])) < Date.parse(String(body['start']))) {
			throw new Refusal(400, 'The specified time range is empty: end is before start');
		}
		const calendar = calendars.find(world.state, path['id'] ?? '');
		return { success: true, data: events.add(world, { ...body, calendar_id: calendar._id, status: 'confirmed' }) };
	}),

	writeGoogleSheet: handler<{ range?: string; values: Cell[][] }>(({ world, path, body }) => {
		const sheet = sheets.find(world.state, path['id'] ?? '');
		const grid = gridOf(sheet['values']);
		// Without a range the rows are added below what is there.
		const start = body.range === undefined ? { row: grid.length, column: 0 } : cellOf(body.range.split(':')[0] ?? '');
		for (const [index, cells] of body.values.entries()) {
			const row = (grid[start.row + index] ??= []);
			row.splice(start.column, cells.length, ...cells);
		}
		return { success: true, data: { updatedRows: body.values.length } };
	}),

	readGoogleSheet: handler(({ world, path, query }) => {
		const values = gridOf(sheets.find(world.state, path['id'] ?? '')['values']);
		if (query['range'] === undefined) return { success: true, data: { values } };
		const [from = '', to = from] = String(query['range']).split(':');
		const [first, last] = [cellOf(from), cellOf(to)];
		const rows = values.slice(first.row, last.row + 1).map((row) => row.slice(first.column, last.column + 1));
		return { success: true, data: { range: query['range'], values: rows } };
	}),
};
