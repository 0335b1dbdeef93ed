import { expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { builtBridge } from '../../support/built';

// In a process of its own: the heap of a test runner holds all kinds of things.
const BEFORE_AND_AFTER = `
const { handBackMemory } = require(process.argv[1]);
const taken = () => process.memoryUsage().heapTotal;
const start = taken();
let garbage = Array.from({ length: 500_000 }, (_, n) => ({ n, text: 'order ' + n }));
garbage = undefined;
const full = taken();
handBackMemory();
console.log(JSON.stringify({ start, full, after: taken(), door: typeof gc }));
`;

it('gives back what is garbage by now, and leaves no door to the collector open', () => {
	const { stdout, stderr } = spawnSync(
		process.execPath,
		['-e', BEFORE_AND_AFTER, builtBridge('cli/hand-back-memory.js')],
		{ encoding: 'utf8' },
	);
	expect(stderr).toBe('');
	const { start, full, after, door } = JSON.parse(stdout) as Record<'start' | 'full' | 'after', number> & {
		door: string;
	};
	expect(full).toBeGreaterThan(start + 20_000_000);
	expect(after).toBeLessThan(start + 5_000_000);
	expect(door).toBe('undefined');
});
