import { buyerTaxId, isGst, placeOfSupply, taxIdLabel } from './gst';
import type { Address, Company, Order } from '../domain';
import type { InvoiceLocale } from './locale';

export interface Party {
	name: string;
	/** The rest of the address, as it would stand on an envelope. */
	lines: string[];
	phone?: string;
	email?: string;
}

export interface Seller extends Party {
	website?: string;
	/** `label` is absent where the country's word is not known: the layout has one. */
	taxId?: { label?: string; value: string };
	state?: string;
	bank: string[];
	footer?: string;
}

export interface Buyer {
	billing?: Party;
	/** Absent where it is the billing address. */
	delivery?: Party;
	taxId?: { label: string; value: string };
}

export function seller(company: Company, locale: InvoiceLocale): Seller {
	const label = taxIdLabel(company);
	return {
		name: company.name,
		lines: [...(company.address ?? []), ...(company.country === undefined ? [] : [locale.country(company.country)])],
		...given({ phone: company.phone, email: company.email, website: company.website, footer: company.footer }),
		...(company.taxId === undefined ? {} : { taxId: { ...given({ label }), value: company.taxId } }),
		...(isGst(company) ? given({ state: company.state }) : {}),
		bank: company.bank ?? [],
	};
}

export function buyer(order: Order, locale: InvoiceLocale): Buyer {
	const billing = party(order.billing ?? order.delivery, locale, order);
	const delivery = party(order.delivery, locale);
	const isSame =
		billing && delivery && billing.name === delivery.name && billing.lines.join('\n') === delivery.lines.join('\n');
	return {
		...given({ billing, delivery: isSame ? undefined : delivery, taxId: buyerTaxId(order) }),
	};
}

export const supplyPlace = (order: Order, company: Company): { placeOfSupply?: string } =>
	isGst(company) ? given({ placeOfSupply: placeOfSupply(order) }) : {};

function party(address: Address | undefined, locale: InvoiceLocale, order?: Order): Party | undefined {
	const name = address?.name ?? address?.company ?? order?.customer.name;
	if (name === undefined) return undefined;
	return {
		name,
		lines: address ? postal(address, locale).filter((line) => line !== name) : [],
		...given({ phone: address?.phone ?? order?.phone, email: order?.customer.email }),
	};
}

// Most of the world writes the postcode before the town; these write it after.
const POSTCODE_LAST = new Set([
	'AU',
	'BD',
	'CA',
	'GB',
	'HK',
	'ID',
	'IE',
	'IN',
	'JP',
	'KR',
	'LK',
	'NG',
	'NP',
	'NZ',
	'PH',
	'PK',
	'SG',
	'TH',
	'US',
	'VN',
	'ZA',
]);

function postal(address: Address, locale: InvoiceLocale): string[] {
	const town = POSTCODE_LAST.has(address.country ?? '')
		? [address.city, [address.region, address.postcode].filter(isText).join(' ')]
		: [[address.postcode, address.city].filter(isText).join(' '), address.region];
	const country = address.country === undefined ? undefined : locale.country(address.country);
	return [address.company, address.line1, address.line2, town.filter(isText).join(', '), country].filter(isText);
}

const isText = (text: string | undefined): text is string => text !== undefined && text.trim() !== '';

/** Leaves out what was not given. */
function given<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
		[K in keyof T]?: Exclude<T[K], undefined>;
	};
}
