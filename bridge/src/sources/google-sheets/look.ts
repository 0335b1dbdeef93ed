import { randomInt } from 'node:crypto';
import type { FeedRoom } from '../feed';
import { HEADER } from './a1';
import { readHeader, type Columns } from './header';
import { generationOf, readRow, type Row } from './row';
import type { SheetConfig } from './sheet-config';
import type { Spreadsheet } from './spreadsheet';
import { type NamedRow, saveArmed, storeRows } from './store-rows';
import type { Pass, State } from './state';
import { contiguous, type Entry, saveGiven, writeRows } from './write-rows';

export interface Looking {
	sheet: Spreadsheet;
	config: SheetConfig & { timezone: string };
	state: State;
}

/** Cells a request: about 1 MB of usual text, where Google advises 2 MB. */
const CELLS = 50_000;
const MOST_ROWS = 5000;

/** Reads the next rows of the pass that is under way, and stores what is to be sent; true when the pass is over. */
export async function lookFurther(looking: Looking, room: FeedRoom): Promise<boolean> {
	const { state, sheet } = looking;
	await load(room, state);
	state.pass ??= {
		next: 2,
		rows: (await sheet.size()).rows,
		filled: 0,
		waiting: 0,
		ids: new Set(),
		marked: new Set(),
		given: new Set(),
	};
	const { pass } = state;
	const width = state.columns?.width ?? 26;
	const lastRow = Math.min(pass.rows, pass.next + Math.min(MOST_ROWS, Math.ceil(CELLS / width)) - 1);
	const body = { firstRow: pass.next, lastRow, firstColumn: 0, lastColumn: width - 1 };
	const isKnown = state.columns !== undefined && pass.next <= lastRow;
	const [top = [], cells = []] = await sheet.read(isKnown ? [HEADER, body] : [HEADER]);
	const columns = await columnsOf(looking, top[0] ?? [], room);
	if (columns === undefined) {
		delete state.pass;
		return false;
	}
	const rows = cells.flatMap((line, index) => readRow(line, pass.next + index, columns, looking.config, state) ?? []);
	for (const line of cells) {
		const id = line[columns.at.id]?.trim() ?? '';
		if (state.given.has(id)) pass.given.add(id);
	}
	await take(looking, room, columns, pass, rows);
	pass.next = lastRow + 1;
	if (pass.next <= pass.rows) return false;
	await endPass(state, pass, room);
	return true;
}

async function load(room: FeedRoom, state: State): Promise<void> {
	if (state.loaded) return;
	const kept = async <T>(name: string) => JSON.parse((await room.cursor(name)) ?? '[]') as T[];
	state.armed = new Set(await kept<string>('marked'));
	state.strays = new Set(await kept<string>('strays'));
	state.given = new Set(await kept<string>('given'));
	state.renamed = new Map(await kept<[string, string]>('renamed'));
	state.doubt = state.strays.size > 0;
	state.settled = (await room.cursor('open')) !== '1';
	state.loaded = true;
}

/** The columns as the header has them now; undefined when they changed, or some had to be made: then the pass begins anew. */
async function columnsOf(
	{ sheet, config, state }: Looking,
	header: string[],
	room: FeedRoom,
): Promise<Columns | undefined> {
	const reading = readHeader(header, config);
	if (!reading.ok) {
		const firstColumn = header.length;
		const lastColumn = firstColumn + reading.missing.length - 1;
		const { columns } = await sheet.size();
		if (lastColumn >= columns) await sheet.addColumns(lastColumn + 1 - columns);
		await sheet.write([{ firstRow: 1, lastRow: 1, firstColumn, lastColumn, values: [reading.missing] }]);
		return undefined;
	}
	if (JSON.stringify(reading.columns) === JSON.stringify(state.columns)) return reading.columns;
	state.columns = reading.columns;
	if (reading.repeated.length > 0)
		room.tell(
			'warn',
			{ stage: 'looking', columns: reading.repeated },
			'Columns of the sheet have the same name; mappings see the first of each',
		);
	return undefined;
}

/** What is to be done about these rows, in this order: they get their ids, are stored, and say so. */
async function take(
	looking: Looking,
	room: FeedRoom,
	columns: Columns,
	pass: Pass,
	rows: readonly Row[],
): Promise<void> {
	const { state } = looking;
	const known = new Set<string>();
	for (const { id, wants, foreign, hash, doubtful } of rows) {
		if (foreign) state.foreign.add(hash);
		if (id === undefined || wants !== undefined) continue;
		known.add(id);
		if (doubtful && state.doubt) state.fixes.set(id, 'again');
	}
	const [named, nameless]: [NamedRow[], Row[]] = [[], []];
	for (const row of rows) {
		const { id, wants } = row;
		if (wants === undefined) continue;
		const isCopy = id !== undefined && (known.has(id) || pass.ids.has(id));
		if (id === undefined || isCopy || (wants === 'again' && !state.armed.has(id))) nameless.push(row);
		else {
			known.add(id);
			named.push({ ...row, id });
		}
	}
	// A name given by mistake to a row that moved here must not take the place of a stored row's name while nothing but
	// that name says that it is stored.
	const mayName = state.settled && state.unsettled.size === 0;
	const { fresh, hit } = mayName ? await nameRows(looking, room, columns, pass, nameless) : { fresh: [], hit: [] };
	await noteRenamed(state, room, rows, hit);
	await settle(looking, room, columns, [...named.filter(({ id }) => !state.unsettled.has(id)), ...fresh]);
	// Only now: when Google fails in between, these rows are read again, and are no copies of themselves.
	for (const id of known) pass.ids.add(id);
	for (const { id, wants } of named) if (wants === 'again') pass.marked.add(id);
	pass.filled += rows.length;
	pass.waiting += nameless.length - fresh.length;
}

