import type { Decimal, Order } from '../../domain';
import { compare, isZero, negate, sum } from '../../money';
import { compact } from '../shop/compact';
import { isTip } from './lines';
import type { OrderFields, SharedFields } from './order-fields';
import { purse as purseOf, type Purse } from './purse';

/** The buyer's currency where the payload has every price in it, else the shop's. */
export function orderPurse(given: OrderFields): Purse {
	const buyer = given.total_price_set?.presentment_money?.currency_code;
	const complete = given.line_items.every((line) => line.price_set?.presentment_money?.currency_code === buyer);
	return purseOf(buyer !== undefined && complete ? buyer : given.currency, given.currency);
}

/** Amounts of a checkout are in the buyer's currency, unlike an order's, and have no sets (Shopify, multi-currency guide). */
export function checkoutPurse(given: SharedFields): Purse {
	const currency = given.presentment_currency ?? given.currency;
	return purseOf(currency, currency);
}

type Totals = Pick<Order, 'total' | 'subtotal' | 'tax' | 'discount' | 'shipping' | 'tip' | 'outstanding'>;

/**
 * The order as it was placed or edited, before refunds: `total` does not fall when something is paid back (`refunds` says
 * that), `outstanding` is what is owed now. Σ lines − discount + shipping + tip + tax (where not included) = total.
 */
export function orderTotals(given: OrderFields, purse: Purse): Totals {
	const { pick, zero } = purse;
	const total = pick(given.total_price_set, given.total_price) ?? zero;
	const subtotal = pick(given.subtotal_price_set, given.subtotal_price) ?? zero;
	const tax = pick(given.total_tax_set, given.total_tax) ?? zero;
	const shipping = shippingPrice(given, purse) ?? pick(given.total_shipping_price_set) ?? zero;
	return compact({
		total,
		subtotal,
		tax,
		discount: pick(given.total_discounts_set, given.total_discounts) ?? zero,
		shipping,
		tip: tipOf(given, purse, total),
		outstanding: outstandingOf(given, purse, total),
	});
}

export function checkoutTotals(given: SharedFields, purse: Purse): Totals {
	return {
		total: given.total_price,
		subtotal: given.subtotal_price ?? given.total_price,
		tax: given.total_tax ?? purse.zero,
		discount: given.total_discounts ?? purse.zero,
		shipping: shippingPrice(given, purse) ?? purse.zero,
		tip: purse.zero,
	};
}

/** Before discounts on shipping: those are in `discount` with all others. */
function shippingPrice(given: SharedFields, { pick, zero }: Purse): Decimal | undefined {
	const prices = given.shipping_lines
		.filter((line) => !line.is_removed)
		.map((line) => pick(line.price_set, line.price));
	return prices.length > 0 && prices.every((price) => price !== undefined) ? sum([zero, ...prices]) : undefined;
}

/**
 * A tip is a line (at the till) or `total_tip_received`, which Shopify gives in the shop's currency only: for a buyer who
 * paid in another one it is what the total has beyond everything else.
 */
function tipOf(given: OrderFields, { pick, zero }: Purse, total: Decimal): Decimal {
	const tipLines = given.line_items.filter(isTip).map((line) => pick(line.price_set, line.price) ?? zero);
	if (tipLines.length > 0) return sum([zero, ...tipLines]);
	if (given.total_tip_received === undefined || isZero(given.total_tip_received)) return zero;
	const same = pick(undefined, given.total_tip_received);
	if (same !== undefined) return same;
	const rest = sum([
		total,
		negate(pick(given.subtotal_price_set) ?? zero),
		negate(given.taxes_included ? zero : (pick(given.total_tax_set) ?? zero)),
		negate(discountedShipping(given, { pick, zero })),
		negate(pick(given.original_total_duties_set) ?? zero),
	]);
	return compare(rest, zero) > 0 ? rest : zero;
}

const discountedShipping = (given: OrderFields, { pick, zero }: Pick<Purse, 'pick' | 'zero'>): Decimal =>
	sum([
		zero,
		...given.shipping_lines
			.filter((line) => !line.is_removed)
			.flatMap((line) => [
				pick(line.price_set, line.price) ?? zero,
				...line.discount_allocations.map(({ amount, amount_set }) => negate(pick(amount_set, amount) ?? zero)),
			]),
	]);

/** In the shop's currency only; for another one it is known when it equals nothing, the total or the current total. */
function outstandingOf(given: OrderFields, { pick, zero }: Purse, total: Decimal): Decimal | undefined {
	const owed = given.total_outstanding;
	if (owed === undefined) return undefined;
	if (isZero(owed)) return zero;
	const same = pick(undefined, owed);
	if (same !== undefined) return same;
	if (compare(owed, given.total_price) === 0) return total;
	return owed === given.current_total_price ? pick(given.current_total_price_set) : undefined;
}
