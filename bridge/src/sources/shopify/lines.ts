import { z } from 'zod';
import type { Line } from '../../domain';
import { sum, times } from '../../money';
import { allocations } from './discounts';
import { compact } from '../shop/compact';
import { decimal, flag, listOf, optionalDecimal, part, text } from '../shop/fields';
import { moneySet, type Purse } from './purse';
import { readTaxes, taxLines } from './taxes';

const property = z.object({ name: z.string(), value: text });

export const lineFields = z.object({
	title: text,
	presentment_title: text,
	name: text,
	variant_title: text,
	sku: text,
	quantity: z.int().nonnegative(),
	price: decimal,
	price_set: moneySet,
	total_discount: optionalDecimal,
	total_discount_set: moneySet,
	discount_allocations: allocations,
	tax_lines: taxLines,
	properties: listOf(property),
	image_url: text,
	gift_card: flag,
	tip: part({}),
	tip_payment_gateway: text,
});
export type LineFields = z.output<typeof lineFields>;

/** At the till a tip is a line; the order's subtotal leaves it out. */
export const isTip = (line: LineFields): boolean => Boolean(line.tip) || line.tip_payment_gateway !== undefined;

export function readLine(given: LineFields, purse: Purse): Line {
	const price = purse.pick(given.price_set, given.price) ?? purse.zero;
	const taxes = readTaxes(given.tax_lines, purse);
	return compact({
		title: given.presentment_title ?? given.title ?? given.name ?? 'Item',
		variant: given.variant_title === 'Default Title' ? undefined : given.variant_title,
		sku: given.sku,
		hsn: given.properties.find(({ name }) => /^_?(hsn|sac|hs)([ _-]?code)?$/i.test(name))?.value,
		quantity: given.quantity,
		price,
		total: times(price, given.quantity),
		discount: lineDiscount(given, purse),
		tax: sum([purse.zero, ...taxes.map(({ amount }) => amount)]),
		taxes,
		imageUrl: given.image_url,
		// A name that starts with an underscore is hidden from buyers, by Shopify's convention.
		properties: given.properties.flatMap(({ name, value }) =>
			value === undefined || name.startsWith('_') ? [] : [{ name, value }],
		),
	});
}

/** Allocations hold the line's share of order-wide discounts too; total_discount does not. */
function lineDiscount(given: LineFields, purse: Purse): string {
	if (given.discount_allocations.length === 0)
		return purse.pick(given.total_discount_set, given.total_discount) ?? purse.zero;
	return sum([
		purse.zero,
		...given.discount_allocations.map(({ amount, amount_set }) => purse.pick(amount_set, amount) ?? purse.zero),
	]);
}
