import type { Operation, Values } from '../../../catalog';
import { everything, onlyRequired } from '../../catalog/examples';

/** What the demo account has already, or what its records need, where the examples of the catalogue say otherwise. */
const ELSE: Record<number, Values> = {
	11: { phone_number: '12025550177' },
	24: { message_body: 'Your order is on its way.' },
	81: { templateName: 'order_invoice' },
};

/** Values with which a row of the developer page does its work in the sandbox's demo account. */
export function rowValues(row: number, operation: Operation): Values {
	// An example of a filter need not fit any record.
	const examples = operation.itemsAt ? onlyRequired(operation) : everything(operation);
	const isNew = operation.id.startsWith('template.create') ? { template_name: `made_by_row_${row}` } : {};
	return { ...examples, ...isNew, ...ELSE[row] };
}
