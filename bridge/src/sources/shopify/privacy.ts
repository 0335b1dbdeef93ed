import { z } from 'zod';
import { every, id, text } from '../shop/fields';

/** Shopify's mandatory privacy topics: answer 200 at once, act within 30 days. */
export const customerPrivacyFields = z.object({
	shop_domain: text,
	customer: z.object({ id, phone: text.optional() }),
	orders_requested: every(id),
	orders_to_redact: every(id),
});
export const shopPrivacyFields = z.object({ shop_domain: z.string().min(1) });
