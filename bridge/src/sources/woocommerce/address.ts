import type { z } from 'zod';
import type { Address } from '../../domain';
import { compact } from '../shop/compact';
import { part, text } from '../shop/fields';
import { metaText, type MetaFields } from './meta';
import { regionOf } from './region';

export const addressFields = part({
	first_name: text,
	last_name: text,
	company: text,
	address_1: text,
	address_2: text,
	city: text,
	state: text,
	postcode: text,
	country: text,
	email: text,
	phone: text,
	// Newer versions of the Brazilian checkout fields write these here, older ones into the order's meta.
	number: text,
	neighborhood: text,
	cellphone: text,
});
export type AddressFields = z.output<typeof addressFields>;

/** "Meera" alone is a whole name. */
export const nameOf = (given: AddressFields): string | undefined =>
	[given?.first_name, given?.last_name].filter((part) => part !== undefined).join(' ') || undefined;

/** Undefined where nothing is filled in: WooCommerce sends every field of an address that is not there, empty. */
export function readAddress(given: AddressFields, kind: 'billing' | 'shipping', meta: MetaFields): Address | undefined {
	if (given === undefined) return undefined;
	const number = given.number ?? metaText(meta, [`_${kind}_number`]);
	const neighborhood = given.neighborhood ?? metaText(meta, [`_${kind}_neighborhood`]);
	const { address_1: street, address_2: further } = given;
	const address: Address = compact({
		name: nameOf(given),
		company: given.company,
		line1: street !== undefined && number !== undefined && !street.includes(number) ? `${street}, ${number}` : street,
		line2: [further, neighborhood].filter((part) => part !== undefined).join(', ') || undefined,
		city: given.city,
		region: regionOf(given.state, given.country?.toUpperCase()),
		postcode: given.postcode,
		country: given.country?.toUpperCase(),
		phone: given.phone,
	});
	const { country: _, region: __, ...filled } = address;
	return Object.keys(filled).length > 0 ? address : undefined;
}
