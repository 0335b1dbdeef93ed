import type { sheets_v4 } from '@googleapis/sheets';
import { connectGoogle } from '../google/connect-google';
import { GoogleError } from '../google/google-error';
import { a1, type Area } from './a1';
import { createBudget } from './budget';
import type { SheetConfig } from './sheet-config';

/** Cells as they are shown, or null for one that is left as it is. */
export interface Patch extends Area {
	values: (string | null)[][];
}

/** One tab of a spreadsheet, as far as the bridge needs it. Every call is one request of the quota; NoBudget when there is none left. */
export interface Spreadsheet {
	/** How many rows and columns the tab has, empty ones included. */
	size(): Promise<{ rows: number; columns: number }>;
	/** Several areas at the same moment; rows and cells that are empty at the end are missing. */
	read(areas: readonly Area[]): Promise<string[][][]>;
	/** Writes text as it is, and answers how all the areas look at that very moment. */
	write(patches: readonly Patch[]): Promise<string[][][]>;
	addColumns(count: number): Promise<void>;
}

const SCOPES = ['https://www.googleapis.com/auth/spreadsheets'];

export function openSpreadsheet(
	{ id, spreadsheet: spreadsheetId, sheet, credentials = '', rootUrl }: SheetConfig,
	now: () => Date,
): Spreadsheet {
	const what = `the spreadsheet of the source '${id}'`;
	const [reading, writing] = [createBudget(), createBudget()];
	let sheetId: number | undefined;
	const google = connectGoogle({ credentials, rootUrl, scopes: SCOPES }, async (auth) =>
		(await import('@googleapis/sheets')).sheets({
			version: 'v4',
			auth,
			retry: false,
			...(rootUrl === undefined ? {} : { rootUrl: `${rootUrl}/` }),
		}),
	);
	const call = <T>(use: (api: sheets_v4.Sheets) => Promise<{ data: T }>) =>
		google.call(what, use).catch((error: unknown) => {
			throw isRenamed(error) ? renamed(sheet) : error;
		});
	const areaOf = (area: Area) => a1(sheet, area);

	return {
		size: async () => {
			reading(now());
			const { sheets = [] } = await call((api) =>
				api.spreadsheets.get({ spreadsheetId, fields: 'sheets.properties(sheetId,title,gridProperties)' }),
			);
			const tab = sheets.find(({ properties }) => properties?.title === sheet)?.properties;
			if (!tab)
				throw renamed(
					sheet,
					sheets.flatMap(({ properties }) => properties?.title ?? []),
				);
			sheetId = tab.sheetId ?? 0;
			return { rows: tab.gridProperties?.rowCount ?? 0, columns: tab.gridProperties?.columnCount ?? 0 };
		},
		read: async (areas) => {
			reading(now());
			const { valueRanges = [] } = await call((api) =>
				// As it is shown: what a person sees is what they mean to send, and a number keeps its leading zero.
				api.spreadsheets.values.batchGet({
					spreadsheetId,
					ranges: areas.map(areaOf),
					valueRenderOption: 'FORMATTED_VALUE',
				}),
			);
			return areas.map((_, index) => textsOf(valueRanges[index]?.values));
		},
		write: async (patches) => {
			writing(now());
			const { responses = [] } = await call((api) =>
				api.spreadsheets.values.batchUpdate({
					spreadsheetId,
					requestBody: {
						valueInputOption: 'RAW',
						includeValuesInResponse: true,
						responseValueRenderOption: 'FORMATTED_VALUE',
						data: patches.map((patch) => ({ range: areaOf(patch), majorDimension: 'ROWS', values: patch.values })),
					},
				}),
			);
			return patches.map((_, index) => textsOf(responses[index]?.updatedData?.values));
		},
		addColumns: async (length) => {
			writing(now());
			await call((api) =>
				api.spreadsheets.batchUpdate({
					spreadsheetId,
					requestBody: {
						requests: [{ appendDimension: { sheetId: sheetId ?? 0, dimension: 'COLUMNS', length } }],
					},
				}),
			);
		},
	};
}

const textsOf = (values: unknown[][] | null | undefined): string[][] =>
	(values ?? []).map((row) => row.map((cell) => (cell === null || cell === undefined ? '' : String(cell))));

const isRenamed = (error: unknown): boolean =>
	error instanceof GoogleError && error.status === 400 && error.message.includes('Unable to parse range');

const renamed = (sheet: string, tabs: readonly string[] = []): Error =>
	new Error(
		`The spreadsheet has no sheet '${sheet}'${tabs.length > 0 ? ` (it has: ${tabs.join(', ')})` : ''}: it was renamed or removed. Give it its name back, or write the new one under 'sheet' of the source`,
	);
