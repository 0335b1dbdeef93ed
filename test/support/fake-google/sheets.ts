import type { FakeAnswer, FakeApi, FakeRequest } from './server';

/** One tab: rows of texts as they are shown, the header first. Whoever edits it does so between two requests. */
export class FakeTab {
	/** Empty rows at the end, as a new sheet has them. */
	spareRows = 20;
	columns = 26;
	constructor(
		public title: string,
		readonly rows: string[][],
	) {}

	/** Place of a column, by its header. */
	column(name: string): number {
		return (this.rows[0] ?? []).indexOf(name);
	}
	cell(row: readonly string[] | undefined, name: string): string {
		return row?.[this.column(name)] ?? '';
	}
	/** The cells of one column, header left out. */
	all(name: string): string[] {
		return this.rows.slice(1).map((row) => this.cell(row, name));
	}
	/** The row with this text in a column. */
	find(name: string, text: string): string[] | undefined {
		return this.rows.slice(1).find((row) => this.cell(row, name) === text);
	}
	set(row: string[] | undefined, name: string, text: string): void {
		if (!row) throw new Error('There is no such row');
		const place = this.column(name);
		if (place < 0) throw new Error(`There is no column ${name}`);
		while (row.length < place) row.push('');
		row[place] = text;
	}
	get height(): number {
		return this.rows.length + this.spareRows;
	}
}

export interface FakeSpreadsheet {
	id: string;
	tabs: FakeTab[];
	/** Accounts it is shared with; everybody when absent. */
	sharedWith?: string[];
}

const refused = (code: number, status: string, message: string): FakeAnswer => ({
	status: code,
	body: { error: { code, message, status } },
});
const UNAVAILABLE = refused(503, 'UNAVAILABLE', 'The service is currently unavailable.');
type Fate = 'refuse' | 'lose-answer' | undefined;

class Refused extends Error {
	constructor(readonly answer: FakeAnswer) {
		super('refused');
	}
}
const badRequest = (message: string) => new Refused(refused(400, 'INVALID_ARGUMENT', message));

interface Place {
	tab: FakeTab;
	firstRow: number;
	lastRow: number;
	firstColumn: number;
	lastColumn: number;
	/** As Google writes it in an answer. */
	range: string;
}

/** The Sheets API as far as it is documented for values: ranges, cells that are skipped, answers that show what was written. */
export function fakeSheets(spreadsheets: FakeSpreadsheet[]) {
	/** Called before each request is done: what people do in the meantime, and whether it is refused or its answer gets lost. */
	let meanwhile: (request: FakeRequest) => Fate = () => undefined;
	/** Called after each write, as Drive hears of it. */
	let written: () => void = () => undefined;

	function handle(request: FakeRequest): FakeAnswer {
		const fate = meanwhile(request);
		if (fate === 'refuse') return UNAVAILABLE;
		const answer = answerTo(request);
		return fate === 'lose-answer' ? UNAVAILABLE : answer;
	}

	function answerTo(request: FakeRequest): FakeAnswer {
		const { method, path, query, body } = request;
		const [, id = '', action = ''] = /^\/([^/:]+)(.*)$/.exec(decodeURIComponent(path)) ?? [];
		const spreadsheet = spreadsheets.find((each) => each.id === id);
		if (!spreadsheet) return refused(404, 'NOT_FOUND', 'Requested entity was not found.');
		if (spreadsheet.sharedWith?.includes(request.account) === false)
			return refused(403, 'PERMISSION_DENIED', 'The caller does not have permission');
		if (!request.scopes.some((scope) => /\/auth\/(spreadsheets|drive)$/.test(scope)))
			return refused(403, 'PERMISSION_DENIED', 'Request had insufficient authentication scopes.');
		try {
			if (method === 'GET' && action === '') return { status: 200, body: describe(spreadsheet) };
			if (method === 'GET' && action === '/values:batchGet') {
				const ranges = query.getAll('ranges').map((range) => placeOf(spreadsheet, range));
				return { status: 200, body: { spreadsheetId: id, valueRanges: ranges.map(shown) } };
			}
			if (method === 'POST' && action === '/values:batchUpdate') {
				const answer = update(spreadsheet, body as UpdateBody);
				written();
				return { status: 200, body: answer };
			}
			if (method === 'POST' && action === ':batchUpdate') return { status: 200, body: append(spreadsheet, body) };
		} catch (error) {
			if (error instanceof Refused) return error.answer;
			throw error;
		}
		return refused(404, 'NOT_FOUND', `${method} ${path} is not played`);
	}

	return {
		api: { name: 'sheets', prefix: '/v4/spreadsheets', handle } satisfies FakeApi,
		spreadsheets,
		meanwhile: (edit: (request: FakeRequest) => Fate) => {
			meanwhile = edit;
		},
		onWritten: (tell: () => void) => {
			written = tell;
		},
	};
}

