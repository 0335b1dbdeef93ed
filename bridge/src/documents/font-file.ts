import { readFileSync } from 'node:fs';

export interface Font {
	file: string;
	family: string;
	covers(codePoint: number): boolean;
}

type Range = { first: number; last: number };

/** Reads the family name and the covered characters of a TrueType or OpenType file. */
export function readFont(file: string): Font {
	const bytes = readFileSync(file);
	const tables = tablesOf(bytes, file);
	const ranges = rangesOf(table(bytes, tables, 'cmap', file));
	return {
		file,
		family: familyOf(table(bytes, tables, 'name', file), file),
		covers: (point) => contains(ranges, point),
	};
}

function tablesOf(bytes: Buffer, file: string): Map<string, { offset: number; length: number }> {
	const signature = bytes.toString('latin1', 0, 4);
	if (!['\0\x01\0\0', 'OTTO', 'true', 'ttcf'].includes(signature)) {
		throw new Error(`${file} is not a TrueType or OpenType font. Use a .ttf or .otf file (woff files do not work).`);
	}
	const start = signature === 'ttcf' ? bytes.readUInt32BE(12) : 0;
	const tables = new Map<string, { offset: number; length: number }>();
	for (let at = 0; at < bytes.readUInt16BE(start + 4); at++) {
		const row = start + 12 + at * 16;
		tables.set(bytes.toString('latin1', row, row + 4), {
			offset: bytes.readUInt32BE(row + 8),
			length: bytes.readUInt32BE(row + 12),
		});
	}
	return tables;
}

function table(bytes: Buffer, tables: ReturnType<typeof tablesOf>, tag: string, file: string): Buffer {
	const found = tables.get(tag);
	if (!found) throw new Error(`${file} has no '${tag}' table. Replace the font file.`);
	return bytes.subarray(found.offset, found.offset + found.length);
}

/** Name 16 is the family of all weights, name 1 that of one ("Noto Sans SemiBold"); Typst uses 16 where there is one. */
function familyOf(name: Buffer, file: string): string {
	const strings = name.readUInt16BE(4);
	let family: string | undefined;
	for (let at = 0; at < name.readUInt16BE(2); at++) {
		const row = 6 + at * 12;
		const isWindows = name.readUInt16BE(row) === 3;
		const id = name.readUInt16BE(row + 6);
		if (!isWindows || (id !== 16 && (id !== 1 || family !== undefined))) continue;
		const offset = strings + name.readUInt16BE(row + 10);
		const text = Buffer.from(name.subarray(offset, offset + name.readUInt16BE(row + 8)))
			.swap16()
			.toString('utf16le');
		if (id === 16) return text;
		family = text;
	}
	if (family === undefined) throw new Error(`${file} does not say its family name. Replace the font file.`);
	return family;
}

/** Formats 4 and 12 are those of every Unicode font made in this century. */
function rangesOf(cmap: Buffer): Range[] {
	const ranges: Range[] = [];
	for (let at = 0; at < cmap.readUInt16BE(2); at++) {
		const subtable = cmap.subarray(cmap.readUInt32BE(4 + at * 8 + 4));
		const format = subtable.readUInt16BE(0);
		if (format === 4) ranges.push(...segments(subtable));
		if (format === 12) ranges.push(...groups(subtable));
	}
	return merge(ranges);
}

function segments(subtable: Buffer): Range[] {
	const size = subtable.readUInt16BE(6);
	const ranges: Range[] = [];
	for (let at = 0; at < size; at += 2) {
		const last = subtable.readUInt16BE(14 + at);
		const first = subtable.readUInt16BE(16 + size + at);
		if (first !== 0xffff) ranges.push({ first, last });
	}
	return ranges;
}

function groups(subtable: Buffer): Range[] {
	return Array.from({ length: subtable.readUInt32BE(12) }, (_, at) => ({
		first: subtable.readUInt32BE(16 + at * 12),
		last: subtable.readUInt32BE(20 + at * 12),
	}));
}

function merge(ranges: Range[]): Range[] {
	const merged: Range[] = [];
	for (const range of ranges.sort((a, b) => a.first - b.first)) {
		const previous = merged.at(-1);
		if (previous && range.first <= previous.last + 1) previous.last = Math.max(previous.last, range.last);
		else merged.push({ ...range });
	}
	return merged;
}

function contains(ranges: Range[], point: number): boolean {
	let low = 0;
	let high = ranges.length - 1;
	while (low <= high) {
		const middle = (low + high) >> 1;
		const range = ranges[middle];
		if (!range) return false;
		if (point < range.first) high = middle - 1;
		else if (point > range.last) low = middle + 1;
		else return true;
	}
	return false;
}
