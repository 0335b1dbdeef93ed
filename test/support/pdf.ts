import { inflateSync } from 'node:zlib';

export interface PdfText {
	/** One text a page; runs that stand on one line are on one line. */
	pages: string[];
	/** All pages. */
	text: string;
	/** How far from the left (in points) the run that has this text starts; NaN where none has. */
	at(part: string): number;
}

type Objects = Map<string, { dictionary: string; stream?: string }>;

/**
 * Reads the text of a PDF made by Typst as ISO 32000 says: `ActualText` stands for the glyphs in it (Devanagari), and glyphs
 * in `ReversedChars` are read backwards (Arabic). pdf.js knows neither; Chrome, Acrobat and Poppler do.
 */
export function readPdf(pdf: Uint8Array): PdfText {
	const objects = objectsOf(Buffer.from(pdf).toString('latin1'));
	const pages = [...objects.values()].filter(({ dictionary }) => /\/Type \/Page\b(?!s)/.test(dictionary));
	const runs = inOrder(pages, objects).map((page) => pageRuns(page.dictionary, objects));
	const texts = runs.map((page) => page.reduce((text, run) => text + (run.breaks ? '\n' : '') + run.text, ''));
	const at = (part: string) => runs.flat().find((run) => run.text.includes(part))?.x ?? NaN;
	return { pages: texts, text: texts.join('\n\f\n'), at };
}

function objectsOf(file: string): Objects {
	const objects: Objects = new Map();
	for (const [, id = '', body = ''] of file.matchAll(/(?:^|\n)(\d+) 0 obj\r?\n([\s\S]*?)\r?\nendobj/g)) {
		const at = body.indexOf('stream\n');
		const dictionary = at < 0 ? body : body.slice(0, at);
		const raw = at < 0 ? undefined : body.slice(at + 7, body.lastIndexOf('\nendstream'));
		const stream = raw !== undefined && dictionary.includes('/FlateDecode') ? inflate(raw) : raw;
		objects.set(id, { dictionary, ...(stream === undefined ? {} : { stream }) });
	}
	return objects;
}

const inflate = (raw: string): string => inflateSync(Buffer.from(raw, 'latin1')).toString('latin1');

function inOrder<T extends { dictionary: string }>(pages: T[], objects: Objects): T[] {
	const tree = [...objects.values()]
		.filter(({ dictionary }) => dictionary.includes('/Kids'))
		.map(({ dictionary }) => dictionary);
	const kids = tree.flatMap((node) =>
		[...(/\/Kids \[([^\]]*)\]/.exec(node)?.[1] ?? '').matchAll(/(\d+) 0 R/g)].map(([, id]) => objects.get(id ?? '')),
	);
	const order = new Map(kids.map((kid, at) => [kid?.dictionary, at]));
	return pages.sort((a, b) => (order.get(a.dictionary) ?? 0) - (order.get(b.dictionary) ?? 0));
}

function pageRuns(page: string, objects: Objects): Run[] {
	const of = (pattern: RegExp, text: string) => objects.get(pattern.exec(text)?.[1] ?? '');
	const content = of(/\/Contents (\d+) 0 R/, page)?.stream ?? '';
	const resources = of(/\/Resources (\d+) 0 R/, page)?.dictionary ?? page;
	const fonts = new Map<string, Map<number, string>>();
	for (const [, name = '', id = ''] of resources.matchAll(/\/(f\d+) (\d+) 0 R/g)) {
		const font = objects.get(id)?.dictionary ?? '';
		fonts.set(name, characters(of(/\/ToUnicode (\d+) 0 R/, font)?.stream ?? ''));
	}
	return show(content, fonts);
}

function characters(cmap: string): Map<number, string> {
	const map = new Map<number, string>();
	for (const [, block = ''] of cmap.matchAll(/beginbfchar([\s\S]*?)endbfchar/g)) {
		for (const [, code = '', text = ''] of block.matchAll(/<([0-9A-F]+)> <([0-9A-F]+)>/gi))
			map.set(parseInt(code, 16), utf16(text));
	}
	return map;
}

const utf16 = (digits: string): string => Buffer.from(digits.replace(/^FEFF/i, ''), 'hex').swap16().toString('utf16le');

// Parentheses inside a string are escaped, or balanced.
const STRING = String.raw`\(((?:\\[\s\S]|[^\\()]|\((?:\\[\s\S]|[^\\()])*\))*)\)`;
const TOKEN = new RegExp(
	String.raw`(\S+) (\S+) cm\n|\/Span <<\s*\/ActualText (<[0-9A-F]*>|${STRING})\s*>> BDC|\/(ReversedChars) BMC|(EMC)|\/(f\d+) \S+ Tf|${STRING}`,
	'gi',
);

/** What is shown between two positions. */
type Run = { x: number; breaks: boolean; text: string };

function show(content: string, fonts: Map<string, Map<number, string>>): Run[] {
	let run: Run = { x: 0, breaks: false, text: '' };
	const runs = [run];
	let font: Map<number, string> | undefined;
	let y: number | undefined;
	let mark: { kind: 'actual' | 'reversed'; glyphs: string[]; actual: string } | undefined;
	for (const [, right, down, actual, , reversed, end, name, shown] of content.matchAll(TOKEN)) {
		if (down !== undefined) {
			run = { x: Number(right), breaks: y !== undefined && Math.abs(Number(down) - y) > 0.6, text: '' };
			runs.push(run);
			y = Number(down);
		} else if (actual !== undefined) {
			const literal = actual.startsWith('<')
				? utf16(actual.slice(1, -1))
				: unescape(actual.slice(1, -1)).toString('latin1');
			mark = { kind: 'actual', glyphs: [], actual: literal };
		} else if (reversed !== undefined) mark = { kind: 'reversed', glyphs: [], actual: '' };
		else if (name !== undefined) font = fonts.get(name);
		else if (end !== undefined) {
			run.text += mark?.kind === 'actual' ? mark.actual : (mark?.glyphs.reverse().join('') ?? '');
			mark = undefined;
		} else if (shown !== undefined) {
			const glyphs = decode(unescape(shown), font);
			if (mark) mark.glyphs.push(...glyphs);
			else run.text += glyphs.join('');
		}
	}
	return runs;
}

function decode(codes: Buffer, font: Map<number, string> | undefined): string[] {
	return Array.from({ length: codes.length / 2 }, (_, at) => font?.get(codes.readUInt16BE(at * 2)) ?? '\ufffd');
}

const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

const unescape = (literal: string): Buffer =>
	Buffer.from(
		literal.replace(/\\([0-7]{1,3}|[\s\S])/g, (_, escaped: string) =>
			/^[0-7]/.test(escaped) ? String.fromCharCode(parseInt(escaped, 8)) : (ESCAPES[escaped] ?? escaped),
		),
		'latin1',
	);
