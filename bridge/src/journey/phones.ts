import { compilePhone } from '../mapping/compile-phone';
import type { Expression } from '../mapping/liquid/compile';
import type { Source } from '../sources/source';

/** The Liquid of each source that gives the number; what is wrong with one is an error at the start. */
export function phonesOf(sources: ReadonlyMap<string, Source>): ReadonlyMap<string, Expression> {
	return new Map(
		[...sources.values()].flatMap(({ id, phone }) => {
			if (phone === undefined) return [];
			const compiled = compilePhone(phone);
			if (compiled.ok) return [[id, compiled.expression] as const];
			const faults = compiled.faults.map(({ message, fix }) => `${message} → ${fix}`).join('; ');
			throw new Error(`The source '${id}' has a 'phone' that cannot be read: ${faults}`);
		}),
	);
}
