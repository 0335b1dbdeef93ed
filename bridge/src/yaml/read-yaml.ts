import { isMap, isPair, isScalar, isSeq, LineCounter, parseDocument, visit, type Document, type Node } from 'yaml';
import type { Problem } from '../problem';

export type Path = readonly PropertyKey[];

export interface YamlText {
	/** Undefined when the text is not YAML. */
	value: unknown;
	problems: Problem[];
	/** A problem at this place of the file; the nearest parent that exists when the place itself is missing. */
	problemAt(path: Path, message: string, fix: string, part?: 'key' | 'value'): Problem;
}

/** What a text scalar becomes; the problems it has, as `what → what to do`. */
export type Substitute = (text: string) => { text: string; problems: { message: string; fix: string }[] };

const FIXES: Record<string, string> = {
	DUPLICATE_KEY: 'keep one of the two',
	TAB_AS_INDENT: 'indent with spaces; YAML takes no tabs',
	BAD_INDENT: 'align it with its neighbours, two spaces a level',
	MISSING_CHAR: 'close the quote or bracket that is open here',
	UNEXPECTED_TOKEN: 'put the value in double quotes',
	TAG_RESOLVE_FAILED: 'put the value in double quotes',
};

/** Reads YAML text, with every syntax error, and remembers where each value stands. */
export function readYaml(file: string, text: string, substitute?: Substitute): YamlText {
	const lines = new LineCounter();
	const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
	const place = (offset: number) => {
		const { line, col } = lines.linePos(offset);
		return { file, line: Math.max(1, line), column: Math.max(1, col) };
	};
	const problems: Problem[] = [...document.errors, ...document.warnings].map((error) => ({
		...place(error.pos[0]),
		path: '',
		message: `not readable as YAML: ${error.message}`,
		fix: FIXES[error.code] ?? 'mend the line, or put its text in double quotes',
	}));
	const problemAt: YamlText['problemAt'] = (path, message, fix, part = 'value') => ({
		...place(offsetOf(document, path, part)),
		path: printPath(path),
		message,
		fix,
	});
	if (problems.length > 0) return { value: undefined, problems, problemAt };
	if (substitute) problems.push(...substituteAll(document, substitute, place));
	return { ...valueOf(document, problemAt), problems, problemAt };
}

function valueOf(document: Document, problemAt: YamlText['problemAt']): { value: unknown; problems?: Problem[] } {
	try {
		return { value: document.toJS({ maxAliasCount: 100 }) };
	} catch {
		return { value: undefined, problems: [problemAt([], 'too many aliases', 'write the values out')] };
	}
}

function substituteAll(
	document: Document,
	substitute: Substitute,
	place: (offset: number) => Omit<Problem, 'path' | 'message' | 'fix'>,
) {
	const found: Problem[] = [];
	visit(document, {
		Scalar(key, node, ancestors) {
			if (key === 'key' || typeof node.value !== 'string') return;
			const outcome = substitute(node.value);
			node.value = outcome.text;
			const path = printPath(pathOf(ancestors, node));
			for (const problem of outcome.problems) found.push({ ...place(node.range?.[0] ?? 0), path, ...problem });
		},
	});
	return found;
}

function pathOf(ancestors: readonly unknown[], leaf: unknown): PropertyKey[] {
	const path: PropertyKey[] = [];
	[...ancestors, leaf].forEach((node, depth, chain) => {
		const parent = chain[depth - 1];
		if (isSeq(parent)) path.push(parent.items.indexOf(node));
		if (isPair(node) && isScalar(node.key)) path.push(String(node.key.value));
	});
	return path;
}

function offsetOf(document: Document, path: Path, part: 'key' | 'value'): number {
	let node: unknown = document.contents;
	let offset = startOf(node) ?? 0;
	for (const [depth, segment] of path.entries()) {
		if (isMap(node)) {
			const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(segment));
			if (!pair) return offset;
			const key = startOf(pair.key) ?? offset;
			const value = startOf(pair.value) ?? key;
			const wanted = depth === path.length - 1 && part === 'key';
			offset = wanted || isMap(pair.value) || isSeq(pair.value) ? key : value;
			node = pair.value;
		} else if (isSeq(node)) {
			node = node.items[Number(segment)];
			offset = startOf(node) ?? offset;
		} else return offset;
	}
	return offset;
}

const startOf = (node: unknown): number | undefined => (node as Node | null | undefined)?.range?.[0];

/** ["sources", 0, "secrets"] → "sources[0].secrets". */
export const printPath = (path: Path): string =>
	path.reduce<string>(
		(text, segment) =>
			typeof segment === 'number' ? `${text}[${segment}]` : `${text}${text ? '.' : ''}${String(segment)}`,
		'',
	);
