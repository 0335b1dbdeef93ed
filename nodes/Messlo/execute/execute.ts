import { type IExecuteFunctions, type INodeExecutionData, NodeOperationError, sleep } from 'n8n-workflow';
import { buildRequest, OPERATIONS, type Operation, type Values } from '../../../catalog';
import { collect } from '../api/collect';
import { connect, credentialOf } from '../api/connect';
import { Pace, type Time } from '../api/pace';
import { failedItem } from '../errors/failed-item';
import { nodeError } from '../errors/node-error';
import { finishes } from '../finishes';
import { buildForm } from './build-form';
import type { Execution } from './finish';
import { readOptions } from './read-options';
import { type Output, readOutput, recordsOf } from './output';
import { valuesReader } from './read-values';
import { runItems } from './run-items';

const TIME: Time = { now: () => Date.now(), sleep };

/** Carries out the chosen operation for each item. */
export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const row = chosen(context);
	const options = readOptions(context);
	const api = await connect(context, credentialOf(row), new Pace(TIME), TIME);
	const execution: Execution = { context, api, row, options };
	const output = readOutput(context);
	const derivedAt = valuesReader(context, row, options.callingCode);
	const {
		values = (_index: number, derived: Values) => derived,
		run = (index: number, given: Values) => ask(execution, index, given, output),
	} = finishes[row.id]?.begin?.(execution) ?? {};

	async function work(index: number): Promise<INodeExecutionData[]> {
		try {
			const records = await run(index, await values(index, derivedAt(index)));
			return records.map((json) => ({ json, pairedItem: { item: index } }));
		} catch (error) {
			if (context.continueOnFail()) return [failedItem(context.getNode(), row, error, index)];
			throw nodeError(context.getNode(), row, error, index);
		}
	}

	const outputs = await runItems(context.getInputData().length, options, work, sleep);
	return [outputs.flat()];
}

/** One request for an item; a list goes on through its pages. */
async function ask({ context, api, row }: Execution, index: number, values: Values, output: Output) {
	if (row.itemsAt) return (await collect(api, row, values, limitAt(context, index))).map(output.shape);
	const request = buildRequest(row, values);
	const form = request.form && (await buildForm(context, request.form, index));
	return recordsOf(row, await api.send(request, form), output);
}

const limitAt = (context: IExecuteFunctions, index: number): number =>
	context.getNodeParameter('returnAll', index, false) ? Infinity : context.getNodeParameter('limit', index, 50);

const byId = new Map(OPERATIONS.map((row) => [row.id, row]));

function chosen(context: IExecuteFunctions): Operation {
	const id = `${context.getNodeParameter('resource', 0)}.${context.getNodeParameter('operation', 0)}`;
	const row = byId.get(id);
	if (row) return row;
	throw new NodeOperationError(context.getNode(), `There is no operation '${id}'`, {
		description:
			'Choose the resource and the operation again: an expression or an older version of the node has left another one.',
	});
}
