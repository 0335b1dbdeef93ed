import pino, { type DestinationStream, type Logger } from 'pino';

export type { Logger };

/**
 * One line a stage, as JSON. Personal data never enters a line: ids, states and reasons do; numbers only masked.
 * The list below is a second net, under names that carry secrets or persons in our own objects.
 */
const NEVER = [
	'apiKey',
	'adminToken',
	'secrets',
	'secret',
	'authorization',
	'to',
	'variables',
	'body',
	'payload',
	'customer',
];

export const createLogger = (level: string, destination?: DestinationStream): Logger =>
	pino(
		{
			level,
			base: null,
			timestamp: pino.stdTimeFunctions.isoTime,
			redact: { paths: NEVER.flatMap((name) => [name, `*.${name}`]), censor: '[withheld]' },
			formatters: { level: (label) => ({ level: label }) },
		},
		// Asynchronous: lines that come while one is being written leave together. Flushed at exit.
		destination ?? pino.destination({ dest: 1, sync: false, minLength: 0 }),
	);
