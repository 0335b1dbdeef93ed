import Big from 'big.js';
import { sum } from '../money';
import type { Decimal, Line, Order, Tax } from '../domain';

export interface TaxGroup {
	title: string;
	rate?: Decimal;
	/** What the tax was counted on; undefined where the order does not say enough to know. */
	base?: Decimal;
	amount: Decimal;
}

/** The order's taxes, one a title and rate; those of nothing are left out. */
export function taxGroups(order: Order): TaxGroup[] {
	const groups = new Map<string, Tax[]>();
	for (const tax of order.taxes) groups.set(keyOf(tax), [...(groups.get(keyOf(tax)) ?? []), tax]);
	return [...groups.values()]
		.flatMap(([first, ...more]) =>
			first ? [{ ...first, amount: sum([first, ...more].map((tax) => tax.amount)) }] : [],
		)
		.filter((group) => !new Big(group.amount).eq(0))
		.map((group) => ({ ...group, ...baseOf(group, order) }));
}

const keyOf = (tax: Tax): string =>
	JSON.stringify([tax.title, tax.rate === undefined ? null : new Big(tax.rate).toString()]);

/** The net of the lines that bear the tax, and of the shipping where the rest of the amount is exactly its tax. */
function baseOf(group: Tax, order: Order): { base?: Decimal } {
	const bearing = order.lines.filter((line) => line.taxes.some((tax) => keyOf(tax) === keyOf(group)));
	if (bearing.length === 0 || group.rate === undefined) return {};
	const ofLines = sum(
		bearing.flatMap((line) => line.taxes.filter((tax) => keyOf(tax) === keyOf(group)).map((tax) => tax.amount)),
	);
	const base = sum(bearing.map((line) => netOf(line, order)));
	const rest = new Big(group.amount).minus(ofLines);
	if (rest.eq(0)) return { base };
	const shipping = order.taxesIncluded
		? new Big(order.shipping).div(new Big(group.rate).plus(1))
		: new Big(order.shipping);
	const unit = new Big(10).pow(-(group.amount.split('.')[1]?.length ?? 0));
	const isShippings = shipping.gt(0) && shipping.times(group.rate).minus(rest).abs().lt(unit);
	return isShippings && !order.taxesIncluded ? { base: sum([base, order.shipping]) } : {};
}

function netOf(line: Line, order: Order): Decimal {
	const discounted = new Big(line.total).minus(line.discount);
	const places = line.total.split('.')[1]?.length ?? 0;
	return (order.taxesIncluded ? discounted.minus(sum(line.taxes.map((tax) => tax.amount))) : discounted).toFixed(
		places,
	);
}
