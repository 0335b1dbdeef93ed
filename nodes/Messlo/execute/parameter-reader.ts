import type { IExecuteFunctions } from 'n8n-workflow';
import type { Values } from '../../../catalog';

/**
 * Reads parameters of the form, item by item. One without an expression is the same for all items and is read once: n8n
 * takes longer to read a parameter than we to build a request. What the form does not show is left out, as n8n leaves it out.
 */
export function parameterReader(context: IExecuteFunctions, names: readonly string[]): (index: number) => Values {
	const { parameters } = context.getNode();
	const shown = names.filter((name) => Object.hasOwn(parameters, name));
	const read = (name: string, index: number): [string, unknown] => [
		name,
		context.getNodeParameter(name, index, undefined, { skipValidation: true }),
	];
	const moving = shown.filter((name) => hasExpression(parameters[name]));
	const still = Object.fromEntries(shown.filter((name) => !moving.includes(name)).map((name) => read(name, 0)));
	return (index) => ({ ...still, ...Object.fromEntries(moving.map((name) => read(name, index))) });
}

function hasExpression(value: unknown): boolean {
	if (typeof value === 'string') return value.startsWith('=');
	return typeof value === 'object' && value !== null && Object.values(value).some(hasExpression);
}
