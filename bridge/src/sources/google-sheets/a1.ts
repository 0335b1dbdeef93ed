/** A rectangle of a sheet. Rows count from 1, columns from 0; both ends are in it, and without an end it has all there is. */
export interface Area {
	firstRow: number;
	lastRow?: number;
	firstColumn: number;
	lastColumn?: number;
}

/** The names of the columns, however many there are. */
export const HEADER: Area = { firstRow: 1, lastRow: 1, firstColumn: 0 };

/** 0 → A, 25 → Z, 26 → AA. */
export function columnName(index: number): string {
	const letter = String.fromCharCode(65 + (index % 26));
	return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter;
}

/**
 * `'My sheet'!A2:M501`, `'My sheet'!1:1`, `'My sheet'!H2:H`: a name with an apostrophe, or one that looks like a cell, is only
 * safe in quotes. An end beyond what the sheet has is refused by Google, so an open end is left open.
 */
export function a1(sheet: string, { firstRow, lastRow, firstColumn, lastColumn }: Area): string {
	const name = `'${sheet.replaceAll("'", "''")}'!`;
	if (lastColumn === undefined) return `${name}${firstRow}:${lastRow ?? ''}`;
	return `${name}${columnName(firstColumn)}${firstRow}:${columnName(lastColumn)}${lastRow ?? ''}`;
}
