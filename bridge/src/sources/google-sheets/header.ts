import type { SheetConfig } from './sheet-config';

/** Columns that the bridge writes, in the order in which missing ones are made. */
export const RESULTS = ['status', 'messageId', 'time', 'error'] as const;
type Written = (typeof RESULTS)[number] | 'id';
type Role = Written | 'phone' | 'dryRun' | 'optOut';

/** Where what is. Columns count from 0. */
export interface Columns {
	/** How many columns the header has. */
	width: number;
	/** Name of each column as the header spells it; undefined for one without a name and for a repeated one. */
	names: readonly (string | undefined)[];
	at: Readonly<Record<Written | 'phone', number>> & Readonly<Partial<Record<Role, number>>>;
}

export type HeaderReading =
	| { ok: true; columns: Columns; repeated: string[] }
	/** These are not there yet, and are made at the end of the header. */
	| { ok: false; missing: string[] };

const folded = (name: string): string => name.trim().replace(/\s+/g, ' ').toLowerCase();

/** Finds every column by its name, however it is spaced and capitalised. Throws with what a person has to mend. */
export function readHeader(cells: readonly string[], config: SheetConfig): HeaderReading {
	const spelled = cells.map((cell) => cell.trim().replace(/\s+/g, ' '));
	if (spelled.every((name) => name === ''))
		throw new Error(
			`The first row of the sheet '${config.sheet}' is empty. Write the names of its columns there, such as ${config.phone}`,
		);
	const places = new Map<string, number[]>();
	for (const [index, name] of spelled.entries())
		if (name !== '') places.set(folded(name), [...(places.get(folded(name)) ?? []), index]);

	const find = (name: string, key: string, isMade: boolean): number | undefined => {
		const [first, second] = places.get(folded(name)) ?? [];
		if (second !== undefined)
			throw new Error(
				`The sheet '${config.sheet}' has the column '${name}' twice, so it cannot be told which is meant. Rename one of them`,
			);
		if (first === undefined && !isMade)
			throw new Error(
				`The sheet '${config.sheet}' has no column '${name}'; its first row has: ${spelled.filter(Boolean).join(', ')}. Mend the sheet, or write the column's name under '${key}'`,
			);
		return first;
	};
	const written = { status: config.status, ...config.columns };
	const at: Partial<Record<Role, number>> = {};
	const put = (role: Role, index: number | undefined) => {
		if (index !== undefined) at[role] = index;
	};
	put('phone', find(config.phone, 'phone', false));
	if (config.dryRun !== undefined) put('dryRun', find(config.dryRun, 'dryRun', false));
	if (config.optOut !== undefined) put('optOut', find(config.optOut, 'optOut', false));
	for (const role of ['id', ...RESULTS] as const) put(role, find(written[role], `columns.${role}`, true));

	const { phone, id, status, messageId, time, error } = at;
	if (
		phone === undefined ||
		id === undefined ||
		status === undefined ||
		messageId === undefined ||
		time === undefined ||
		error === undefined
	)
		return {
			ok: false,
			missing: ([...RESULTS, 'id'] as const).flatMap((role) => (at[role] === undefined ? written[role] : [])),
		};
	const isFirst = (name: string, index: number) => places.get(folded(name))?.[0] === index;
	return {
		ok: true,
		columns: {
			width: spelled.length,
			names: spelled.map((name, index) => (name !== '' && isFirst(name, index) ? name : undefined)),
			at: { ...at, phone, id, status, messageId, time, error },
		},
		repeated: spelled.filter((name, index) => name !== '' && !isFirst(name, index)),
	};
}
