import { z } from 'zod';
import { parseDuration } from '../duration';
import { strictObject } from '../yaml/strict-object';
import { words } from '../yaml/values';
import { optional, secret } from './values';

const list = (what: string) => z.array(words(), 'is not a list → write a list of words').describe(what).optional();

const every = () =>
	z
		.preprocess(
			(value) => (value === false ? 'off' : value),
			z
				.string('is not a duration → write a number with its unit, 30s or 5m, or off')
				.transform((written, context): { ms?: number } => {
					if (written === 'off') return {};
					const ms = parseDuration(written);
					if (ms !== undefined && ms >= 5000) return { ms };
					context.addIssue(`'${written}' is not a duration of 5s or more → write 30s or 5m, or off`);
					return z.NEVER;
				}),
		)
		.meta({ anyOf: [{ type: 'string', pattern: '^(\\d+(ms|s|m|h|d)|off)$|\\$\\{.+\\}' }, { const: false }] });

export const repliesSchema = strictObject({
	every: every()
		.prefault('30s')
		.describe('How often the inbox is looked at for what people answer; off: it is never read.'),
	secret: optional(
		secret(12),
		'Opens POST /webhooks/messlo/replies, which a flow of Messlo can call with what people write.',
	),
	stop: list('Whole messages that end further messages; by default the usual words of many languages.'),
	start: list('Whole messages that allow them again; by default the usual words of the same languages.'),
	stopScope: z
		.enum(['marketing', 'all'], "is not a choice → write 'marketing', or 'all' for order messages too")
		.default('marketing')
		.describe('What STOP ends: marketing messages, or every message.'),
});
