import type { IExecuteFunctions } from 'n8n-workflow';
import { applies, type Operation, type Values } from '../../../catalog';
import { layoutOf } from '../description/layout';
import { readLayout, type Reading } from './field-value';
import { parameterReader } from './parameter-reader';

/** Reads the derived form of an operation, item by item, as the values of its request. */
export function valuesReader(
	context: IExecuteFunctions,
	row: Operation,
	callingCode: string,
): (index: number) => Values {
	const layout = layoutOf(row);
	const rawAt = parameterReader(context, [...layout.direct.map(({ name }) => name), layout.collection.name]);
	const reading: Reading = { operation: row.id, timezone: context.getTimezone(), callingCode };
	return (index) => {
		const values = readLayout(layout, rawAt(index), reading);
		return Object.fromEntries(
			row.fields.filter((field) => applies(field, row.fields, values)).map(({ name }) => [name, values[name]]),
		);
	};
}
