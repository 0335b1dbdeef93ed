import { z } from 'zod';
import type { Decimal, Discount } from '../../domain';
import { isZero, sum } from '../../money';
import { count, decimal, every, listOf, optionalDecimal, text } from '../shop/fields';
import { moneySet, type Purse } from './purse';

export const allocations = every(
	z.object({
		amount: decimal,
		amount_set: moneySet,
		discount_application_index: count,
		/** Checkouts name the discount instead of pointing to it. */
		description: text,
	}),
);
export type Allocations = z.output<typeof allocations>;

export const discountFields = {
	discount_applications: listOf(z.object({ code: text, title: text, description: text })),
	discount_codes: listOf(z.object({ code: text, amount: optionalDecimal })),
};
type DiscountFields = z.output<z.ZodObject<typeof discountFields>>;

/** By code or title, from what fell on each line; from the codes where the payload does not say how they fell. */
export function readDiscounts(given: DiscountFields, fell: Allocations, purse: Purse): Discount[] {
	const shares = fell.length > 0 ? fell.map((share) => named(share, given, purse)) : fromCodes(given, purse);
	const byTitle = new Map<string, Decimal>();
	for (const { title, amount } of shares) byTitle.set(title, sum([byTitle.get(title) ?? purse.zero, amount]));
	return [...byTitle].flatMap(([title, amount]) => (isZero(amount) ? [] : [{ title, amount }]));
}

function named(share: Allocations[number], given: DiscountFields, purse: Purse): Discount {
	const application = given.discount_applications[share.discount_application_index ?? -1];
	const title = application?.code ?? application?.title ?? application?.description ?? share.description ?? 'Discount';
	return { title, amount: purse.pick(share.amount_set, share.amount) ?? purse.zero };
}

const fromCodes = (given: DiscountFields, purse: Purse): Discount[] =>
	given.discount_codes.map(({ code, amount }) => ({
		title: code ?? 'Discount',
		amount: purse.pick(undefined, amount) ?? purse.zero,
	}));
