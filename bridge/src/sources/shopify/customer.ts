import type { z } from 'zod';
import type { Customer } from '../../domain';
import { addressFields, fullName, type AddressFields } from './address';
import { compact } from '../shop/compact';
import { count, optionalId, part, text } from '../shop/fields';

const consent = part({ state: text });

export const customerFields = part({
	id: optionalId,
	first_name: text,
	last_name: text,
	email: text,
	phone: text,
	locale: text,
	orders_count: count,
	sms_marketing_consent: consent,
	default_address: addressFields,
});
export type CustomerFields = z.output<typeof customerFields>;

/** A walk-in at the till has no customer and no address: then this is empty. */
export function readCustomer(
	given: CustomerFields,
	email: string | undefined,
	shipping: AddressFields,
	billing: AddressFields,
): Customer {
	const named = [given, shipping, billing].find((person) => person?.first_name !== undefined);
	return compact({
		id: given?.id,
		firstName: named?.first_name,
		lastName: given?.last_name ?? named?.last_name,
		name: fullName(given?.first_name, given?.last_name) ?? shipping?.name ?? billing?.name,
		email: email ?? given?.email,
		phone: given?.phone,
		orders: given?.orders_count,
	});
}

/**
 * Consent to be written to by phone. Shopify's `buyer_accepts_marketing` and `email_marketing_consent` are for e-mail and
 * say nothing about a phone; "not_subscribed" means never asked or never ticked, which is no refusal.
 */
export function readConsent(given: CustomerFields, smsAtCheckout = false): boolean | undefined {
	const state = given?.sms_marketing_consent?.state?.toLowerCase();
	if (state === 'subscribed' || smsAtCheckout) return true;
	return state === 'unsubscribed' || state === 'redacted' ? false : undefined;
}
