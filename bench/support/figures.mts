import { closeSync, fdatasyncSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { arch, availableParallelism, platform, tmpdir, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { root } from './webhooks.mts';

export interface Goal {
	what: string;
	/** How the goal reads, "≥ 0.95". */
	goal: string;
	/** The figure beside it, in words: "0.97". */
	value: string;
	met: boolean;
}
/** What a bench leaves in bench/results; the page is made of nothing else. */
export interface Results<Figures> {
	bench: string;
	/** Day on which it ran, YYYY-MM-DD. */
	on: string;
	machine: { cores: number; memoryGb: number; node: string; system: string; fdatasyncMs: number };
	goals: Goal[];
	figures: Figures;
}

export function quantile(values: readonly number[], share: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN;
}
export function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length >> 1;
	const [low = Number.NaN, high = Number.NaN] = [sorted[middle - 1], sorted[middle]];
	return sorted.length % 2 === 1 ? high : (low + high) / 2;
}
/** To three digits: more are noise. */
export const round = (value: number): number => Number(value.toPrecision(3));

/** A goal of "at least" or "at most" so much. */
export function goal(what: string, value: number, is: '≥' | '≤' | '<', wanted: number, unit = ''): Goal {
	const met = is === '≥' ? value >= wanted : is === '≤' ? value <= wanted : value < wanted;
	return { what, goal: `${is} ${wanted}${unit}`, value: `${round(value)}${unit}`, met };
}

/** Where a quick run leaves all that it makes; its figures are none for the page. */
export const quick = process.env['BENCH_QUICK'];
const file = (bench: string) => join(quick ?? root, 'bench/results', `${bench}.json`);

/** `whole`: false when only one engine was measured, which leaves the figures of the last whole run alone. */
export async function save<Figures>(bench: string, figures: Figures, goals: Goal[], whole = true): Promise<void> {
	const results: Results<Figures> = {
		bench,
		on: new Date().toISOString().slice(0, 10),
		machine: {
			cores: availableParallelism(),
			memoryGb: Math.round(totalmem() / 1024 ** 3),
			node: process.version,
			system: `${platform()} ${arch()}`,
			fdatasyncMs: round(fdatasyncMs()),
		},
		goals,
		figures,
	};
	const options = { ...(await resolveConfig(file(bench))), parser: 'json' };
	const rounded = JSON.stringify(results, (_, value: unknown) => (typeof value === 'number' ? round(value) : value));
	mkdirSync(dirname(file(bench)), { recursive: true });
	if (whole) writeFileSync(file(bench), await format(rounded, options));
	for (const each of goals)
		console.log(`${each.met ? 'met    ' : 'NOT MET'} ${each.what}: ${each.value} (goal ${each.goal})`);
}

export function saved<Figures>(bench: string): Results<Figures> | undefined {
	try {
		return JSON.parse(readFileSync(file(bench), 'utf8')) as Results<Figures>;
	} catch {
		return undefined;
	}
}

/** What a sync of an appended 4 kB costs where the benches write: the median of a hundred. */
function fdatasyncMs(): number {
	const path = join(tmpdir(), `messlo-fdatasync-${process.pid}`);
	const handle = openSync(path, 'a');
	try {
		const times = Array.from({ length: 100 }, () => {
			writeSync(handle, Buffer.alloc(4096));
			const started = performance.now();
			fdatasyncSync(handle);
			return performance.now() - started;
		});
		return median(times);
	} finally {
		closeSync(handle);
		rmSync(path);
	}
}
