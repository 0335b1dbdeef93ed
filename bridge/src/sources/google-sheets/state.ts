import type { Columns } from './header';

/** Texts for the columns of RESULTS, in their order. */
export type Cells = readonly string[];

/** What look and tell share. It is made anew with every start: what must outlive a crash is in the sheet, the ledger and cursors. */
export interface State {
	columns?: Columns;
	/** The pass over the sheet that is under way. */
	pass?: Pass;
	/** Rows that the last whole pass found, and how many of them wait to be stored. */
	last?: { rows: number; waiting: number };
	/** What is to stand in the row of this id; 'again' for what the ledger says of it. */
	fixes: Map<string, Cells | 'again'>;
	/** Ids of stored rows whose status cell does not say so yet. */
	unsettled: Set<string>;
	/** Marked rows that are being stored; cursor `marked`. A mark whose id is not among these is a new mark. */
	armed: Set<string>;
	/** False after a stop in the middle, until a whole pass has found the rows that were stored and do not say so. */
	settled: boolean;
	/** Rows that say queued, so that planning them need not be told. */
	queued: Set<string>;
	/** Result cells (strayKey) that landed, or may have landed, on rows they were not meant for because rows moved in that moment; cursor `strays`. */
	strays: Set<string>;
	/** Rows where such cells stand are told anew: after a start or a lost answer, until a whole pass is over. */
	doubt: boolean;
	/** Ids that were written into rows, or may have been, of rows that are not stored and settled yet; cursor `given`. */
	given: Set<string>;
	/** The id under which a row was stored, by the one it has: another row's new id landed on it, as it had moved there; cursor `renamed`. */
	renamed: Map<string, string>;
	/** Content of rows without an id whose status is somebody's own: such a status is never taken for a stray. */
	foreign: Set<string>;
	/** Nothing is told before. */
	quietUntil: number;
	failures: number;
	fault?: string | undefined;
	loaded: boolean;
}

export interface Pass {
	next: number;
	/** Of the tab, empty rows included. */
	rows: number;
	filled: number;
	waiting: number;
	ids: Set<string>;
	marked: Set<string>;
	/** Of the ids in State.given, those that stand in the sheet. */
	given: Set<string>;
}

export const createState = (): State => ({
	fixes: new Map(),
	unsettled: new Set(),
	armed: new Set(),
	settled: false,
	queued: new Set(),
	strays: new Set(),
	doubt: false,
	given: new Set(),
	renamed: new Map(),
	foreign: new Set(),
	quietUntil: 0,
	failures: 0,
	loaded: false,
});
