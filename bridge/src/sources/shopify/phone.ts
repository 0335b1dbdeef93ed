import { bestPhone, type PhoneCandidate } from '../shop/best-phone';
import type { AddressFields } from './address';

export interface PhonesOfOrder {
	/** The order's or the checkout's own. */
	own: string | undefined;
	customer: string | undefined;
	shipping: AddressFields;
	billing: AddressFields;
	home: AddressFields;
}

/** A phone that stands outside an address is read with the first country that the order names, then with the configured one. */
export function orderPhone(
	{ own, customer, shipping, billing, home }: PhonesOfOrder,
	defaultCountry: string | undefined,
): ReturnType<typeof bestPhone> {
	const country = [shipping, billing, home].map((address) => address?.country_code).find(Boolean) ?? defaultCountry;
	const at = (address: AddressFields): PhoneCandidate => ({
		phone: address?.phone,
		country: address?.country_code ?? country,
	});
	return bestPhone([{ phone: own, country }, at(shipping), { phone: customer, country }, at(billing), at(home)]);
}