/** Stores rows and writes what became of them; those that were stored by an earlier look and do not say so come along. */
async function settle(looking: Looking, room: FeedRoom, columns: Columns, rows: readonly NamedRow[]): Promise<void> {
	const { sheet, config, state } = looking;
	if (rows.length === 0) return;
	const cells = await storeRows(rows, room, config, state);
	const entries = rows.flatMap(({ id, number }): Entry[] => {
		const given = cells.get(id);
		return given ? [{ id, number, cells: given }] : [];
	});
	for (const { id } of entries) if (!state.fixes.has(id)) state.fixes.set(id, 'again');
	const armed = state.armed.size;
	await writeRows(sheet, columns, entries, state, room);
	if (state.armed.size !== armed) await saveArmed(room, state);
	if (state.unsettled.size === 0 && state.settled) await room.saveCursor('open', '');
}

/** A row that had an id already, and had moved to where a new one was written, is known by that from now on. */
async function noteRenamed(state: State, room: FeedRoom, before: readonly Row[], hit: readonly NamedRow[]) {
	for (const { id, hash } of hit) {
		const [was, ...others] = before.filter((row) => row.hash === hash && row.wants !== 'again');
		if (was?.id === undefined || others.length > 0) continue;
		if (was.wants === undefined) state.given.delete(id);
		state.renamed.set(id, state.renamed.get(was.id) ?? was.id);
		state.renamed.delete(was.id);
		state.fixes.set(id, 'again');
	}
	if (hit.length > 0) await room.saveCursor('renamed', JSON.stringify([...state.renamed]));
}

/**
 * Writes a new id into each of these rows and answers the rows as they then are: the answer to the write shows the whole row
 * at that very moment, so a row that came there meanwhile is taken for itself: it is in `hit`, and looked at again.
 */
async function nameRows(
	{ sheet, config, state }: Looking,
	room: FeedRoom,
	columns: Columns,
	pass: Pass,
	rows: readonly Row[],
): Promise<{ fresh: NamedRow[]; hit: NamedRow[] }> {
	if (rows.length === 0) return { fresh: [], hit: [] };
	const last = columns.width - 1;
	const ids = new Map<number, string>();
	for (const row of rows) {
		const id = newId(row);
		ids.set(row.number, id);
		state.given.add(id);
		pass.given.add(id);
	}
	// Written down before: when the answer gets lost, or the bridge stops, these ids may stand anywhere.
	await saveGiven(room, state);
	const patches = contiguous(rows).map((run) => ({
		firstRow: run[0]?.number ?? 0,
		lastRow: run.at(-1)?.number ?? 0,
		firstColumn: 0,
		lastColumn: last,
		values: run.map(({ number }) =>
			Array.from({ length: last + 1 }, (_, column) => (column === columns.at.id ? (ids.get(number) ?? null) : null)),
		),
	}));
	const written = await sheet.write(patches);
	const named = patches.flatMap(({ firstRow }, index) =>
		(written[index] ?? []).flatMap((line, offset): NamedRow[] => {
			const row = readRow(line, firstRow + offset, columns, config, state);
			const id = ids.get(firstRow + offset);
			return row === undefined || id === undefined || row.id !== id ? [] : [{ ...row, id }];
		}),
	);
	const asked = new Set(rows.map(({ hash }) => hash));
	const [own, hit] = [named.filter(({ hash }) => asked.has(hash)), named.filter(({ hash }) => !asked.has(hash))];
	return {
		// A new mark needs the new generation that its id was given for.
		fresh: own.filter(({ id, wants }) => wants === 'first' || (wants === 'again' && generationOf(id) > 0)),
		hit,
	};
}

const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';

/** Begins with a letter, so that no sheet takes it for a number. */
function newId({ wants, id }: Row): string {
	const letter = (_: unknown, place: number) => LETTERS[randomInt(place === 0 ? 23 : LETTERS.length)] ?? 'a';
	const name = Array.from({ length: 10 }, letter).join('');
	return wants === 'again' ? `${name}.${(id === undefined ? 0 : generationOf(id)) + 1}` : name;
}

async function endPass(state: State, pass: Pass, room: FeedRoom): Promise<void> {
	delete state.pass;
	state.last = { rows: pass.filled, waiting: pass.waiting };
	state.doubt = false;
	const given = [...state.given].filter((id) => pass.given.has(id));
	if (given.length < state.given.size) {
		state.given = new Set(given);
		await saveGiven(room, state);
	}
	// Marks that were stored before a stop and do not stand there any more.
	const armed = [...state.armed].filter((id) => pass.marked.has(id) || state.unsettled.has(id));
	if (armed.length < state.armed.size) {
		state.armed = new Set(armed);
		await saveArmed(room, state);
	}
	if (state.unsettled.size > 0 || state.settled) return;
	state.settled = true;
	await room.saveCursor('open', '');
}
