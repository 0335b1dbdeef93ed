import { ApiFailure } from '../api/api-failure';
import { causeOf } from '../errors/causes';

const UNKNOWN = new Set(['no-answer', 'unavailable']);

/** Whether a call that failed may have been carried out: no answer came, or one of a gateway that had given up. */
export const isUnknown = (error: unknown): boolean =>
	error instanceof ApiFailure && UNKNOWN.has(causeOf(error.failed).name);
