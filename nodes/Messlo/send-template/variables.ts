import type { Button } from './template';

/** One placeholder of a template, wherever it stands: the API takes one value for each name. */
export interface Variable {
	name: string;
	/** Where it stands, for people: `in the body: “Hi {{1}}, …”`. */
	place: string;
}

const PLACEHOLDER = /\{\{\s*([^{}\s]+)\s*\}\}/g;

/** The placeholders of all texts of a template, those with numbers in their order. */
export function readVariables(
	header: string | undefined,
	body: string | undefined,
	buttons: readonly Button[],
): Variable[] {
	const texts: [place: string, text: string][] = [
		['in the header', header ?? ''],
		['in the body', body ?? ''],
		...buttons.map(({ label, url = '' }): [string, string] => [`in the address of the button “${label}”`, url]),
	];
	const names = [...new Set(texts.flatMap(([, text]) => placeholders(text)))];
	return names
		.toSorted((a, b) => (isNumber(a) && isNumber(b) ? Number(a) - Number(b) : 0))
		.map((name) => {
			const found = texts.filter(([, text]) => placeholders(text).includes(name));
			const places = found.map(([place]) => place).join(' and ');
			return { name, place: `${places}: “${around(name, found[0]?.[1] ?? '')}”` };
		});
}

/** The text with values in place of its placeholders. */
export const fill = (text: string, values: Readonly<Record<string, string>>): string =>
	text.replace(PLACEHOLDER, (whole, name: string) => values[name] ?? whole);

const placeholders = (text: string): string[] => [...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name);

const isNumber = (name: string): boolean => /^\d+$/.test(name);

/** Characters of the text that are shown on each side of a placeholder. */
const ENOUGH = 40;

/** The part of a text in which a placeholder stands, cut between words. */
function around(name: string, text: string): string {
	const line = text.replace(/\s+/g, ' ').trim();
	const found = [...line.matchAll(PLACEHOLDER)].find((match) => match[1] === name);
	const start = found?.index ?? 0;
	const end = start + (found?.[0].length ?? 0);
	const from = start <= ENOUGH ? 0 : nextWord(line, start - ENOUGH, start);
	const to = line.length - end <= ENOUGH ? line.length : lastWord(line, end, end + ENOUGH);
	return `${from > 0 ? '… ' : ''}${line.slice(from, to)}${to < line.length ? ' …' : ''}`;
}

/** After the first space from there on; never within a placeholder or half a character. */
const nextWord = (line: string, from: number, before: number): number => {
	const space = line.indexOf(' ', from);
	return space === -1 || space >= before ? before : space + 1;
};
const lastWord = (line: string, after: number, to: number): number => {
	const space = line.lastIndexOf(' ', to);
	return space <= after ? after : space;
};
