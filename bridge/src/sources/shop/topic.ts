import { z } from 'zod';
import type { Reading } from '../../domain';

/** One row of a topic table: what a payload of this topic means. */
export type Topic<Context extends { topic: string }> = (payload: unknown, context: Context) => Reading;

/** A topic whose payload must have this shape; if not, the reading names the fields and nothing of their content. */
export const topic =
	<Shape extends z.ZodType, Context extends { topic: string }>(
		shape: Shape,
		read: (given: z.output<Shape>, context: Context) => Reading,
	): Topic<Context> =>
	(payload, context) => {
		const parsed = shape.safeParse(payload);
		return parsed.success ? read(parsed.data, context) : unreadable(parsed.error, context.topic);
	};

/** A topic that tells nothing a buyer would want to hear. */
export const ignore = (reason: string) => (): Reading => ({ kind: 'ignored', reason });

function unreadable(error: z.ZodError, topic: string): Reading {
	const fields = [...new Set(error.issues.map(({ path }) => path.join('.') || 'the body'))];
	const more = fields.length > 5 ? ` and ${fields.length - 5} more` : '';
	return {
		kind: 'unreadable',
		reason: `the payload is not what '${topic}' promises: missing or not of the right kind: ${fields.slice(0, 5).join(', ')}${more}`,
	};
}

/** The first of the dates that is there, in UTC, so that text order is time order. */
export function firstMoment(...dates: (string | undefined)[]): string | undefined {
	const found = dates.find((date) => date !== undefined && !Number.isNaN(Date.parse(date)));
	return found === undefined ? undefined : new Date(found).toISOString();
}
