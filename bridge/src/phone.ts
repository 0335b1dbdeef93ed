import { createHash } from 'node:crypto';
import { findPhoneNumbersInText, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max';

export type PhoneReading = { ok: true; e164: string; country?: string } | { ok: false; reason: string };

/**
 * Reads a phone number as people write it. National numbers are read with the country of the address they came with.
 * Never guesses: a number that the country's numbering plan does not know is refused, with the reason in a merchant's words.
 */
export function readPhone(text: string | undefined | null, country: string | undefined): PhoneReading {
	const given = text?.trim() ?? '';
	if (given === '') return { ok: false, reason: 'no phone number given' };
	if (/^[\d.]+e\+?\d+$/i.test(given))
		return {
			ok: false,
			reason: `'${mask(given)}' was turned into a scientific number by a spreadsheet; format the column as plain text`,
		};
	const region = country !== undefined && isSupportedCountry(country.toUpperCase()) ? country.toUpperCase() : undefined;
	for (const candidate of spellings(given)) {
		const number = parsePhoneNumberFromString(candidate, {
			extract: false,
			...(region === undefined ? {} : { defaultCountry: region as 'IN' }),
		});
		if (number?.isValid())
			return { ok: true, e164: number.number, ...(number.country ? { country: number.country } : {}) };
	}
	return {
		ok: false,
		reason: `'${given.length <= 5 ? given : mask(given)}' is not a phone number${region ? ` in ${region}` : ' with a country code'}`,
	};
}

/** libphonenumber takes 11 s over 190,000 characters of '+91 +91 …'; Google keeps 8,192 of a description. */
const LOOKED_AT = 10_000;

/** The first number in a text that people wrote ("Cut & colour, Asha 98765 43210"), E.164; undefined when there is none. */
export function findPhone(text: string, country: string | undefined): string | undefined {
	const whole = readPhone(text, country);
	if (whole.ok) return whole.e164;
	const region = country?.toUpperCase();
	const found = findPhoneNumbersInText(text.slice(0, LOOKED_AT).replace(/(^|[^\d+])00(?=\d)/g, '$1+'), {
		extended: true,
		...(region !== undefined && isSupportedCountry(region) ? { defaultCountry: region } : {}),
	});
	return found.find(({ number }) => number.isValid())?.number.number;
}

/** As written; then with 00 as the international prefix, and without the "(0)" that some write after the country code. */
function spellings(given: string): string[] {
	const international = given.replace(/^00\s*/, '+');
	const withoutTrunk = international.startsWith('+') ? international.replace(/\(0\)/, '') : international;
	return [...new Set([given, international, withoutTrunk])];
}

/** Keeps the first three and last two characters: numbers never reach a log whole. */
export const mask = (phone: string): string => (phone.length <= 5 ? '…' : `${phone.slice(0, 3)}…${phone.slice(-2)}`);

/** The API wants digits without plus. */
export const digits = (e164: string): string => e164.replace(/\D/g, '');

/** Stands for a number (E.164) where it is only compared: in keys that are logged, in indexes. */
export const personKey = (phone: string): string => createHash('sha256').update(phone).digest('hex').slice(0, 24);

/**
 * The number as it is dialled, of one as WhatsApp names a person (E.164): WhatsApp keeps Brazilian mobiles that are older than their
 * ninth digit without it, and Mexican ones with the 1 that was dropped in 2019.
 */
export const asDialled = (phone: string): string =>
	phone.replace(/^\+55([1-9]\d)([6-9]\d{7})$/, '+55$19$2').replace(/^\+521(\d{10})$/, '+52$1');
