import Big from 'big.js';
import { z } from 'zod';
import { isDecimal } from '../../money';

/**
 * What fields of shops look like at the door. Essential ones are strict; decorative ones become undefined when they are
 * missing, null, blank or of another type: a strange note must not cost an order.
 * One transform each, no unions and no `.catch()`: half of a shop's fields are null, and zod would first make an issue
 * of each of them.
 */
const anything = z.unknown().optional();
const decorative = <Value>(read: (value: unknown) => Value | undefined) => anything.transform(read);

/** Strict where `read` gives undefined. */
const essential = <Value>(read: (value: unknown) => Value | undefined, expected: string) =>
	anything.transform((value, context) => {
		const found = read(value);
		if (found !== undefined) return found;
		context.addIssue({ code: 'custom', message: expected });
		return z.NEVER;
	});

function asText(value: unknown): string | undefined {
	if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return undefined;
	return String(value).trim() || undefined;
}

/** Numbers too long for a double come as text from parseExact. */
const asId = (value: unknown): string | undefined =>
	typeof value === 'string' || Number.isSafeInteger(value) ? asText(value) : undefined;

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

function asDecimal(value: unknown): string | undefined {
	const given = typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : undefined;
	if (given === undefined || isDecimal(given)) return given;
	// 1e-7 is how JavaScript writes a small number; Big unfolds it exactly.
	return /^-?\d+(\.\d+)?e[+-]?\d{1,2}$/i.test(given) ? new Big(given).toFixed() : undefined;
}

/** ISO 8601, kept with the offset it came with: the shop's own clock. */
const asMoment = (value: unknown): string | undefined =>
	typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? value : undefined;

export const id = essential(asId, 'not an id');
export const optionalId = decorative(asId);
export const text = decorative(asText);
export const count = decorative((value) => (isCount(value) ? value : undefined));
export const flag = decorative((value) => value === true).transform((value) => value ?? false);
export const decimal = essential(asDecimal, 'not a decimal number');
/** May be missing, but what is there must be an amount: money that cannot be read is never taken for none. */
export const optionalDecimal = anything.transform((value, context) => {
	const found = asDecimal(value);
	if (found !== undefined || value === undefined || value === null) return found;
	context.addIssue({ code: 'custom', message: 'not a decimal number' });
	return z.NEVER;
});
export const moment = essential(asMoment, 'not a date');
export const optionalMoment = decorative(asMoment);

/** An object that is undefined where it is missing, null or something else. */
export const part = <Shape extends z.ZodRawShape>(shape: Shape) => {
	const whole = z.object(shape);
	return anything.transform((value): z.output<typeof whole> | undefined => {
		if (typeof value !== 'object' || value === null) return undefined;
		const read = whole.safeParse(value);
		return read.success ? read.data : undefined;
	});
};

/** A list that money hangs on: one odd member makes the whole payload unreadable. */
export const every = <Item extends z.ZodType>(item: Item): z.ZodType<z.output<Item>[]> =>
	z
		.array(item)
		.nullish()
		.transform((members) => members ?? []);

/** A decorative list: odd members are left out. */
export const listOf = <Item extends z.ZodType>(item: Item): z.ZodType<z.output<Item>[]> =>
	anything.transform((members) =>
		Array.isArray(members)
			? members.flatMap((member) => {
					const read = item.safeParse(member);
					return read.success ? [read.data] : [];
				})
			: [],
	);
