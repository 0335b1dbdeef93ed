import type { Decimal, Order, Refund, Shop } from '../../domain';
import { compare, isZero, negate, sum } from '../../money';
import { compact } from '../shop/compact';
import { isCashOnDelivery } from '../shop/payment';
import { nameOf, readAddress } from './address';
import { readFees, readLine } from './lines';
import { attributesOf, languageOf } from './meta';
import type { OrderFields } from './order-fields';
import { orderPhone } from './phone';
import { plainText } from './plain-text';
import { purse as purseOf, type Purse } from './purse';
import type { Meaning } from '../../order-meanings';
import { orderTaxes } from './taxes';
import { parcelsOf } from './tracking';

export interface Reader {
	shop: Shop;
	/** Country for national phone numbers that came without any address. */
	country?: string;
}

/** The order as the shop has it now. Σ lines − discount + shipping + tip + tax (where not included) = total. */
export function readOrder(given: OrderFields, meaning: Meaning, changedAt: string, reader: Reader): Order {
	const purse = purseOf(given.currency, given.prices_include_tax);
	const { billing, shipping, meta_data: meta } = given;
	const number = given.number ?? given.id;
	const addresses = addressesOf(given);
	const refunds = readRefunds(given, purse, changedAt);
	const isCod = isCashOnDelivery([given.payment_method ?? '', given.payment_method_title ?? '']);
	const total = purse.exact(given.total);
	const settled = isPaid(given, meaning, isCod);
	const returned = refundState(refunds, meaning, total);
	return compact({
		id: given.id,
		name: number.startsWith('#') ? number : `#${number}`,
		number: number.replace(/^#/, ''),
		status: statusOf(meaning, returned, settled),
		financialStatus: returned ?? (settled ? 'paid' : meaning === 'cancelled' ? 'voided' : 'pending'),
		fulfilmentStatus: isFulfilled(meaning) ? 'fulfilled' : undefined,
		currency: given.currency,
		...amountsOf(given, purse),
		total,
		outstanding: settled || returned !== undefined ? purse.zero : meaning === 'cancelled' ? undefined : total,
		taxesIncluded: given.prices_include_tax,
		createdAt: given.date_created_gmt ?? changedAt,
		updatedAt: changedAt,
		cancelledAt: meaning === 'cancelled' ? changedAt : undefined,
		paymentMethod: plainText(given.payment_method_title) ?? given.payment_method,
		isCod,
		language: languageOf(meta),
		statusUrl: statusUrlOf(given),
		note: given.customer_note,
		tags: [],
		attributes: attributesOf(meta),
		customer: compact({
			id: given.customer_id === '0' ? undefined : given.customer_id,
			firstName: billing?.first_name ?? shipping?.first_name,
			lastName: billing?.last_name ?? (billing?.first_name === undefined ? shipping?.last_name : undefined),
			name: nameOf(billing) ?? nameOf(shipping),
			email: billing?.email,
			phone: billing?.phone,
		}),
		...addresses,
		shippingMethod: plainText(given.shipping_lines[0]?.method_title),
		taxes: orderTaxes(given, purse),
		refunds,
		fulfilments: parcelsOf(given).map(({ status: _, shippedAt: __, ...fulfilment }) => fulfilment),
		shop: reader.shop,
		...orderPhone(billing, shipping, meta, reader.country),
		test: false,
	});
}

/**
 * WooCommerce dates a payment wherever it knows of one. Without a date, being worked on means paid, but not where the buyer pays
 * at the door.
 */
export const isPaid = (given: OrderFields, meaning: Meaning, isCod: boolean): boolean =>
	given.date_paid_gmt !== undefined ||
	given.status === 'completed' ||
	(!isCod && (meaning === 'paid' || isFulfilled(meaning)));

export const isFulfilled = (meaning: Meaning): boolean =>
	meaning === 'fulfilled' || meaning === 'out_for_delivery' || meaning === 'delivered';

function statusOf(meaning: Meaning, returned: Order['status'] | undefined, settled: boolean): Order['status'] {
	if (meaning === 'cancelled') return 'cancelled';
	if (returned !== undefined) return returned;
	if (isFulfilled(meaning)) return 'fulfilled';
	return settled ? 'paid' : 'open';
}

function refundState(
	refunds: readonly Refund[],
	meaning: Meaning,
	total: Decimal,
): 'refunded' | 'partially_refunded' | undefined {
	if (meaning === 'refunded') return 'refunded';
	if (refunds.length === 0) return undefined;
	return compare(sum(refunds.map(({ amount }) => amount)), total) < 0 ? 'partially_refunded' : 'refunded';
}

/** Written as negative amounts, and without a date: they were there when the order was changed last. */
const readRefunds = ({ refunds, currency }: OrderFields, purse: Purse, changedAt: string): Refund[] =>
	refunds.flatMap(({ id, reason, total }) => {
		const amount = purse.exact(total.startsWith('-') ? negate(total) : total);
		if (isZero(amount)) return [];
		return [compact({ id, createdAt: changedAt, amount, currency, note: reason, lines: [] })];
	});

function amountsOf(given: OrderFields, purse: Purse) {
	const fees = readFees(given, purse);
	const lines = [...given.line_items.map((line) => readLine(line, given, purse)), ...fees.lines];
	const coupons = given.coupon_lines.flatMap(({ code, discount, discount_tax }) => {
		const amount = purse.gross(discount ?? purse.zero, discount_tax);
		return isZero(amount) ? [] : [{ title: plainText(code) ?? 'Coupon', amount }];
	});
	const discount = sum([
		purse.zero,
		...lines.map((line) => line.discount),
		...fees.discounts.map(({ amount }) => amount),
	]);
	return {
		lines,
		subtotal: sum([purse.zero, ...lines.map((line) => line.total), negate(discount)]),
		tax: purse.exact(given.total_tax ?? purse.zero),
		discount,
		discounts: [...coupons, ...fees.discounts],
		shipping: purse.gross(given.shipping_total ?? purse.zero, given.shipping_tax),
		tip: fees.tip,
	};
}

/** What is collected goes nowhere. Shops that ship to the billing address only leave the other one empty. */
function addressesOf({
	billing,
	shipping,
	shipping_lines,
	meta_data,
}: OrderFields): Pick<Order, 'billing' | 'delivery'> {
	const [payer, other] = [readAddress(billing, 'billing', meta_data), readAddress(shipping, 'shipping', meta_data)];
	const isCollected =
		shipping_lines.length > 0 && shipping_lines.every(({ method_id }) => /pickup/i.test(method_id ?? ''));
	const receiver = isCollected ? undefined : (other ?? (shipping_lines.length > 0 ? payer : undefined));
	return { ...(payer ? { billing: payer } : {}), ...(receiver ? { delivery: receiver } : {}) };
}

/** The page to pay on while there is something to pay, else the page that thanks for the order, where its address can be told. */
function statusUrlOf({ id, payment_url, needs_payment }: OrderFields): string | undefined {
	const url = payment_url === undefined ? null : URL.parse(payment_url);
	if (url?.protocol !== 'https:' && url?.protocol !== 'http:') return undefined;
	if (needs_payment) return url.href;
	if (!url.pathname.includes(`/order-pay/${id}`)) return undefined;
	url.pathname = url.pathname.replace(`/order-pay/${id}`, `/order-received/${id}`);
	url.searchParams.delete('pay_for_order');
	return url.href;
}
