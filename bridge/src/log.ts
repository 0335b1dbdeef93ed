import pino, { type DestinationStream, type Logger } from 'pino';

import { reasonOf } from './reason-of';

export type { Logger };

/**
 * One line a stage, as JSON. Personal data never enters a line: ids, states and reasons do; numbers only masked.
 * Errors are written by name, text and stack alone: those of HTTP clients carry whole requests, keys included.
 */
export const createLogger = (level: string, destination?: DestinationStream): Logger =>
	pino(
		{
			level,
			base: null,
			timestamp: pino.stdTimeFunctions.isoTime,
			serializers: { err: (error: unknown) => described(error) },
			formatters: { level: (label) => ({ level: label }) },
		},
		// Asynchronous: lines that come while one is being written leave together. Flushed at exit.
		destination ?? pino.destination({ dest: 1, sync: false, minLength: 0 }),
	);

const described = (error: unknown, depth = 0): object => {
	const { name, code, stack, cause } = (error ?? {}) as Partial<Record<'name' | 'code' | 'stack' | 'cause', unknown>>;
	return {
		type: name,
		code,
		message: reasonOf(error),
		stack,
		...(cause === undefined || depth > 2 ? {} : { cause: described(cause, depth + 1) }),
	};
};
