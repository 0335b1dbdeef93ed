import { createHash } from 'node:crypto';
import type { Columns } from './header';
import { RESULTS } from './header';
import type { SheetConfig } from './sheet-config';

/** A row as it was read. */
export interface Row {
	/** Where it was then. */
	number: number;
	/** What the bridge calls it; undefined while it has no name. */
	id?: string;
	/** Cells by the name of their column, without the bridge's own; empty ones are left out. */
	values: Record<string, string>;
	/** Tells its content from another's, wherever the columns are. */
	hash: string;
	/** What it asks for; undefined when nothing. */
	wants?: 'first' | 'again';
	dryRun: boolean;
	optOut: boolean;
	/** Result cells stand there that may have been meant for another row. */
	doubtful: boolean;
	/** Its status is somebody's own. */
	foreign: boolean;
}

/** No letters or digits that are taken for one another. The number behind the point counts how often the row was marked. */
const ID = /^[a-hjkmnp-z2-9]{10}(?:\.\d{1,6})?$/;
/** What people write into a column that asks for yes or no. */
export const isYes = (text: string): boolean => YES.has(text.trim().toLowerCase());
const YES = new Set(['yes', 'y', 'true', '1', 'x', 'on', '✓', '✔', 'ja', 'si', 'sí', 'sim', 'oui', 'हाँ', 'हां']);
export const DRY_RUN = 'dry run: ';

/** Stands for the result cells of a row. */
export const strayKey = (results: readonly string[]): string =>
	createHash('sha256').update(results.join('\t')).digest('base64url').slice(0, 10);

export interface Strays {
	strays: ReadonlySet<string>;
	given: ReadonlySet<string>;
	foreign: ReadonlySet<string>;
}

/** The cells of a row as the bridge understands them; undefined for one that nobody has filled. */
export function readRow(
	cells: readonly string[],
	number: number,
	{ names, at }: Columns,
	config: Pick<SheetConfig, 'send' | 'marks'>,
	/** Cells that were meant for another row, ids of rows that are not stored, and the content of rows that have a status of their own. */
	{ strays, given, foreign }: Strays,
): Row | undefined {
	const cell = (index: number | undefined) => (index === undefined ? '' : (cells[index] ?? '').trim());
	const own = new Set<number>([at.id, ...RESULTS.map((role) => at[role])]);
	const values: Record<string, string> = {};
	const content: string[] = [];
	for (const [index, name] of names.entries()) {
		const text = cell(index);
		if (name === undefined || own.has(index) || text === '') continue;
		values[name] = text;
		if (index !== at.dryRun && index !== at.optOut) content.push(JSON.stringify([name.toLowerCase(), text]));
	}
	if (content.length === 0) return undefined;
	const id = ID.test(cell(at.id)) ? cell(at.id) : undefined;
	const hash = createHash('sha256').update(content.sort().join('\n')).digest('base64url').slice(0, 22);
	const doubtful = strays.size > 0 && strays.has(strayKey(RESULTS.map((role) => cell(at[role]))));
	// Of a row that is not stored it cannot be the status: it counts as empty.
	const isStray = doubtful && (id === undefined ? !foreign.has(hash) : given.has(id));
	const shown = cell(at.status).toLowerCase();
	const isPreview = shown.startsWith(DRY_RUN);
	const status = isStray && !isPreview ? '' : shown;
	const dryRun = isYes(cell(at.dryRun));
	const isNew = status === '' || (isPreview && !dryRun);
	const isMarked = config.marks.includes(status);
	const wants = isMarked ? 'again' : isNew && config.send === 'new' ? 'first' : undefined;
	return {
		number,
		...(id === undefined ? {} : { id }),
		values,
		hash,
		...(wants ? { wants } : {}),
		doubtful,
		dryRun,
		optOut: isYes(cell(at.optOut)),
		foreign: id === undefined && status !== '' && !isMarked && !isPreview,
	};
}

/** How often a row with this id was marked to be sent again. */
export const generationOf = (id: string): number => Number(id.split('.')[1] ?? 0);