const describe = ({ id, tabs }: FakeSpreadsheet) => ({
	spreadsheetId: id,
	sheets: tabs.map((tab, index) => ({
		properties: {
			sheetId: index,
			title: tab.title,
			gridProperties: { rowCount: tab.height, columnCount: tab.columns },
		},
	})),
});

/** `'It''s'!A2:M501`, `'It''s'!1:1`, `'It''s'!H2:H`; an end beyond the grid is refused, an open one is not. */
function placeOf({ tabs }: FakeSpreadsheet, range: string): Place {
	const [, name = '', from = '', fromRow = '', to = '', toRow = ''] =
		/^'((?:[^']|'')+)'!([A-Z]*)(\d+):([A-Z]*)(\d*)$/.exec(range) ?? [];
	const tab = tabs.find(({ title }) => title === name.replaceAll("''", "'"));
	if (!tab) throw badRequest(`Unable to parse range: ${range}`);
	const [firstRow, firstColumn] = [Number(fromRow), from === '' ? 0 : indexOf(from)];
	const [lastRow, lastColumn] = [toRow === '' ? tab.height : Number(toRow), to === '' ? tab.columns - 1 : indexOf(to)];
	if (lastRow > tab.height || lastColumn >= tab.columns)
		throw badRequest(`Range (${range}) exceeds grid limits. Max rows: ${tab.height}, max columns: ${tab.columns}`);
	return { tab, firstRow, lastRow, firstColumn, lastColumn, range };
}

const indexOf = (letters: string): number =>
	[...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;

/** Trailing empty cells and rows are left out; `values` is missing when nothing is left. */
function shown({ tab, firstRow, lastRow, firstColumn, lastColumn, range }: Place) {
	const rows = tab.rows.slice(firstRow - 1, lastRow).map((row) => {
		const cells = row.slice(firstColumn, lastColumn + 1).map((cell) => cell ?? '');
		while (cells.length > 0 && cells.at(-1) === '') cells.pop();
		return cells;
	});
	while (rows.length > 0 && rows.at(-1)?.length === 0) rows.pop();
	return { range, majorDimension: 'ROWS', ...(rows.length > 0 ? { values: rows } : {}) };
}

interface UpdateBody {
	valueInputOption?: string;
	includeValuesInResponse?: boolean;
	data: { range: string; values: (string | null)[][] }[];
}

function update(spreadsheet: FakeSpreadsheet, { valueInputOption, includeValuesInResponse, data }: UpdateBody) {
	if (valueInputOption !== 'RAW') throw badRequest(`Invalid valueInputOption: ${String(valueInputOption)}`);
	const places = data.map(({ range }) => placeOf(spreadsheet, range));
	for (const [index, place] of places.entries())
		for (const [down, line] of (data[index]?.values ?? []).entries())
			for (const [right, text] of line.entries()) if (text !== null) put(place, down, right, text);
	return {
		spreadsheetId: spreadsheet.id,
		responses: places.map((place) => ({
			updatedRange: place.range,
			...(includeValuesInResponse ? { updatedData: shown(place) } : {}),
		})),
	};
}

function put(
	{ tab, firstRow, lastRow, firstColumn, lastColumn, range }: Place,
	down: number,
	right: number,
	text: string,
) {
	const [row, column] = [firstRow - 1 + down, firstColumn + right];
	if (row >= lastRow || column > lastColumn) throw badRequest(`Requested writing within range [${range}]`);
	while (tab.rows.length <= row) {
		tab.rows.push([]);
		tab.spareRows -= 1;
	}
	const cells = tab.rows[row] ?? [];
	while (cells.length < column) cells.push('');
	cells[column] = text;
}

function append({ id, tabs }: FakeSpreadsheet, body: unknown) {
	const { requests = [] } = body as {
		requests?: { appendDimension?: { sheetId: number; dimension: string; length: number } }[];
	};
	for (const { appendDimension } of requests) {
		const tab = tabs[appendDimension?.sheetId ?? -1];
		if (!tab || appendDimension?.dimension !== 'COLUMNS') throw badRequest('Invalid requests[0]');
		tab.columns += appendDimension.length;
	}
	return { spreadsheetId: id, replies: requests.map(() => ({})) };
}
