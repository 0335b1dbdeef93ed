import { NodeOperationError } from 'n8n-workflow';
import { FieldError, fieldLabel, type Values } from '../../../catalog';
import { explain } from '../errors/explain';
import type { Execution } from '../execute/finish';

const NUMBERS = 'contact_numbers';

/** The values of one campaign out of those of all items: their phone numbers together, all else the same in each. */
export function gather({ context, row }: Execution, valuesAt: (index: number) => Values): Values {
	const all = context.getInputData().map((_, index) => {
		try {
			return valuesAt(index);
		} catch (error) {
			const { message } = explain(row, error);
			throw new NodeOperationError(context.getNode(), `${message}. No campaign was created`, { itemIndex: index });
		}
	});
	const [first = {}] = all;
	for (const field of row.fields) {
		const other = all.findIndex((values) => JSON.stringify(values[field.name]) !== JSON.stringify(first[field.name]));
		if (other > 0 && field.name !== NUMBERS)
			throw new FieldError(
				row.id,
				field.name,
				`is not the same in all items (it differs in item ${other}), but they are to make one campaign: give ${fieldLabel(field)} without the item, or set Mode to Run Once for Each Item`,
			);
	}
	const numbers = all.flatMap((values) => (Array.isArray(values[NUMBERS]) ? (values[NUMBERS] as unknown[]) : []));
	return numbers.length === 0 ? first : { ...first, [NUMBERS]: [...new Set(numbers)] };
}
