import type { INode, INodeExecutionData } from 'n8n-workflow';
import type { Operation } from '../../../catalog';
import { explain } from './explain';

/** What Continue On Fail puts in the place of an item that failed. */
export function failedItem(node: INode, row: Operation, error: unknown, index: number): INodeExecutionData {
	const { message, description, ...facts } = explain(row, error);
	const text = `[Item ${index}] ${message}${description === undefined ? '' : `. ${description}`}`;
	// n8n takes an item for a failed one, and leads it to the error output, only when it holds no other keys than these.
	const json =
		node.onError === 'continueErrorOutput' ? { error: text, details: { ...facts } } : { error: text, ...facts };
	return { json, pairedItem: { item: index } };
}
