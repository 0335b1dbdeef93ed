import type { Expression } from './compile';
import { LIMITS, liquid } from './engine';
import { faultOf, isOutOfTime } from './fault';
import { globalsFor, type Surroundings } from './filters';

export type Rendering = { ok: true; text: string } | { ok: false; reason: string };

/** How often a render is begun anew that was held up. */
const AGAIN = 2;

/** Renders an expression on the view of one event; never throws. */
export function render({ templates }: Expression, view: object, surroundings: Surroundings): Rendering {
	for (let again = AGAIN; ; again -= 1) {
		const before = process.threadCpuUsage();
		try {
			return { ok: true, text: String(liquid.renderSync(templates, view, { globals: globalsFor(surroundings) })) };
		} catch (error) {
			if (again === 0 || !isOutOfTime(error) || tookTime(before)) return { ok: false, reason: faultOf(error) };
		}
	}
}

/** Liquid counts by the clock: a process that is paused in the middle (a machine that sleeps) has used no time of the processor. */
function tookTime(before: NodeJS.CpuUsage): boolean {
	const { user, system } = process.threadCpuUsage(before);
	return (user + system) / 1000 > LIMITS.renderLimit / 2;
}
