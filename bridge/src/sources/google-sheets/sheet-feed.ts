import type { Delivery } from '../../domain';
import type { Feed } from '../feed';
import { HEADER } from './a1';
import { NoBudget } from './budget';
import { deliveryOf } from './delivery';
import type { DriveChannel } from './drive-channel';
import { readHeader } from './header';
import { lookFurther, type Looking } from './look';
import { createProgress } from './progress';
import { readRow } from './row';
import type { SheetConfig } from './sheet-config';
import { openSpreadsheet, type Spreadsheet } from './spreadsheet';
import { createState } from './state';
import { tellSheet } from './tell';

/** Rows wait for their names until what is stored stands in the sheet: no need to wait for long. */
const SOON_MS = 5000;

/** A sheet that is looked at again and again, and told what became of its rows. */
export function sheetFeed(config: SheetConfig & { timezone: string }, channel: DriveChannel): Feed {
	let now = () => new Date();
	const state = createState();
	const sheet = openSpreadsheet(config, () => now());
	const looking: Looking = { sheet, config, state };
	const progress = createProgress();
	let turn: Promise<unknown> = Promise.resolve();
	/** A look and a tell never have requests under way at once: each relies on what it has read. */
	const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
		const mine = turn.then(work);
		turn = mine.catch(() => undefined);
		return mine;
	};

	return {
		look: async (room) => {
			now = () => room.now();
			await channel.keep(room);
			try {
				while (!room.signal.aborted)
					if (await inTurn(() => lookFurther(looking, room))) {
						const wait = (state.last?.waiting ?? 0) > 0 ? Math.min(config.every, SOON_MS) : config.every;
						return new Date(room.now().getTime() + wait);
					}
			} catch (error) {
				if (error instanceof NoBudget) return error.at;
				// Rows may have been removed where this pass was to go on.
				delete state.pass;
				throw error;
			}
			return new Date(room.now().getTime() + config.every);
		},
		tell: async (room) => {
			now = () => room.now();
			const told = await inTurn(() => tellSheet(looking, room));
			await progress.note(room);
			return told;
		},
		latest: async (count, room) => {
			now = () => room.now();
			return latestRows(sheet, config, count, room.now());
		},
		status: async (room) => ({
			...(await progress.of(room)),
			rows: state.last?.rows ?? null,
			channelUntil: channel.endsAt() ?? null,
			telling: state.fault ?? null,
		}),
	};
}

/** The last rows of the sheet, whether they were sent or not. */
async function latestRows(sheet: Spreadsheet, config: SheetConfig, count: number, now: Date): Promise<Delivery[]> {
	const found: Delivery[] = [];
	const { rows } = await sheet.size();
	for (let last = rows; last > 1 && found.length < count; last -= LATEST_ROWS) {
		const first = Math.max(2, last - LATEST_ROWS + 1);
		const [top = [], cells = []] = await sheet.read([HEADER, { firstRow: first, lastRow: last, firstColumn: 0 }]);
		const names = top[0] ?? [];
		const reading = readHeader(names, config);
		// Columns that a look would make first are empty ones here.
		const header = reading.ok ? reading : readHeader([...names, ...reading.missing], config);
		if (!header.ok) return [];
		for (let index = cells.length - 1; index >= 0 && found.length < count; index -= 1) {
			const row = readRow(cells[index] ?? [], first + index, header.columns, config, NONE);
			if (row) found.push(deliveryOf({ ...row, id: row.id ?? `row ${row.number}` }, config, now));
		}
	}
	return found;
}

/** Of one request when the newest rows are asked for. */
const LATEST_ROWS = 2500;

const NONE = { strays: new Set<string>(), given: new Set<string>(), foreign: new Set<string>() };
