/** Rows of a CSV file (RFC 4180), with quoted cells; the separator is a comma or, where the first line has more of them, a semicolon. */
export function readCsv(text: string): string[][] {
	const [head = ''] = text.split('\n', 1);
	const separator = head.split(';').length > head.split(',').length ? ';' : ',';
	const cell = new RegExp(`("(?:[^"]|"")*"|[^"${separator}\\r\\n]*)(${separator}|\\r?\\n|$)`, 'y');
	const rows: string[][] = [];
	let row: string[] = [];
	const all = text.replace(/^\uFEFF/, '');
	while (cell.lastIndex < all.length) {
		const match = cell.exec(all);
		if (!match) throw new Error('it has a quotation mark in the middle of a cell');
		const [, value = '', end] = match;
		row.push(value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value.trim());
		if (end === separator) continue;
		rows.push(row);
		row = [];
	}
	return rows.filter((cells) => cells.some((text) => text !== ''));
}
