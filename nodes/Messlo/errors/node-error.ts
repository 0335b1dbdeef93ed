import { type INode, NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { Operation } from '../../../catalog';
import { ApiFailure } from '../api/api-failure';
import { explain } from './explain';

/** The error that stops a workflow, with its item and what to do. */
export function nodeError(
	node: INode,
	row: Operation,
	error: unknown,
	itemIndex: number,
): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
	const { message, description, status } = explain(row, error);
	const told = { message, itemIndex, ...(description === undefined ? {} : { description }) };
	if (error instanceof ApiFailure)
		return new NodeApiError(
			node,
			{ message },
			{ ...told, ...(status === undefined ? {} : { httpCode: String(status) }) },
		);
	return new NodeOperationError(node, error instanceof Error ? error : message, told);
}
