import { TypeGuards, type Context, type Output, type Template, type Value } from 'liquidjs';
import { suggest } from '../../yaml/nearest';
import { checkVariables, type Vocabulary } from '../vocabulary';
import { liquid } from './engine';
import { isBlank } from './filters';
import { MissingValue } from './fault';
import { outputsIn, valuesIn } from './walk';

/** A Liquid expression that parsed. */
export interface Expression {
	source: string;
	templates: Template[];
}
export interface Fault {
	message: string;
	fix: string;
}
export type Compilation = { ok: true; expression: Expression } | { ok: false; faults: Fault[] };

/** Text with `{{ … }}` in it. */
export const compileText = (source: string, vocabulary: Vocabulary): Compilation => compile(source, source, vocabulary);

/** A condition or value, written bare: `order.total > 0`. */
export function compileCondition(source: string, vocabulary: Vocabulary): Compilation {
	const braces = bracesIn(source);
	return braces ? { ok: false, faults: [braces] } : compile(`{% if ${source} %}yes{% endif %}`, source, vocabulary);
}
export function compileValue(source: string, vocabulary: Vocabulary): Compilation {
	const braces = bracesIn(source);
	return braces ? { ok: false, faults: [braces] } : compile(`{{ ${source} | default: '' }}`, source, vocabulary);
}

const bracesIn = (source: string): Fault | undefined =>
	/[{}]/.test(source)
		? {
				message: 'has braces where a bare expression is expected',
				fix: 'write it without {{ }} and {% %}, such as order.total > 0',
			}
		: undefined;

function compile(text: string, source: string, vocabulary: Vocabulary): Compilation {
	let templates: Template[];
	try {
		templates = liquid.parse(text);
	} catch (error) {
		return { ok: false, faults: [faultOfParse(error)] };
	}
	const faults = valuesIn(templates).flatMap(faultOfShape);
	if (faults.length === 0)
		faults.push(...checkVariables(liquid.analyzeSync(templates, { partials: false }).globals, vocabulary));
	if (faults.length > 0) return { ok: false, faults };
	for (const output of outputsIn(templates)) refuseNothing(output);
	return { ok: true, expression: { source, templates } };
}

/**
 * An output that prints nothing is a fault unless it names a default. Liquid's own lenience looks at the first filter
 * only and never at arguments, so `a | strip | default: b | default: 'c'` would fail without this.
 */
function refuseNothing(output: Output): void {
	const original = output.value.value.bind(output.value);
	const hasDefault = output.value.filters.some(({ name }) => name === 'default');
	const field = liquid.fullVariablesSync([output])[0] ?? output.token.getText();
	output.value.value = function* (context: Context) {
		const strict = context.strictVariables;
		context.strictVariables = !hasDefault;
		try {
			const value: unknown = yield original(context, hasDefault);
			if (!hasDefault && isBlank(value)) throw new MissingValue(field);
			return value;
		} finally {
			context.strictVariables = strict;
		}
	};
}

/** liquidjs accepts `a >> 0`, `a >` and `a b` and makes something of them: count operands. */
function faultOfShape(value: Value): Fault[] {
	let operands = 0;
	for (const token of value.initial.postfix) {
		if (!TypeGuards.isOperatorToken(token)) operands += 1;
		else if (token.operator !== 'not') operands -= 1;
		if (operands < 1) break;
	}
	return operands === 1
		? []
		: [
				{
					message: 'is not an expression that Liquid knows',
					fix: "compare with == != > < >= <= contains, join with 'and' / 'or', put text in quotes",
				},
			];
}

function faultOfParse(error: unknown): Fault {
	const message = (error instanceof Error ? (error.message.split('\n')[0] ?? '') : '').replace(
		/, (file:.*?, )?line:\d+, col:\d+/,
		'',
	);
	const filter = /undefined filter: (\S+)/.exec(message)?.[1];
	if (filter !== undefined)
		return { message: `there is no filter '${filter}'`, fix: suggest(filter, Object.keys(liquid.filters)) };
	const tag = /tag "?([\w#]+)"? not found/.exec(message)?.[1];
	if (tag !== undefined)
		return {
			message: `the tag '${tag}' cannot be used here`,
			fix: `use one of: ${Object.keys(liquid.tags).join(', ')}`,
		};
	if (message.includes('expected "|"'))
		return {
			message: 'is not an expression that Liquid knows',
			fix: "compare with == (not =), join with 'and' / 'or', put text in quotes",
		};
	return { message: `is not Liquid: ${message}`, fix: 'close every {{ with }} and every {% if %} with {% endif %}' };
}
