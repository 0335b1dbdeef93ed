import { z } from 'zod';

/**
 * An object whose unknown keys are errors. The error carries the keys that are known, so that `problemsOf` can say which
 * one was meant: zod's own issue knows only the unknown ones.
 */
export const strictObject = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
	z.strictObject(shape, {
		error: (issue) => (issue.code === 'unrecognized_keys' ? Object.keys(shape).join('|') : undefined),
	});

/** One value or a list of them, always read as a list. */
export const oneOrMany = <Item extends z.ZodType>(item: Item, jsonSchema: Record<string, unknown>) =>
	z
		.preprocess(
			(value) => (Array.isArray(value) || value === undefined ? value : [value]),
			z.array(item).min(1, 'is an empty list → name at least one'),
		)
		.meta({ anyOf: [jsonSchema, { type: 'array', minItems: 1, items: jsonSchema }] });

/** A whole number; digits that came out of `${NAME}` count. */
export const wholeNumber = (min: number, max: number) =>
	z
		.preprocess(
			(value) => (typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value),
			z
				.number(`is not a number → write a whole number from ${min} to ${max}`)
				.int(`is not a whole number → write one from ${min} to ${max}`)
				.min(min, `is too small → write a whole number from ${min} to ${max}`)
				.max(max, `is too large → write a whole number from ${min} to ${max}`),
		)
		.meta({
			anyOf: [
				{ type: 'integer', minimum: min, maximum: max },
				{ type: 'string', pattern: '^\\d+$|\\$\\{.+\\}' },
			],
		});

/** true or false; the words that came out of `${NAME}` count. */
export const yesOrNo = () =>
	z
		.preprocess(
			(value) => (value === 'true' ? true : value === 'false' ? false : value),
			z.boolean('is neither true nor false → write true or false'),
		)
		.meta({ anyOf: [{ type: 'boolean' }, { type: 'string', pattern: '^(true|false)$|\\$\\{.+\\}' }] });
