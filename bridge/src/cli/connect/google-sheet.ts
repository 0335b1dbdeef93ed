import { googleSheets } from '../../config/source-kinds/google-sheets';
import { openSource } from '../../journey/open-sources';
import { readPhone } from '../../phone';
import { connectGoogle } from '../../sources/google/connect-google';
import { suggest } from '../../yaml/nearest';
import { askId, type ConnectRoom, type Draft, idFrom } from './draft';
import type { GoogleAccess } from './google';
import type { Answer } from './questions';

/** The long part of a sheet's address, or that part alone. */
export function spreadsheetId(answer: string): Answer<string> {
	const id = /\/spreadsheets\/(?:u\/\d+\/)?d\/([\w-]{20,})/.exec(answer)?.[1] ?? /^([\w-]{20,})$/.exec(answer)?.[1];
	if (id !== undefined) return { ok: true, value: id };
	const reason = /\/spreadsheets\/d\/e\//.test(answer)
		? 'That is the address of the published copy. Open the sheet itself and copy its address.'
		: `'${answer}' shows no sheet. Its address is https://docs.google.com/spreadsheets/d/<id>/edit.`;
	return { ok: false, reason };
}

/** A sheet whose rows are messages: found, its tabs and columns shown, one of each chosen. */
export async function askSheet(room: ConnectRoom, google: GoogleAccess): Promise<Draft> {
	const { interview } = room;
	const sheets = openSheets(google);
	const book = await interview.ask({
		flag: 'spreadsheet',
		ask: 'Sheet',
		where: `Its address in the browser.${google.email === undefined ? '' : ` Share it with ${google.email}, as an editor.`}`,
		check: async (answer) => {
			const id = spreadsheetId(answer);
			if (!id.ok) return id;
			const { title, tabs } = await sheets.look(id.value);
			const list = tabs.map((tab) => `“${tab}”`).join(', ');
			return { ok: true, value: { id: id.value, title, tabs }, say: `“${title}”, tabs: ${list}` };
		},
	});
	const { id, existing } = await askId(room, 'google-sheets', idFrom(book.title));
	const { sheet, columns } = await interview.ask({
		flag: 'sheet',
		ask: 'Tab',
		enter: book.tabs.find((tab) => tab === existing?.sheet) ?? book.tabs[0],
		check: async (answer) => {
			if (!book.tabs.includes(answer))
				return { ok: false, reason: `There is no tab “${answer}”: ${suggest(answer, book.tabs)}.` };
			const names = await sheets.columns(book.id, answer);
			if (names.length === 0)
				return { ok: false, reason: `The first row of “${answer}” is empty: write the names of the columns there.` };
			return { ok: true, value: { sheet: answer, columns: names }, say: `columns: ${names.join(', ')}` };
		},
	});
	const phone = await interview.ask({
		flag: 'phone',
		ask: 'Column with the phone numbers',
		where: 'Format it as plain text (Format → Number → Plain text): a sheet turns long numbers into 9.19E+11.',
		enter: existing?.phone ?? columns.find((name) => /phone|mobile|whats|tel|número|numero|फ़?ोन/i.test(name)),
		check: async (answer) => {
			const column = columns.find((name) => name.trim().toLowerCase() === answer.toLowerCase());
			if (column === undefined)
				return { ok: false, reason: `There is no column “${answer}”: ${suggest(answer, columns)}.` };
			return { ok: true, value: column, say: await seenNumbers(column) };
		},
	});
	const status = await interview.ask({
		flag: 'status',
		ask: 'Column for what became of each row',
		where: 'The bridge writes there: queued, sent, read, or what is wrong.',
		enter: existing?.status ?? 'WhatsApp status',
		check: (answer) =>
			answer.toLowerCase() === phone.toLowerCase()
				? { ok: false, reason: 'That is the column with the numbers: it would be overwritten.' }
				: {
						ok: true,
						value: answer,
						say: columns.includes(answer) ? 'there already' : 'not there yet: the bridge adds it',
					},
	});
	const { rootUrl } = google;
	const written = {
		id,
		kind: 'google-sheets',
		spreadsheet: book.id,
		sheet,
		phone,
		status,
		credentials: google.written,
		...(rootUrl === undefined ? {} : { rootUrl }),
	};
	const source = openSource(googleSheets.parse({ ...written, credentials: google.path }), room.defaults);
	if (!source) throw new Error('The bridge has no source for sheets.');
	return { written, secrets: {}, source };

	async function seenNumbers(column: string): Promise<string> {
		const cells = await sheets.cells(book.id, sheet, columns.indexOf(column));
		const readings = cells.map((cell) => readPhone(cell, room.defaults.country));
		const good = readings.filter(({ ok }) => ok).length;
		if (good === cells.length) return `the first ${cells.length} rows: each has a number`;
		const bad = readings.find((reading) => !reading.ok);
		return `the first ${cells.length} rows: ${good} have a number; ${bad && !bad.ok ? bad.reason : ''}`;
	}
}

/** How many rows are looked at while a column is chosen. */
const SAMPLE = 20;

function openSheets({ path, rootUrl }: GoogleAccess) {
	const connection = connectGoogle(
		{ credentials: path, rootUrl, scopes: ['https://www.googleapis.com/auth/spreadsheets'] },
		async (auth) => {
			const { sheets } = await import('@googleapis/sheets');
			return sheets({
				version: 'v4',
				auth,
				retry: false,
				...(rootUrl === undefined ? {} : { rootUrl: `${rootUrl}/` }),
			});
		},
	);
	const range = (tab: string, cells: string) => `'${tab.replaceAll("'", "''")}'!${cells}`;
	const values = async (spreadsheetId: string, what: string, wanted: string) => {
		const { values: rows = [] } = await connection.call(what, (api) =>
			api.spreadsheets.values.get({ spreadsheetId, range: wanted, valueRenderOption: 'FORMATTED_VALUE' }),
		);
		return (rows ?? []).map((row: unknown[]) => row.map((cell) => String(cell ?? '')));
	};
	return {
		look: async (spreadsheetId: string) => {
			const data = await connection.call('this sheet', (api) =>
				api.spreadsheets.get({ spreadsheetId, fields: 'properties.title,sheets.properties.title' }),
			);
			return {
				title: data.properties?.title ?? '',
				tabs: (data.sheets ?? []).flatMap(({ properties }) => properties?.title ?? []),
			};
		},
		columns: async (spreadsheetId: string, tab: string) =>
			((await values(spreadsheetId, `the tab “${tab}”`, range(tab, '1:1')))[0] ?? []).filter(
				(name) => name.trim() !== '',
			),
		cells: async (spreadsheetId: string, tab: string, column: number) =>
			(await values(spreadsheetId, `the tab “${tab}”`, range(tab, `2:${SAMPLE + 1}`)))
				.filter((row) => row.some((cell) => cell !== ''))
				.map((row) => row[column] ?? ''),
	};
}
