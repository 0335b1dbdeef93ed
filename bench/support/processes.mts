/** What the processes of a bench take, as Linux tells it. */
import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks a second of /proc/<pid>/stat: 100 on every Linux that Node runs on. */
const TICK_MS = 10;

/** Fields of /proc/<pid>/stat from the third on; the second, the name, may hold blanks. */
const stat = (pid: number): string[] => {
	const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
	return text.slice(text.lastIndexOf(')') + 2).split(' ');
};
const alive = (): number[] => readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []));

/** Processes that these started, and those that those started. */
export function childrenOf(pid: number): number[] {
	const parents = new Map<number, number>();
	for (const each of alive())
		try {
			parents.set(each, Number(stat(each)[1]));
		} catch {
			// It has ended meanwhile.
		}
	const family = [pid];
	for (const each of family) for (const [child, parent] of parents) if (parent === each) family.push(child);
	return family.slice(1);
}

/** Processor time of a process and all that it started, the ended ones included, in ms. */
export function cpuMs(pid: number): number {
	const own = (each: number): number => {
		try {
			const [user, system, endedUser, endedSystem] = stat(each).slice(11, 15).map(Number);
			return ((user ?? 0) + (system ?? 0) + (endedUser ?? 0) + (endedSystem ?? 0)) * TICK_MS;
		} catch {
			return 0;
		}
	};
	return [pid, ...childrenOf(pid)].reduce((sum, each) => sum + own(each), 0);
}

/** Memory of one process in MB: resident now, or at its highest. */
export const memoryMb = (pid: number, field: 'VmRSS' | 'VmHWM' = 'VmRSS'): number =>
	Number(new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN) / 1024;

/** Of a process and all that it started, each at its own highest. */
export const peakWithChildrenMb = (pid: number): number =>
	[pid, ...childrenOf(pid)].reduce((sum, each) => sum + (memoryMb(each, 'VmHWM') || 0), 0);
