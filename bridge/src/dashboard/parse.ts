import type { Response } from 'express';
import { z } from 'zod';

/** How many rows a list answers with. */
export const limit = z.coerce.number().int().min(1).max(200).default(50);

/** However a person writes a number; a plus that nobody encoded arrives as a space. */
export const phone = z
	.string()
	.transform((given) => given.replace(/[\s().+-]/g, ''))
	.pipe(z.string().regex(/^\d{4,18}$/, 'is no phone number: write it with its country code'))
	.transform((digits) => `+${digits}`);

/** The query or body, checked; answers 400 with every problem when it is not as it should be. */
export function parse<T>(schema: z.ZodType<T>, given: unknown, response: Response): T | undefined {
	const read = schema.safeParse(given);
	if (read.success) return read.data;
	response.status(400).json({ reason: 'bad-request', detail: z.prettifyError(read.error) });
	return undefined;
}
