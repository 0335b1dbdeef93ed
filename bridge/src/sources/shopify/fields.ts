import Big from 'big.js';
import { z } from 'zod';
import { isDecimal } from '../../money';

/**
 * What Shopify's fields look like at the door. Essential ones are strict; decorative ones become undefined when they are
 * missing, null, blank or of another type: a strange note must not cost an order.
 */

/** Numbers too long for a double come as text from parseExact. */
export const id = z.union([z.string().min(1), z.int()]).transform(String);
export const optionalId = id.optional().catch(undefined);

const scalar = z.union([z.string(), z.number(), z.boolean()]).transform((value) => String(value).trim());
export const text = scalar
	.optional()
	.catch(undefined)
	.transform((value) => (value === '' ? undefined : value));

export const flag = z.boolean().catch(false);

export const decimal = z.union([z.string(), z.number()]).transform((value, context) => {
	const given = String(value).trim();
	if (isDecimal(given)) return given;
	// 1e-7 is how JavaScript writes a small number; Big unfolds it exactly.
	if (/^-?\d+(\.\d+)?e[+-]?\d{1,2}$/i.test(given)) return new Big(given).toFixed();
	context.addIssue({ code: 'custom', message: 'not a decimal number' });
	return z.NEVER;
});
export const optionalDecimal = decimal.optional().catch(undefined);

/** ISO 8601, kept with the offset it came with: the shop's own clock. */
export const moment = z.string().refine((value) => !Number.isNaN(Date.parse(value)), 'not a date');
export const optionalMoment = moment.optional().catch(undefined);

/** A list that money hangs on: one odd member makes the whole payload unreadable. */
export const every = <Item extends z.ZodType>(item: Item): z.ZodType<z.output<Item>[]> =>
	z
		.array(item)
		.nullish()
		.transform((members) => members ?? []);

/** A decorative list: odd members are left out. */
export const listOf = <Item extends z.ZodType>(item: Item): z.ZodType<z.output<Item>[]> =>
	z
		.array(z.unknown())
		.catch([])
		.transform((members) =>
			members.flatMap((member) => {
				const read = item.safeParse(member);
				return read.success ? [read.data] : [];
			}),
		);
