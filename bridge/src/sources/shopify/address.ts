import type { z } from 'zod';
import type { Address } from '../../domain';
import { part, text } from '../shop/fields';
import { compact } from '../shop/compact';

export const addressFields = part({
	first_name: text,
	last_name: text,
	name: text,
	company: text,
	address1: text,
	address2: text,
	city: text,
	province: text,
	zip: text,
	country_code: text,
	phone: text,
});
export type AddressFields = z.output<typeof addressFields>;

/** Undefined for a point-of-sale order, which has no address. */
export function readAddress(given: AddressFields): Address | undefined {
	if (given === undefined) return undefined;
	return compact({
		name: given.name ?? fullName(given.first_name, given.last_name),
		company: given.company,
		line1: given.address1,
		line2: given.address2,
		city: given.city,
		region: given.province,
		postcode: given.zip,
		country: given.country_code?.toUpperCase(),
		phone: given.phone,
	});
}

/** "Meera" alone is a whole name; undefined when there is neither part. */
export const fullName = (first: string | undefined, last: string | undefined): string | undefined =>
	[first, last].filter((part) => part !== undefined).join(' ') || undefined;
