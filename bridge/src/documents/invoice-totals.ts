import { compare, isZero, negate, sum } from '../money';
import type { Decimal, Order } from '../domain';
import type { InvoiceLocale } from './locale';
import type { TaxGroup } from './tax-groups';

/** One row under the lines. The layout has the word for each kind. */
export interface TotalRow {
	kind:
		| 'subtotal'
		| 'discount'
		| 'shipping'
		| 'tip'
		| 'tax'
		| 'adjustment'
		| 'total'
		| 'includedTax'
		| 'refund'
		| 'paid'
		| 'due'
		| 'collect';
	/** What the word alone does not say: a code, a shipping method, a tax with its rate, a date. */
	note?: string;
	amount: string;
}

type Sums = { kind: TotalRow['kind']; note?: string | undefined; amount: Decimal };

/** Everything from the sum of the lines to what is still to pay; the rows before "total" add up to it. */
export function invoiceTotals(order: Order, taxes: readonly TaxGroup[], locale: InvoiceLocale): TotalRow[] {
	const charges = [...chargesOf(order), ...(order.taxesIncluded ? [] : taxRows('tax', order, taxes, locale))];
	const rest = sum([order.total, ...charges.map((row) => negate(row.amount))]);
	const rows: Sums[] = [
		...charges,
		// Duties, rounding to cash, a discount on shipping: what the shop counted and did not name.
		...(isZero(rest) ? [] : [{ kind: 'adjustment' as const, amount: rest }]),
		{ kind: 'total', amount: order.total },
		...(order.taxesIncluded ? taxRows('includedTax', order, taxes, locale) : []),
		...settlement(order, locale),
	];
	return rows.map(({ kind, note, amount }) => ({ kind, ...(note ? { note } : {}), amount: locale.money(amount) }));
}

function chargesOf(order: Order): Sums[] {
	return [
		{ kind: 'subtotal', amount: sum(order.lines.map((line) => line.total)) },
		...discountsOf(order),
		...(isZero(order.shipping) && order.shippingMethod === undefined
			? []
			: [{ kind: 'shipping' as const, note: order.shippingMethod, amount: order.shipping }]),
		...(isZero(order.tip) ? [] : [{ kind: 'tip' as const, amount: order.tip }]),
	];
}

function discountsOf(order: Order): Sums[] {
	if (isZero(order.discount)) return [];
	const named = order.discounts.filter((discount) => !isZero(discount.amount));
	if (named.length === 0 || compare(sum(named.map((discount) => discount.amount)), order.discount) !== 0) {
		return [
			{ kind: 'discount', note: named.map((discount) => discount.title).join(', '), amount: negate(order.discount) },
		];
	}
	return named.map(({ title, amount }) => ({ kind: 'discount', note: title, amount: negate(amount) }));
}

function taxRows(kind: 'tax' | 'includedTax', order: Order, taxes: readonly TaxGroup[], locale: InvoiceLocale): Sums[] {
	if (isZero(order.tax)) return [];
	if (compare(sum(taxes.map((tax) => tax.amount)), order.tax) !== 0) return [{ kind, amount: order.tax }];
	return taxes.map((tax) => ({ kind, note: taxName(tax, locale), amount: tax.amount }));
}

/** "IGST 5%", isolated so that a Latin name keeps its own order inside Arabic. */
export const taxName = ({ title, rate }: { title: string; rate?: Decimal }, locale: InvoiceLocale): string =>
	rate === undefined ? title : `${title} ${locale.percent(rate)}`;

function settlement(order: Order, locale: InvoiceLocale): Sums[] {
	const paid = paidOf(order);
	const due = order.outstanding ?? (order.isCod && order.status === 'open' ? order.total : undefined);
	return [
		...(paid === undefined || compare(paid, '0') <= 0 ? [] : [{ kind: 'paid' as const, amount: paid }]),
		...order.refunds
			.filter((refund) => !isZero(refund.amount))
			.map((refund) => ({
				kind: 'refund' as const,
				note: locale.date(refund.createdAt),
				amount: negate(refund.amount),
			})),
		...(due === undefined || compare(due, '0') <= 0 || order.status === 'cancelled'
			? []
			: [{ kind: order.isCod ? ('collect' as const) : ('due' as const), amount: due }]),
	];
}

const SETTLED = ['paid', 'partially_paid', 'partially_refunded', 'refunded'];

/** A voided order owes nothing and was never paid: only the shop's own word counts as payment. */
function paidOf(order: Order): Decimal | undefined {
	const isSettled =
		SETTLED.includes(order.financialStatus ?? '') || ['paid', 'partially_refunded', 'refunded'].includes(order.status);
	if (!isSettled) return undefined;
	return order.outstanding === undefined ? order.total : sum([order.total, negate(order.outstanding)]);
}
