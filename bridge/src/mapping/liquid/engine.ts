import { type Context, Liquid } from 'liquidjs';
import { registerArithmetic } from './arithmetic';
import { registerFilters } from './filters';

const TAGS = ['assign', 'break', 'capture', 'case', 'comment', 'continue', 'for', 'if', 'unless', '#'];

/** Evaluates text at run time that nobody checked at load, switches checks off, or gives another answer each time. */
const REFUSED_FILTERS = [
	'find_exp',
	'find_index_exp',
	'group_by_exp',
	'has_exp',
	'reject_exp',
	'where_exp',
	'raw',
	'sample',
];

/** What one expression may cost. A thousand honest ones take a few milliseconds and a few kilobytes. */
export const LIMITS = { parseLimit: 10_000, renderLimit: 500, memoryLimit: 200_000 };

/** Liquid without file system, without includes, strict about variables and filters, bounded in time and memory. */
export const liquid = createEngine();

function createEngine(): Liquid {
	const engine = new Liquid({
		strictVariables: true,
		strictFilters: true,
		lenientIf: true,
		ownPropertyOnly: true,
		relativeReference: false,
		dynamicPartials: false,
		templates: {},
		...LIMITS,
	});
	for (const name of Object.keys(engine.tags)) if (!TAGS.includes(name)) delete engine.tags[name];
	for (const name of REFUSED_FILTERS) engine.unregisterFilter(name);
	registerFilters(engine);
	registerArithmetic(engine);
	boundFilters(engine);
	return engine;
}

/**
 * What a filter is given counts as memory. liquidjs counts it in some filters only: cgi_escape took a second over a payload of five
 * megabytes, and a number is looked for in text of any length.
 */
function boundFilters(engine: Liquid): void {
	for (const [name, filter] of Object.entries(engine.filters)) {
		const handler = typeof filter === 'function' ? filter : filter.handler;
		const bounded = function (
			this: ThisParameterType<typeof handler> & { context: Context },
			value: unknown,
			...rest: unknown[]
		) {
			this.context.memoryLimit.use([value, ...rest].reduce((sum: number, each) => sum + sizeOf(each), 0));
			return handler.call(this, value, ...rest) as unknown;
		};
		engine.registerFilter(name, typeof filter === 'function' ? bounded : { ...filter, handler: bounded });
	}
}

const sizeOf = (given: unknown): number => (typeof given === 'string' || Array.isArray(given) ? given.length : 0);
