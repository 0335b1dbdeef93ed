import type { Order, Shop } from '../../domain';
import { readAddress } from './address';
import { compact } from '../shop/compact';
import { readConsent, readCustomer } from './customer';
import { readDiscounts } from './discounts';
import { isTip, readLine } from './lines';
import type { CheckoutFields, OrderFields, SharedFields } from './order-fields';
import { isCashOnDelivery, paymentMethod } from '../shop/payment';
import { orderPhone } from './phone';
import type { Purse } from './purse';
import { readRefund } from './refund';
import { readFulfilment } from './shipment';
import { readTaxes } from './taxes';
import { checkoutPurse, checkoutTotals, orderPurse, orderTotals } from './totals';

export interface Reader {
	shop: Shop;
	/** Country for national phone numbers that came without any address. */
	country?: string;
}

export function readOrder(given: OrderFields, reader: Reader, isTestDelivery = false): Order {
	const purse = orderPurse(given);
	const gateways = given.payment_gateway_names.filter((name) => name.trim() !== '');
	const number = given.order_number ?? given.name?.match(/\d+/)?.[0] ?? given.id;
	return compact({
		...readShared(given, purse, reader, given.email ?? given.contact_email),
		...orderTotals(given, purse),
		name: given.name ?? `#${number}`,
		number,
		status: statusOf(given),
		financialStatus: given.financial_status,
		fulfilmentStatus: given.fulfillment_status,
		cancelledAt: given.cancelled_at,
		cancelReason: given.cancel_reason,
		paymentMethod: paymentMethod(gateways),
		isCod: isCashOnDelivery(gateways),
		statusUrl: given.order_status_url,
		tags: (given.tags ?? '').split(',').flatMap((tag) => tag.trim() || []),
		marketingConsent: readConsent(given.customer),
		refunds: given.refunds.flatMap((refund) => {
			const reading = readRefund(refund, purse, given.updated_at ?? given.created_at);
			return reading.ok ? [reading.refund] : [];
		}),
		fulfilments: given.fulfillments
			.filter(({ status }) => status === undefined || status === 'success')
			.map(readFulfilment),
		test: given.test || isTestDelivery,
		checkoutToken: given.checkout_token,
	});
}

/** A checkout in the shape of the order that it may become; its link leads back to it. */
export function readCheckout(given: CheckoutFields, reader: Reader): Order {
	const purse = checkoutPurse(given);
	const gateways = given.gateway === undefined ? [] : [given.gateway];
	return compact({
		...readShared(given, purse, reader, given.email),
		...checkoutTotals(given, purse),
		name: given.name ?? `#${given.id}`,
		number: given.id,
		status: 'open' as const,
		paymentMethod: paymentMethod(gateways),
		isCod: isCashOnDelivery(gateways),
		statusUrl: given.abandoned_checkout_url,
		tags: [],
		marketingConsent: readConsent(given.customer, given.buyer_accepts_sms_marketing),
		refunds: [],
		fulfilments: [],
		test: false,
		checkoutToken: given.token,
	});
}

function readShared(given: SharedFields, purse: Purse, reader: Reader, email: string | undefined) {
	const { shipping_address: shipping, billing_address: billing, customer } = given;
	const parts = [...given.line_items, ...given.shipping_lines];
	const taxLines = given.tax_lines.length > 0 ? given.tax_lines : parts.flatMap((part) => part.tax_lines);
	return {
		id: given.id,
		currency: purse.currency,
		taxesIncluded: given.taxes_included,
		createdAt: given.created_at,
		updatedAt: given.updated_at ?? given.created_at,
		language: (given.customer_locale ?? customer?.locale)?.replace('_', '-'),
		note: given.note,
		attributes: Object.fromEntries(given.note_attributes.flatMap(({ name, value }) => (value ? [[name, value]] : []))),
		customer: readCustomer(customer, email, shipping, billing),
		billing: readAddress(billing),
		delivery: readAddress(shipping),
		shippingMethod: given.shipping_lines.find((line) => !line.is_removed)?.title,
		lines: given.line_items.filter((line) => !isTip(line)).map((line) => readLine(line, purse)),
		taxes: readTaxes(taxLines, purse),
		discounts: readDiscounts(
			given,
			parts.flatMap((part) => part.discount_allocations),
			purse,
		),
		shop: reader.shop,
		...orderPhone(
			{ own: given.phone, customer: customer?.phone, shipping, billing, home: customer?.default_address },
			reader.country,
		),
	};
}

function statusOf(given: OrderFields): Order['status'] {
	if (given.cancelled_at !== undefined) return 'cancelled';
	if (given.financial_status === 'refunded' || given.financial_status === 'partially_refunded')
		return given.financial_status;
	if (given.fulfillment_status === 'fulfilled') return 'fulfilled';
	return given.financial_status === 'paid' ? 'paid' : 'open';
}
