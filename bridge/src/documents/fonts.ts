import { readdirSync, statSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import type { Font } from './font-file';

/** Font files of folders and files, in the order given and by name within a folder. */
export function findFontFiles(places: readonly string[]): string[] {
	const files = places.flatMap((place) => {
		const path = resolve(place);
		const kind = statSync(path, { throwIfNoEntry: false });
		if (!kind) throw new Error(`There is no font file or folder at ${path}. Correct the path or remove it.`);
		return kind.isDirectory() ? fontsIn(path) : [path];
	});
	if (files.length > 0) return files;
	throw new Error(`There is no font (.ttf, .otf) in ${places.join(', ')}. System fonts are never used: add one.`);
}

const fontsIn = (folder: string): string[] =>
	readdirSync(folder)
		.filter((name) => ['.ttf', '.otf', '.ttc'].includes(extname(name).toLowerCase()))
		.sort()
		.map((name) => join(folder, name));

/** Families in the order in which they are asked for a character. */
export function families(fonts: readonly Font[], direction: 'ltr' | 'rtl', language: string): string[] {
	// Emoji fonts have the digits too (for keycaps): families with Latin letters come before them. In a right-to-left document
	// the font of its script comes first of all, for the spaces too: lines of one font are read back from the PDF in right order.
	const sample = direction === 'rtl' ? (['he', 'yi'].includes(language) ? 'א' : 'ا') : 'A';
	const rank = (font: Font) => [sample, 'A'].filter((letter) => !font.covers(letter.codePointAt(0) ?? 0)).length;
	return [...new Set([...fonts].sort((a, b) => rank(a) - rank(b)).map((font) => font.family))];
}

/** Characters of the text that no font has, each once. Invisible ones do not count. */
export function missingCharacters(text: string, fonts: readonly Font[]): string[] {
	return [...new Set(text)].filter((character) => {
		const point = character.codePointAt(0) ?? 0;
		return point >= 0x20 && !INVISIBLE.test(character) && !fonts.some((font) => font.covers(point));
	});
}

const INVISIBLE = /^[\p{Default_Ignorable_Code_Point}\p{White_Space}\p{Cc}\p{Cf}]$/u;
