import { bestPhone } from '../shop/best-phone';
import type { AddressFields } from './address';
import { metaText, type MetaFields } from './meta';

/** Numbers that plugins ask for beside the phone field, which then may be a landline. */
const MOBILE = [
	'_billing_whatsapp',
	'billing_whatsapp',
	'_billing_whatsapp_number',
	'_billing_cellphone',
	'billing_cellphone',
	'_billing_mobile',
	'billing_mobile',
	'_billing_mobile_phone',
];

/** The buyer's own number first: who a parcel goes to may be somebody else. */
export function orderPhone(
	billing: AddressFields,
	shipping: AddressFields,
	meta: MetaFields,
	defaultCountry: string | undefined,
): ReturnType<typeof bestPhone> {
	const country = billing?.country ?? shipping?.country ?? defaultCountry;
	return bestPhone([
		{ phone: metaText(meta, MOBILE), country },
		{ phone: billing?.cellphone, country },
		{ phone: billing?.phone, country },
		{ phone: shipping?.phone, country: shipping?.country ?? country },
		{ phone: metaText(meta, ['_shipping_phone', '_shipping_cellphone']), country: shipping?.country ?? country },
	]);
}
