import { z } from 'zod';
import { addressFields } from './address';
import { customerFields } from './customer';
import { allocations, discountFields } from './discounts';
import {
	decimal,
	every,
	flag,
	id,
	listOf,
	moment,
	optionalDecimal,
	optionalId,
	optionalMoment,
	text,
} from '../shop/fields';
import { lineFields } from './lines';
import { currencyFields, moneySet } from './purse';
import { refundFields } from './refund';
import { fulfilmentFields } from './shipment';
import { taxLines } from './taxes';

const shippingLine = z.object({
	title: text,
	price: optionalDecimal,
	price_set: moneySet,
	is_removed: flag,
	tax_lines: taxLines,
	discount_allocations: allocations,
});

/** What an order and a checkout have in common. */
const shared = {
	id,
	name: text,
	email: text,
	phone: text,
	created_at: moment,
	updated_at: optionalMoment,
	customer_locale: text,
	note: text,
	note_attributes: listOf(z.object({ name: z.string(), value: text })),
	taxes_included: flag,
	...currencyFields,
	...discountFields,
	total_price: decimal,
	subtotal_price: optionalDecimal,
	total_tax: optionalDecimal,
	total_discounts: optionalDecimal,
	customer: customerFields,
	shipping_address: addressFields,
	billing_address: addressFields,
	line_items: z.array(lineFields),
	shipping_lines: every(shippingLine),
	tax_lines: taxLines,
};

export const orderFields = z.object({
	...shared,
	order_number: optionalId,
	contact_email: text,
	financial_status: text,
	fulfillment_status: text,
	cancelled_at: optionalMoment,
	cancel_reason: text,
	checkout_token: text,
	order_status_url: text,
	tags: text,
	test: flag,
	payment_gateway_names: listOf(z.string()),
	total_price_set: moneySet,
	subtotal_price_set: moneySet,
	total_tax_set: moneySet,
	total_discounts_set: moneySet,
	total_shipping_price_set: moneySet,
	original_total_duties_set: moneySet,
	current_total_price: optionalDecimal,
	current_total_price_set: moneySet,
	total_outstanding: optionalDecimal,
	total_tip_received: optionalDecimal,
	refunds: every(refundFields),
	fulfillments: listOf(fulfilmentFields),
});
export type OrderFields = z.output<typeof orderFields>;

export const checkoutFields = z.object({
	...shared,
	token: z.string().min(1),
	completed_at: optionalMoment,
	abandoned_checkout_url: text,
	buyer_accepts_sms_marketing: flag,
	gateway: text,
});
export type CheckoutFields = z.output<typeof checkoutFields>;
export type SharedFields = Pick<OrderFields, keyof typeof shared>;
