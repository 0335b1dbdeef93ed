import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { Batches } from './run-items';

export interface Options extends Batches {
	/** Digits put before national phone numbers. */
	callingCode: string;
}

/**
 * With 8 on their way, 1,000 items took longer than in n8n's HTTP Request node, with 20 four fifths of its time. At 50 ms a
 * call 17 were the most: n8n's own work on an item is the limit then (bench/n8n).
 */
export const AT_ONCE = 20;

/** The Options of the form. They hold for all items: those of the first one count. */
export function readOptions(context: IExecuteFunctions): Options {
	const given = context.getNodeParameter('requestOptions', 0, {}) as {
		batching?: { batch?: IDataObject };
		concurrency?: unknown;
		callingCode?: unknown;
	};
	const { batchSize, batchInterval } = given.batching?.batch ?? {};
	const size = Number(batchSize ?? -1);
	return {
		atOnce: Math.max(1, Number(given.concurrency ?? AT_ONCE)),
		// As in n8n's HTTP Request node: -1 is no batches, 0 counts as 1.
		...(size < 0 ? {} : { size: Math.max(1, size) }),
		intervalMs: Number(batchInterval ?? 0),
		callingCode: String(given.callingCode ?? '').replace(/\D/g, ''),
	};
}
