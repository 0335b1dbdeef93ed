import { z } from 'zod';
import type { Decimal, Refund } from '../../domain';
import { isZero, negate, sum } from '../../money';
import { compact } from '../shop/compact';
import { every, id, optionalDecimal, optionalId, optionalMoment, part, text, decimal } from '../shop/fields';
import { moneySet, purse as purseOf, type Purse } from './purse';

const transaction = z.object({
	kind: text,
	status: text,
	amount: decimal,
	amount_set: moneySet,
	currency: text,
});

const refundLine = z.object({
	quantity: z.int().nonnegative(),
	subtotal: optionalDecimal,
	subtotal_set: moneySet,
	total_tax: optionalDecimal,
	total_tax_set: moneySet,
	line_item: part({ title: text, name: text, price_set: moneySet }),
});

const adjustment = z.object({
	kind: text,
	amount: decimal,
	amount_set: moneySet,
	tax_amount: optionalDecimal,
	tax_amount_set: moneySet,
});

export const refundFields = z.object({
	id,
	order_id: optionalId,
	created_at: optionalMoment,
	processed_at: optionalMoment,
	note: text,
	total_duties_set: moneySet,
	refund_line_items: every(refundLine),
	refund_shipping_lines: every(z.object({ subtotal_amount_set: moneySet })),
	order_adjustments: every(adjustment),
	transactions: every(transaction),
});
export type RefundFields = z.output<typeof refundFields>;

/** The money that goes back, or why none does. */
export type RefundReading = { ok: true; refund: Refund } | { ok: false; reason: string };

export function readRefund(given: RefundFields, orderPurse: Purse | undefined, fallbackDate: string): RefundReading {
	const purse = orderPurse ?? ownPurse(given);
	const amount = paidBack(given, purse);
	if (amount === undefined)
		return { ok: false, reason: 'the payment provider refused the refund, so nothing was paid back' };
	if (isZero(amount))
		return { ok: false, reason: 'the refund pays nothing back (it only corrects stock or the order)' };
	return {
		ok: true,
		refund: compact({
			id: given.id,
			createdAt: given.processed_at ?? given.created_at ?? fallbackDate,
			amount,
			currency: purse.currency || undefined,
			note: given.note,
			lines: given.refund_line_items.map((line) => ({
				title: line.line_item?.title ?? line.line_item?.name ?? 'Item',
				quantity: line.quantity,
				amount: purse.pick(line.subtotal_set, line.subtotal) ?? purse.zero,
			})),
		}),
	};
}

/** What the provider says it paid back; what is on its way when nothing is settled yet; else what the refund comes to. */
function paidBack(given: RefundFields, purse: Purse): Decimal | undefined {
	const refunds = given.transactions.filter(({ kind }) => kind === 'refund');
	if (refunds.length === 0) return computed(given, purse);
	for (const status of ['success', 'pending']) {
		const settled = refunds.filter((transaction) => transaction.status === status);
		if (settled.length === 0) continue;
		const amounts = settled.map(({ amount, amount_set, currency }) =>
			purse.pick(amount_set, currency === undefined || currency === purse.currency ? amount : undefined),
		);
		return amounts.every((amount) => amount !== undefined) ? sum(amounts) : computed(given, purse);
	}
	return undefined;
}

/**
 * Adjustments are negative where money goes to the buyer (shipping_refund "-5.00") and positive where less was paid back
 * than the lines come to (refund_discrepancy). Newer payloads have the shipping in refund_shipping_lines, some in both.
 */
function computed(given: RefundFields, purse: Purse): Decimal {
	const pick = purse.pick;
	const lines = given.refund_line_items.flatMap((line) => [
		pick(line.subtotal_set, line.subtotal),
		pick(line.total_tax_set, line.total_tax),
	]);
	const adjusted = given.order_adjustments.flatMap((one) => [
		pick(one.amount_set, one.amount),
		pick(one.tax_amount_set, one.tax_amount),
	]);
	const shippingIsAdjusted = given.order_adjustments.some(({ kind }) => kind === 'shipping_refund');
	const shipping = shippingIsAdjusted ? [] : given.refund_shipping_lines.map((line) => pick(line.subtotal_amount_set));
	const known = (amounts: (Decimal | undefined)[]): Decimal[] => amounts.filter((amount) => amount !== undefined);
	return sum([purse.zero, ...known(lines), ...known(shipping), ...known(adjusted).map(negate)]);
}

/** A refund webhook names no currency of its own: any of its sets does, else the provider's. */
function ownPurse(given: RefundFields): Purse {
	const sets = [
		given.total_duties_set,
		...given.refund_line_items.flatMap((line) => [line.subtotal_set, line.line_item?.price_set]),
		...given.refund_shipping_lines.map((line) => line.subtotal_amount_set),
		...given.order_adjustments.map((one) => one.amount_set),
	].filter((set) => set !== undefined);
	const buyer = sets.map((set) => set.presentment_money?.currency_code).find(Boolean);
	const shop = sets.map((set) => set.shop_money?.currency_code).find(Boolean);
	const provider = given.transactions.map(({ currency }) => currency).find(Boolean);
	const currency = buyer ?? shop ?? provider ?? '';
	return purseOf(currency, shop ?? currency);
}
