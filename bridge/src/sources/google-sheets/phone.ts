/** Why the cell of a sheet is no phone number any more, where the sheet itself spoilt it; undefined where it did not. */
export function spoiltPhone(text: string | undefined, column: string): string | undefined {
	const given = text?.trim() ?? '';
	const mend = `Format the column '${column}' as plain text (Format → Number → Plain text) and type the number anew`;
	if (given === '') return `the row has nothing in the column '${column}'`;
	if (/^[\d.,]+e[+-]?\d+$/i.test(given))
		return `the sheet turned the number into '${given.slice(0, 4)}…${given.slice(-4)}', and its last digits are lost. ${mend}`;
	if (/^#[A-Z/!?0]+/i.test(given))
		return `the cell shows ${given.slice(0, 8)}: the sheet took the number for a formula. ${mend}`;
	if (/^\d{16,}$/.test(given))
		return `the number has ${given.length} digits; a sheet keeps fifteen and makes the rest zeros. ${mend}`;
	// Points are left alone: 987.654.321 is how some countries write a number.
	if (/^\d{1,3}(?:,\d{2,3})+(?:\.0+)?$/.test(given) || /^\d{5,}[.,]0+$/.test(given))
		return `the sheet treats the number as an amount, and a leading zero or plus is lost. ${mend}`;
	return undefined;
}
