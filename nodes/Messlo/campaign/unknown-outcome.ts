import { ApiFailure } from '../api/api-failure';
import { causeOf } from '../errors/causes';

const UNKNOWN = new Set(['no-answer', 'unavailable']);

/** Whether a call that failed may have been carried out: no answer came, or one of a gateway that had given up. */
const isUnknown = (error: unknown): boolean => error instanceof ApiFailure && UNKNOWN.has(causeOf(error.failed).name);

/** What a call gives; where its answer got lost, what `find` finds of its work. */
export const orFound = <Result>(call: Promise<Result>, find: () => Promise<Result | undefined>): Promise<Result> =>
	call.catch(async (error: unknown) => {
		const found = isUnknown(error) ? await find().catch(() => undefined) : undefined;
		if (found === undefined) throw error;
		return found;
	});
