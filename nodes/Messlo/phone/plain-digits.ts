/** The number zero of scripts whose digits phones and sheets write: Arabic, Persian, Devanagari, Bengali. */
const ZEROS = [0x0660, 0x06f0, 0x0966, 0x09e6];

/** A phone number without what people put between its digits: 0-9, with a plus before where there was one. */
export const plainDigits = (text: string): string =>
	[...text.normalize('NFKC')]
		.map(latinDigit)
		.join('')
		// Phones wrap copied numbers in marks of direction.
		.replace(/\p{Cf}/gu, '')
		.trim()
		.replace(/^tel:/i, '')
		.replace(/;.*$/, '')
		.replace(/^(\+.*?|00.*?)\(0\)/, '$1')
		.replace(/(?!^\+)[\s().\-/\p{Pd}]/gu, '');

function latinDigit(character: string): string {
	const code = character.codePointAt(0) ?? 0;
	const zero = ZEROS.find((first) => code >= first && code <= first + 9);
	return zero === undefined ? character : String(code - zero);
}
