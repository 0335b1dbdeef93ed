import { isDeepStrictEqual } from 'node:util';
import { isMap, isScalar, isSeq, type Pair, parseDocument, stringify, type YAMLMap } from 'yaml';

/** A source as it is written: values of `${NAME}` stay references. A key that is undefined is removed. */
export type WrittenSource = Readonly<Record<string, unknown>> & { readonly id: string };

/**
 * The configuration's text with this source in it: new, or changed key by key. Every other byte stays: the yaml package
 * would print the document again, and that moves comments.
 */
export function putSource(text: string, source: WrittenSource): string {
	const wanted = Object.entries(source).filter(([, value]) => value !== undefined);
	const index = sourcesIn(text).findIndex(({ id }) => id === source.id);
	let changed = text;
	if (index < 0) changed = addSource(text, wanted);
	else
		for (const [key, value] of Object.entries(source)) {
			const now = sourcesIn(changed)[index] ?? {};
			if (!isDeepStrictEqual(now[key], value)) changed = setKey(changed, index, key, value);
		}
	const before = sourcesIn(text);
	const expected =
		index < 0 ? [...before, Object.fromEntries(wanted)] : before.with(index, merged(before[index], source));
	if (parseDocument(changed).errors.length > 0 || !isDeepStrictEqual(sourcesIn(changed), expected))
		throw new Error(
			`The configuration cannot be changed by a program as it is written. Put this under 'sources:' yourself:\n${block(wanted, '  ')}`,
		);
	return changed;
}

/** The sources as they are written. */
export function sourcesIn(text: string): Record<string, unknown>[] {
	const value = parseDocument(text).toJS() as { sources?: unknown } | null;
	return Array.isArray(value?.sources) ? (value.sources as Record<string, unknown>[]) : [];
}

const merged = (before: object | undefined, source: object): Record<string, unknown> =>
	Object.fromEntries(Object.entries({ ...before, ...source }).filter(([, value]) => value !== undefined));

/** `- id: acme` and the other keys below it. */
export const block = (entries: readonly (readonly [string, unknown])[], indent: string): string =>
	entries.map(([key, value], index) => `${indent}${index === 0 ? '- ' : '  '}${key}: ${inline(value)}`).join('\n');

/** A value on one line, quoted where YAML needs it. */
function inline(value: unknown): string {
	const options = { collectionStyle: 'flow', flowCollectionPadding: false, singleQuote: true, lineWidth: 0 } as const;
	return stringify([value], options).trim().slice(1, -1);
}

function addSource(text: string, entries: readonly (readonly [string, unknown])[]): string {
	const document = parseDocument(text);
	const sources = document.get('sources', true);
	const last = isSeq(sources) ? sources.items.at(-1) : undefined;
	const end = endOf(text, last);
	if (end === undefined) return addFirst(text, document.contents, block(entries, '  '));
	if (isSeq(sources) && sources.flow) {
		const item = entries.map(([key, value]) => `${key}: ${inline(value)}`).join(', ');
		return splice(text, end, end, `, { ${item} }`);
	}
	const dash = columnOf(text, text.lastIndexOf('-', startOf(last)));
	// What is commented out further in belongs to the last source; comments at the level of the list do not.
	let at = lineEnd(text, end);
	for (let next = at; next < text.length; next = lineEnd(text, next + 1)) {
		const line = text.slice(next + 1, lineEnd(text, next + 1));
		if (!new RegExp(`^\\s{${dash + 1},}#`).test(line)) break;
		at = lineEnd(text, next + 1);
	}
	const gap = /\n\s*\n/.test(text.slice(startOf(sources), startOf(last))) ? '\n' : '';
	return splice(text, at, at, `\n${gap}${block(entries, ' '.repeat(dash))}`);
}

/** The list is empty, or not there. */
function addFirst(text: string, document: unknown, sources: string): string {
	const pair = isMap(document) ? document.items.find(({ key }) => isScalar(key) && key.value === 'sources') : undefined;
	if (pair) {
		const colon = text.indexOf(':', endOf(text, pair.key)) + 1;
		const end = endOf(text, pair.value);
		const kept = end === undefined ? text : splice(text, colon, end, '');
		return splice(kept, lineEnd(kept, colon), lineEnd(kept, colon), `\n${sources}`);
	}
	const before = text.trimEnd();
	return `${before === '' ? '' : `${before}\n\n`}sources:\n${sources}\n`;
}

function setKey(text: string, index: number, key: string, value: unknown): string {
	const map = parseDocument(text).getIn(['sources', index], true) as YAMLMap;
	const at = map.items.findIndex((pair) => isScalar(pair.key) && pair.key.value === key);
	const pair = map.items[at];
	if (pair) return value === undefined ? removePair(text, map, at) : replaceValue(text, pair, value);
	if (value === undefined) return text;
	const last = endOf(text, map.items.at(-1)?.value) ?? endOf(text, map.items.at(-1)?.key) ?? 0;
	if (map.flow) return splice(text, last, last, `, ${key}: ${inline(value)}`);
	const end = lineEnd(text, last);
	return splice(text, end, end, `\n${' '.repeat(columnOf(text, startOf(map)))}${key}: ${inline(value)}`);
}

function replaceValue(text: string, { key, value: node }: Pair, value: unknown): string {
	const start = endOf(text, key) ?? 0;
	return splice(text, start, endOf(text, node) ?? text.indexOf(':', start) + 1, `: ${inline(value)}`);
}

function removePair(text: string, map: YAMLMap, at: number): string {
	const [pair, next, previous] = [map.items[at], map.items[at + 1], map.items[at - 1]];
	if (next && (map.flow || at === 0)) return splice(text, startOf(pair?.key), startOf(next.key), '');
	const end = endOf(text, pair?.value) ?? endOf(text, pair?.key) ?? 0;
	if (map.flow) return splice(text, endOf(text, previous?.value) ?? 0, end, '');
	return splice(text, text.lastIndexOf('\n', startOf(pair?.key)), lineEnd(text, end), '');
}

const splice = (text: string, start: number, end: number, put: string): string =>
	text.slice(0, start) + put + text.slice(end);
const lineEnd = (text: string, from: number): number => {
	const end = text.indexOf('\n', from);
	return end < 0 ? text.length : end;
};
const columnOf = (text: string, offset: number): number => offset - (text.lastIndexOf('\n', offset - 1) + 1);
const rangeOf = (node: unknown): readonly number[] | undefined =>
	isMap(node) || isSeq(node) || isScalar(node) ? (node.range ?? undefined) : undefined;
const startOf = (node: unknown): number => rangeOf(node)?.[0] ?? 0;

/** Where a value ends, without the white space that block collections count as theirs; undefined where there is none. */
function endOf(text: string, node: unknown): number | undefined {
	const range = rangeOf(node);
	if (range?.[1] === undefined || range[1] === range[0]) return undefined;
	return (range[0] ?? 0) + text.slice(range[0], range[1]).trimEnd().length;
}
