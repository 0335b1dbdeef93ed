import fc from 'fast-check';
import { Metadata } from 'libphonenumber-js/core';
import max from 'libphonenumber-js/max/metadata';
import examples from 'libphonenumber-js/mobile/examples';
import {
	getCountries,
	getCountryCallingCode,
	getExampleNumber,
	type MetadataJson,
	type PhoneNumber,
} from 'libphonenumber-js/max';
import { NUMBERING_PLANS } from '../../nodes/Messlo/phone/numbering-plans';
import { readPhone } from '../../nodes/Messlo/phone/read-phone';

const NUMBERS: PhoneNumber[] = getCountries()
	.flatMap((country) => getExampleNumber(country, examples) ?? [])
	.filter(
		// Tristan da Cunha shares a code with Saint Helena and has landlines only.
		({ country }) => country !== 'TA',
	);
const digitsOf = ({ number }: PhoneNumber) => number.slice(1);

describe('a phone number is read', () => {
	test.each([
		['+91 98765-43210', '919876543210'],
		['0091 98765 43210', '919876543210'],
		['+44 (0)20 7946 0958', '442079460958'],
		['+44 020 7946 0958', '442079460958'],
		['tel:+1-202-555-0143', '12025550143'],
		['tel:+12025550143;ext=9', '12025550143'],
		['(+49) 151/123.456.78', '4915112345678'],
		['919876543210', '919876543210'],
		['+٩١ ٩٨٧٦٥ ٤٣٢١٠', '919876543210'],
		['+９１９８７６５４３２１０', '919876543210'],
		['\u202a+91 98765\u00a043210\u202c', '919876543210'],
		['+39 06 6982 1234', '390669821234'],
		['5215512345678', '5215512345678'],
	])('%s', (text, digits) => {
		expect(readPhone(text)).toEqual({ ok: true, digits });
	});

	test.each([
		['98765 43210', '91', '919876543210'],
		['098765 43210', '91', '919876543210'],
		['919876543210', '91', '919876543210'],
		['91234 56789', '91', '919123456789'],
		['+1 202 555 0143', '91', '12025550143'],
		['8 (912) 345-67-89', '7', '79123456789'],
		['06 20 123 4567', '36', '36201234567'],
		['06 6982 1234', '39', '390669821234'],
		['391 234 5678', '39', '393912345678'],
		['0664 123456789', '43', '43664123456789'],
		['43664123456789', '43', '43664123456789'],
		['55 98765-4321', '55', '5555987654321'],
		['1 (202) 555-0143', '1', '12025550143'],
	])('%s in +%s', (text, callingCode, digits) => {
		expect(readPhone(text, callingCode)).toEqual({ ok: true, digits });
	});

	test('in the forms of every country, like libphonenumber reads it', () => {
		const spelling = fc.constantFrom<(phone: PhoneNumber) => string>(
			(phone) => phone.number,
			(phone) => phone.formatInternational(),
			(phone) => phone.format('RFC3966'),
			(phone) => phone.number.replace('+', '00'),
			(phone) => phone.formatInternational().replaceAll(' ', '-'),
			digitsOf,
		);
		fc.assert(
			fc.property(fc.constantFrom(...NUMBERS), spelling, (phone, spell) => {
				expect(readPhone(spell(phone))).toEqual({ ok: true, digits: digitsOf(phone) });
			}),
			{ numRuns: 2000 },
		);
	});

	test('as written inside its country, with the calling code of that', () => {
		const misread = NUMBERS.filter((phone) => {
			const read = readPhone(phone.formatNational(), phone.countryCallingCode);
			return !read.ok || read.digits !== digitsOf(phone);
		});
		// Argentina writes 011 15-2345-6789 for +54 9 11 2345 6789: refused, not guessed.
		expect(misread.map(({ country }) => country)).toEqual(['AR']);
	});
});

describe('a phone number is refused', () => {
	test.each([
		['98765 43210', /no country code.*Default Country Calling Code/],
		['2025550143', /no country code/],
		['+999 1234567', /no country code that exists/],
		['+91 98765', /5 digits after the country code \+91/],
		['call me', /must be a phone number/],
		['', /must be a phone number/],
		['+', /must be a phone number/],
		['9.19877E+11', /spreadsheet/],
		['+91 98765 43210 / +91 98765 43211', /must be a phone number/],
	])('%s', (text, reason) => {
		expect(readPhone(text)).toEqual({ ok: false, reason: expect.stringMatching(reason) as string });
	});

	test('that is too short for the given calling code', () => {
		expect(readPhone('43210', '91')).toEqual({
			ok: false,
			reason: expect.stringContaining('no number of +91') as string,
		});
	});

	test('or read as digits only, whatever the text is', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme' }), fc.constantFrom('', '91', '1', '44'), (text, callingCode) => {
				const phone = readPhone(text, callingCode);
				if (phone.ok) expect(phone.digits).toMatch(/^[1-9]\d{5,17}$/);
			}),
		);
	});
});

test('the numbering plans are those of libphonenumber', () => {
	const kinds = ['FIXED_LINE', 'FIXED_LINE_OR_MOBILE', 'PERSONAL_NUMBER', 'VOIP'] as const;
	for (const country of getCountries()) {
		const code = getCountryCallingCode(country);
		const metadata = new Metadata(max as unknown as MetadataJson);
		metadata.selectNumberingPlan(country);
		const lengths = (kind: string): number[] => {
			const type = (metadata as unknown as { type(kind: string): { possibleLengths(): number[] } | undefined }).type(
				kind,
			);
			return type?.possibleLengths() ?? [];
		};
		const plan = NUMBERING_PLANS.get(code);
		expect([country, [...(plan?.mobile ?? [])]]).toEqual([country, expect.arrayContaining(lengths('MOBILE'))]);
		expect([country, [...(plan?.any ?? [])]]).toEqual([country, expect.arrayContaining(kinds.flatMap(lengths))]);
	}
	expect(NUMBERING_PLANS.size).toBe(new Set(getCountries().map((country) => getCountryCallingCode(country))).size);
});
