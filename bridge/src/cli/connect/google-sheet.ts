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
			const list = tabs.map((tab) => `“${tab.title}”`).join(', ');
			return { ok: true, value: { id: id.value, title, tabs }, say: `“${title}”, tabs: ${list}` };
		},
	});
	const { id, existing } = await askId(room, 'google-sheets', idFrom(book.title));
	const titles = book.tabs.map(({ title }) => title);
	const { sheet, columns, rows } = await interview.ask({
		flag: 'sheet',
		ask: 'Tab',
		enter: titles.find((title) => title === existing?.sheet) ?? titles[0],
		check: async (answer) => {
			const tab = book.tabs.find(({ title }) => title === answer);
			if (!tab) return { ok: false, reason: `There is no tab “${answer}”: ${suggest(answer, titles)}.` };
			const [header = [], ...below] = await sheets.top(book.id, tab);
			if (!header.some((name) => name.trim() !== ''))
				return { ok: false, reason: `The first row of “${answer}” is empty: write the names of the columns there.` };
			const names = header.filter((name) => name.trim() !== '');
			return { ok: true, value: { sheet: answer, columns: header, rows: below }, say: `columns: ${names.join(', ')}` };
		},
	});
	const named = (answer: string) => columns.find((name) => name.trim().toLowerCase() === answer.toLowerCase());
	const phone = await interview.ask({
		flag: 'phone',
		ask: 'Column with the phone numbers',
		where: 'Format it as plain text (Format → Number → Plain text): a sheet turns long numbers into 9.19E+11.',
		enter: existing?.phone ?? columns.find((name) => /phone|mobile|whats|\btel|celular|n[úu]mero/i.test(name)),
		check: (answer) => {
			const column = named(answer);
			if (column === undefined)
				return { ok: false, reason: `There is no column “${answer}”: ${suggest(answer, columns)}.` };
			return { ok: true, value: column, say: seenNumbers(rows, columns.indexOf(column), room.defaults.country) };
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
	const send = await interview.choose({
		flag: 'send',
		ask: 'Which rows are sent',
		enter: existing?.send ?? 'marked',
		choices: [
			{ value: 'marked', label: `marked  those with the word “send” in “${status}”` },
			{ value: 'new', label: 'new     every row whose status is empty: also all that are in the sheet now' },
		],
	});
	const optOut = await interview.ask({
		flag: 'opt-out',
		ask: 'Column of people who want no messages',
		where: 'A row with yes in it is never sent. Enter for none.',
		enter: existing?.optOut ?? columns.find((name) => /opt.?out|unsubscri|\bstop\b/i.test(name)) ?? '',
		check: (answer) => {
			const column = answer === '' ? '' : named(answer);
			if (column !== undefined) return { ok: true, value: column };
			return { ok: false, reason: `There is no column “${answer}”: ${suggest(answer, columns)}.`, suggestion: '' };
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
		send,
		optOut: optOut === '' ? undefined : optOut,
		credentials: google.written,
		...(rootUrl === undefined ? {} : { rootUrl }),
	};
	const source = openSource(googleSheets.parse({ ...written, credentials: google.path }), room.defaults);
	return { written, secrets: {}, source };
}

function seenNumbers(rows: readonly string[][], column: number, country: string | undefined): string {
	const cells = rows.filter((row) => row.some((cell) => cell !== '')).map((row) => row[column] ?? '');
	if (cells.length === 0) return 'no row below it yet';
	const readings = cells.map((cell) => readPhone(cell, country));
	const bad = readings.find((reading) => !reading.ok);
	const good = readings.filter(({ ok }) => ok).length;
	return `${good} of the first ${cells.length} rows have a number${bad?.ok === false ? `; of the others: ${bad.reason}` : ''}`;
}

/** How many rows are looked at while a column is chosen. */
const SAMPLE = 20;

interface Tab {
	title: string;
	rows: number;
}

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
	return {
		look: async (spreadsheetId: string): Promise<{ title: string; tabs: Tab[] }> => {
			const fields = 'properties.title,sheets.properties(title,gridProperties.rowCount)';
			const { properties, sheets } = await connection.call('this sheet', (api) =>
				api.spreadsheets.get({ spreadsheetId, fields }),
			);
			const tabs = (sheets ?? []).flatMap(({ properties: tab }) =>
				tab?.title ? [{ title: tab.title, rows: tab.gridProperties?.rowCount ?? 1 }] : [],
			);
			return { title: properties?.title ?? tabs[0]?.title ?? '', tabs };
		},
		/** The header and the first rows below it, as they are shown. */
		top: async (spreadsheetId: string, { title, rows }: Tab): Promise<string[][]> => {
			// A range that ends below the sheet is refused.
			const last = Math.min(rows, SAMPLE + 1);
			const { valueRanges } = await connection.call(`the tab “${title}”`, (api) =>
				api.spreadsheets.values.batchGet({
					spreadsheetId,
					ranges: [`'${title.replaceAll("'", "''")}'!1:${last}`],
					valueRenderOption: 'FORMATTED_VALUE',
				}),
			);
			const cells: unknown[][] = valueRanges?.[0]?.values ?? [];
			return cells.map((row) => row.map((cell) => String(cell ?? '')));
		},
	};
}
