import { readPhone } from '../../phone';
import type { AddressFields } from './address';

export interface PhoneCandidates {
	/** The order's or the checkout's own. */
	own: string | undefined;
	customer: string | undefined;
	shipping: AddressFields;
	billing: AddressFields;
	home: AddressFields;
}

/**
 * The first number that can be one, each read with the country of its own address. A phone that stands outside an address
 * is read with the first country that the order names, then with the configured one.
 */
export function bestPhone(
	{ own, customer, shipping, billing, home }: PhoneCandidates,
	defaultCountry: string | undefined,
): { phone: string } | { phoneProblem: string } {
	const country = [shipping, billing, home].map((address) => address?.country_code).find(Boolean) ?? defaultCountry;
	const candidates = [
		{ phone: own, country },
		{ phone: shipping?.phone, country: shipping?.country_code ?? country },
		{ phone: customer, country },
		{ phone: billing?.phone, country: billing?.country_code ?? country },
		{ phone: home?.phone, country: home?.country_code ?? country },
	];
	const problems = new Set<string>();
	for (const candidate of candidates) {
		if (candidate.phone === undefined) continue;
		const reading = readPhone(candidate.phone, candidate.country);
		if (reading.ok) return { phone: reading.e164 };
		problems.add(reading.reason);
	}
	return { phoneProblem: problems.size === 0 ? 'no phone number in the order' : [...problems].join('; ') };
}
