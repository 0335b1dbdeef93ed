import type { Expression } from './compile';
import { liquid } from './engine';
import { faultOf } from './fault';
import { globalsFor, type Surroundings } from './filters';

export type Rendering = { ok: true; text: string } | { ok: false; reason: string };

/** Renders an expression on the view of one event; never throws. */
export function render({ templates }: Expression, view: object, surroundings: Surroundings): Rendering {
	try {
		return { ok: true, text: String(liquid.renderSync(templates, view, { globals: globalsFor(surroundings) })) };
	} catch (error) {
		return { ok: false, reason: faultOf(error) };
	}
}
