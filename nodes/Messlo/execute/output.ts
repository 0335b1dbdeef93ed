import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { Operation } from '../../../catalog';
import { isRead } from '../description/output-properties';
import { selectFields, simplify } from './simplify';

type Json = Record<string, unknown>;

/** How much of an answer becomes output. */
export interface Output {
	/** Single answers keep their envelope. */
	raw: boolean;
	shape(record: Json): IDataObject;
}

/** The choice of the form: Simplify for people, Output for agents. It holds for all items. */
export function readOutput(context: IExecuteFunctions): Output {
	const { parameters } = context.getNode();
	const asTool = Object.hasOwn(parameters, 'output');
	const output = asTool ? context.getNodeParameter('output', 0) : undefined;
	if (output === 'selectedFields') {
		const named = String(context.getNodeParameter('outputFields', 0, ''));
		const paths = named.split(',').map((path) => path.trim());
		return {
			raw: false,
			shape: (record) =>
				selectFields(
					record,
					paths.filter((path) => path !== ''),
				),
		};
	}
	const raw = asTool ? output === 'raw' : context.getNodeParameter('simplify', 0, true) === false;
	return { raw, shape: (record) => (raw ? (record as IDataObject) : simplify(record)) };
}

/** The answer to one call without its envelope: `{success, data}` becomes the data, a list becomes its records. */
export function recordsOf(row: Operation, body: unknown, { raw, shape }: Output): IDataObject[] {
	if (!isObject(body)) return [typeof body === 'string' && body !== '' ? { answer: body } : { success: true }];
	const read = isRead(row);
	if (read && raw) return [body as IDataObject];
	const { data } = body;
	const rest = Object.fromEntries(Object.entries(body).filter(([key]) => key !== 'success' && key !== 'data'));
	if (Array.isArray(data) && data.length > 0 && data.every(isObject))
		return read ? data.map(shape) : (data as IDataObject[]);
	const inside = isObject(data) ? data : data === undefined ? {} : { data };
	// Some writes put fields beside the data; what is read has its record inside.
	if (read) return [shape(isObject(data) ? inside : { ...rest, ...inside })];
	const deleted = row.route.startsWith('DELETE ') || row.operation === 'Delete' ? { deleted: true } : {};
	const record = { ...rest, ...inside, ...deleted };
	return [(Object.keys(record).length === 0 ? { success: true } : record) as IDataObject];
}

const isObject = (value: unknown): value is Json =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
