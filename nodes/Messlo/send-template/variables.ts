import type { Button } from './template';

/** One placeholder of a template, wherever it stands: the API takes one value for each name. */
export interface Variable {
	name: string;
	/** The words around it: `Hello {{1}}, order …`. */
	words: string;
	/** Where it stands: `body`, or `header and body`. */
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
		['header', header ?? ''],
		['body', body ?? ''],
		...buttons.map(({ label, url = '' }): [string, string] => [`address of the button “${label}”`, url]),
	];
	const names = [...new Set(texts.flatMap(([, text]) => placeholders(text)))];
	return names
		.toSorted((a, b) => (isNumber(a) && isNumber(b) ? Number(a) - Number(b) : 0))
		.map((name) => {
			const found = texts.filter(([, text]) => placeholders(text).includes(name));
			const places = found.map(([place]) => place).join(' and ');
			return { name, words: around(name, found[0]?.[1] ?? ''), place: places };
		});
}

/** The text with values in place of its placeholders. */
export const fill = (text: string, values: Readonly<Record<string, string>>): string =>
	text.replace(PLACEHOLDER, (whole, name: string) => values[name] ?? whole);

const placeholders = (text: string): string[] => [...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name);

const isNumber = (name: string): boolean => /^\d+$/.test(name);

/** Most characters beside a placeholder. A label shows some 25 in n8n's editor, so few stand before it. */
const BEFORE = 12;
const AFTER = 40;

/** The words next to a placeholder, up to its neighbours: no other one is among them. */
function around(name: string, text: string): string {
	const line = text.replace(/\s+/g, ' ').trim();
	const all = [...line.matchAll(PLACEHOLDER)];
	const place = all.findIndex((match) => match[1] === name);
	const [start, end] = [startOf(all[place]), endOf(all[place])];
	const [from, to] = [endOf(all[place - 1]), all[place + 1] ? startOf(all[place + 1]) : line.length];
	const before = lastWords(line.slice(from, start));
	const after = firstWords(line.slice(end, to));
	const cut = end + after.length < line.length;
	return `${from + before.length < start || from > 0 ? '…' : ''}${before}{{${name}}}${after}${cut ? '…' : ''}`;
}

const startOf = (match: RegExpExecArray | undefined): number => match?.index ?? 0;
const endOf = (match: RegExpExecArray | undefined): number => (match ? match.index + match[0].length : 0);

/** Whole words where there are any between spaces: addresses and some languages have none. */
function lastWords(text: string): string {
	const end = [...text].slice(-BEFORE).join('');
	return (end.length < text.length ? end.replace(/^\S*\s+/, '') : end).replace(/^[\s,.;:!?]+/, '');
}
function firstWords(text: string): string {
	const start = [...text].slice(0, AFTER).join('');
	return start.length < text.length ? start.replace(/(?<=\s)\S*$/, '') : start;
}
