import type { FeedRoom } from '../feed';
import { RESULTS, type Columns } from './header';
import { DRY_RUN, strayKey } from './row';
import type { Patch, Spreadsheet } from './spreadsheet';
import { EMPTY } from './status';
import type { Cells, State } from './state';

export interface Entry {
	id: string;
	/** Where the row was a moment ago. */
	number: number;
	cells: Cells;
}

/**
 * Writes the result cells of rows, and sees from the answer which ids stood in those rows at that very moment: a person may
 * have moved rows since they were read, and Google knows rows by number only. A row that was hit by mistake is put right by
 * the next tell, one that was missed is written again. Answers the ids whose cells now are right.
 */
export async function writeRows(
	sheet: Spreadsheet,
	columns: Columns,
	entries: readonly Entry[],
	state: State,
	room: Pick<FeedRoom, 'saveCursor'>,
): Promise<Set<string>> {
	const done = new Set<string>();
	if (entries.length === 0) return done;
	const [firstColumn, lastColumn] = spanOf(columns);
	const patches = contiguous(entries).map((run): Patch & { run: Entry[] } => ({
		run,
		firstRow: run[0]?.number ?? 0,
		lastRow: run.at(-1)?.number ?? 0,
		firstColumn,
		lastColumn,
		values: run.map(({ cells }) => line(columns, firstColumn, lastColumn, cells)),
	}));
	// Written down before: when the answer gets lost, cells may have landed anywhere.
	const landing = new Set([...state.strays, ...entries.map(({ cells }) => strayKey(cells))]);
	await room.saveCursor('strays', JSON.stringify([...landing]));
	const now = await sheet.write(patches).catch((error: unknown) => {
		[state.strays, state.doubt] = [landing, true];
		throw error;
	});
	for (const [index, { run }] of patches.entries())
		for (const [offset, { id, cells }] of run.entries()) {
			const there = (now[index]?.[offset]?.[columns.at.id - firstColumn] ?? '').trim();
			if (there === id) done.add(id);
			else {
				state.strays.add(strayKey(cells));
				if (there !== '' && !state.fixes.has(there)) state.fixes.set(there, 'again');
			}
		}
	if (state.strays.size < landing.size) await room.saveCursor('strays', JSON.stringify([...state.strays]));
	const given = state.given.size;
	for (const { id, cells } of entries) {
		if (!done.has(id)) {
			state.fixes.set(id, state.fixes.get(id) ?? 'again');
			continue;
		}
		state.fixes.delete(id);
		state.unsettled.delete(id);
		state.armed.delete(id);
		if (!isToCome(cells)) state.given.delete(id);
		if (cells[0] === 'queued') state.queued.add(id);
		else state.queued.delete(id);
	}
	if (state.given.size < given) await saveGiven(room, state);
	return done;
}

export const saveGiven = (room: Pick<FeedRoom, 'saveCursor'>, { given }: State): Promise<void> =>
	room.saveCursor('given', JSON.stringify([...given]));

/** The row is still to be stored. */
const isToCome = ([status = '']: Cells): boolean => status === '' || status.startsWith(DRY_RUN);

/** From the first to the last of the bridge's own columns: what lies between is left as it is. */
function spanOf({ at }: Columns): [number, number] {
	const own = [at.id, ...RESULTS.map((role) => at[role])];
	return [Math.min(...own), Math.max(...own)];
}

function line({ at }: Columns, first: number, last: number, cells: Cells): (string | null)[] {
	const values = Array.from({ length: last - first + 1 }, (): string | null => null);
	for (const [index, role] of RESULTS.entries()) values[at[role] - first] = cells[index] ?? EMPTY[index] ?? '';
	return values;
}

/** Runs of rows that follow one another. */
export function contiguous<T extends { number: number }>(rows: readonly T[]): T[][] {
	const runs: T[][] = [];
	for (const row of rows.toSorted((a, b) => a.number - b.number)) {
		const run = runs.at(-1);
		if (run && row.number === (run.at(-1)?.number ?? 0) + 1) run.push(row);
		else runs.push([row]);
	}
	return runs;
}
