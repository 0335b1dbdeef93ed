import { reasonOf } from '../../reason-of';
import type { Change, FeedRoom } from '../feed';
import { type Area, HEADER } from './a1';
import { NoBudget } from './budget';
import { idOf } from './delivery';
import { readHeader } from './header';
import type { Looking } from './look';
import { saveArmed } from './store-rows';
import { cellsOf, EMPTY, FORGOTTEN, QUEUED } from './status';
import type { Cells, State } from './state';
import { type Entry, writeRows } from './write-rows';

/** Changes, and so rows, in one request. */
const MOST = 5000;
/** After a tell that failed, in ms; the last one over and over. */
const AGAIN_AFTER = [15_000, 60_000, 300_000];

/**
 * Writes what became of rows into the sheet: one request for where the rows are now, one for all their cells. Rows that are
 * gone are passed over. Answers how many changes it took; a failure is kept in the state and tried again later.
 */
export async function tellSheet(looking: Looking, room: FeedRoom): Promise<number> {
	const { state, config } = looking;
	const now = room.now().getTime();
	if (now < state.quietUntil || state.columns === undefined) return 0;
	try {
		const told = await tellNext(looking, room);
		[state.failures, state.fault] = [0, undefined];
		if (told > 0 && told < MOST) state.quietUntil = now + Math.min(config.every, 60_000);
		return told;
	} catch (error) {
		if (error instanceof NoBudget) state.quietUntil = error.at.getTime();
		else {
			const asked: unknown = Reflect.get(Object(error), 'retryAfterMs');
			const wait = AGAIN_AFTER[Math.min(state.failures, AGAIN_AFTER.length - 1)] ?? 0;
			state.quietUntil = now + (typeof asked === 'number' ? asked : wait);
			state.failures += 1;
			state.fault = reasonOf(error);
			room.tell('warn', { stage: 'telling', reason: state.fault }, 'The sheet cannot be written to; it is tried again');
		}
		return 0;
	}
}

async function tellNext({ sheet, config, state }: Looking, room: FeedRoom): Promise<number> {
	const after = Number((await room.cursor('told')) ?? 0);
	const changes = await room.changes(after, MOST);
	const wanted = new Set([...state.fixes.keys()].slice(0, MOST));
	const names = new Map([...state.renamed].map(([now, stored]) => [stored, now]));
	for (const change of changes) {
		const stored = idOf(change.deliveryKey);
		const id = stored && (names.get(stored) ?? stored);
		if (id !== undefined && !isSaid(change, id, state)) wanted.add(id);
	}
	const last = changes.at(-1)?.number;
	const taken = async () => {
		if (last !== undefined) await room.saveCursor('told', String(last));
		return changes.length;
	};
	if (wanted.size === 0) return taken();

	const cells = new Map<string, Cells>();
	for (const id of wanted) cells.set(id, await cellsFor(id, room, config.timezone, state));
	const [top = [], ids = []] = await sheet.read(areasOf(state));
	const header = readHeader(top[0] ?? [], config);
	if (!header.ok || JSON.stringify(header.columns) !== JSON.stringify(state.columns)) {
		// The next look finds the columns where they are now.
		room.tell('info', { stage: 'telling' }, 'The columns of the sheet have changed');
		state.quietUntil = room.now().getTime() + 5000;
		return 0;
	}
	const entries: Entry[] = [];
	for (const [index, [found = '']] of ids.entries()) {
		const [id, number] = [found.trim(), index + 2];
		const given = cells.get(id);
		if (given) entries.push({ id, number, cells: given });
		// Of a copied id the first row is meant.
		cells.delete(id);
	}
	for (const id of cells.keys()) forget(id, state);
	const armed = state.armed.size;
	const done = await writeRows(sheet, header.columns, entries, state, room);
	if (state.armed.size !== armed) await saveArmed(room, state);
	if (state.unsettled.size === 0 && state.settled) await room.saveCursor('open', '');
	// What rows moved away from is written again before the changes count as told.
	if (done.size < entries.length) return done.size;
	return Math.max(await taken(), done.size);
}

const areasOf = ({ columns }: State): Area[] => {
	const id = columns?.at.id ?? 0;
	return [HEADER, { firstRow: 2, firstColumn: id, lastColumn: id }];
};

/** Planning says nothing new to a row that says it is queued. */
const isSaid = ({ state: now, reason }: Change, id: string, { queued }: State): boolean =>
	now === 'waiting' && reason === undefined && queued.has(id);

async function cellsFor(id: string, room: FeedRoom, timezone: string, state: State): Promise<Cells> {
	const fix = state.fixes.get(id);
	if (fix !== undefined && fix !== 'again') return fix;
	const stored = state.renamed.get(id) ?? id;
	const changes = await room.outcome(stored);
	if (changes.length > 0) return cellsOf(changes, timezone);
	if (state.unsettled.has(id) || state.unsettled.has(stored)) return QUEUED;
	// Never stored: empty, so that the next look finds it. Else it may have been sent long ago, and must not be sent again.
	return state.given.has(id) ? EMPTY : FORGOTTEN;
}

/** Its row is gone. */
function forget(id: string, state: State): void {
	state.fixes.delete(id);
	state.unsettled.delete(id);
	state.armed.delete(id);
	state.queued.delete(id);
}
