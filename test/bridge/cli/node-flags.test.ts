import { expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const flagsIn = (file: string, line: RegExp): string[] => {
	const text = readFileSync(join(__dirname, '../../..', file), 'utf8');
	return line.exec(text)?.[0].match(/--[a-z-]+=\d+/g) ?? [];
};

it.each([
	['Dockerfile', /^CMD .+$/m],
	['bridge/bin/messlo-bridge.js', /^#!.+$/m],
	['scripts/start.mjs', /^const flags = .+$/m],
])('%s starts the bridge with the flags of docs/adr/0018', (file, line) => {
	const decided = flagsIn('docs/adr/0018-memory-after-the-start.md', /^`--max-semi.+$/m);
	expect(decided).toHaveLength(2);
	expect(flagsIn(file, line)).toEqual(decided);
});
