import type { IExecuteFunctions } from 'n8n-workflow';
import { applies, type Operation, type Values } from '../../../catalog';
import { layoutOf } from '../description/layout';
import { readLayout, type Reading } from './field-value';

/**
 * Reads the form of an operation, item by item. A parameter without an expression is the same for all items and is read
 * once: n8n takes longer to read a parameter than we to build a request.
 */
export function valuesReader(
	context: IExecuteFunctions,
	row: Operation,
	callingCode: string,
): (index: number) => Values {
	const layout = layoutOf(row);
	const { parameters } = context.getNode();
	const names = [...layout.direct.map(({ name }) => name), layout.collection.name].filter(
		// n8n leaves out what the form does not show.
		(name) => Object.hasOwn(parameters, name),
	);
	const read = (name: string, index: number): unknown =>
		context.getNodeParameter(name, index, undefined, { skipValidation: true });
	const moving = names.filter((name) => hasExpression(parameters[name]));
	const still = Object.fromEntries(names.filter((name) => !moving.includes(name)).map((name) => [name, read(name, 0)]));
	const reading: Reading = { operation: row.id, timezone: context.getTimezone(), callingCode };
	return (index) => {
		const raw = { ...still, ...Object.fromEntries(moving.map((name) => [name, read(name, index)])) };
		const values = readLayout(layout, raw, reading);
		return Object.fromEntries(
			row.fields.filter((field) => applies(field, row.fields, values)).map(({ name }) => [name, values[name]]),
		);
	};
}

function hasExpression(value: unknown): boolean {
	if (typeof value === 'string') return value.startsWith('=');
	return typeof value === 'object' && value !== null && Object.values(value).some(hasExpression);
}
