import { z } from 'zod';
import { decimal, every, flag, id, listOf, optionalDecimal, optionalId, part, text } from '../shop/fields';
import { addressFields } from './address';
import { parseGmt } from './admin/site-time';
import { metaFields } from './meta';

/** "2026-11-20T14:05:11", in GMT without saying so. The fields without _gmt are in the site's own time and are never read. */
const gmt = z
	.unknown()
	.optional()
	.transform((value) => parseGmt(value)?.toISOString());

const taxShare = z.object({ id: optionalId, total: optionalDecimal });

const lineFields = z.object({
	name: text,
	parent_name: text,
	quantity: z.number().nonnegative(),
	subtotal: decimal,
	subtotal_tax: optionalDecimal,
	total: decimal,
	total_tax: optionalDecimal,
	taxes: listOf(taxShare),
	meta_data: metaFields,
	sku: text,
	image: part({ src: text }),
});
export type LineFields = z.output<typeof lineFields>;

const feeFields = z.object({ name: text, total: decimal, total_tax: optionalDecimal, taxes: listOf(taxShare) });
export type FeeFields = z.output<typeof feeFields>;

export const orderFields = z.object({
	id,
	number: text,
	status: z.string().min(1),
	currency: z.string().min(1),
	prices_include_tax: flag,
	date_created_gmt: gmt,
	date_modified_gmt: gmt,
	date_paid_gmt: gmt,
	date_completed_gmt: gmt,
	total: decimal,
	total_tax: optionalDecimal,
	shipping_total: optionalDecimal,
	shipping_tax: optionalDecimal,
	customer_id: optionalId,
	customer_note: text,
	created_via: text,
	order_key: text,
	billing: addressFields,
	shipping: addressFields,
	payment_method: text,
	payment_method_title: text,
	payment_url: text,
	needs_payment: flag,
	meta_data: metaFields,
	line_items: z.array(lineFields),
	tax_lines: every(
		z.object({
			rate_id: optionalId,
			rate_code: text,
			label: text,
			rate_percent: optionalDecimal,
			tax_total: optionalDecimal,
			shipping_tax_total: optionalDecimal,
		}),
	),
	shipping_lines: every(z.object({ method_title: text, method_id: text, meta_data: metaFields })),
	fee_lines: every(feeFields),
	coupon_lines: listOf(z.object({ code: text, discount: optionalDecimal, discount_tax: optionalDecimal })),
	refunds: every(z.object({ id, reason: text, total: decimal })),
});
export type OrderFields = z.output<typeof orderFields>;
