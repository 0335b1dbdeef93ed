import { NUMBERING_PLANS, type NumberingPlan } from './numbering-plans';
import { plainDigits } from './plain-digits';

export type Phone = { ok: true; digits: string } | { ok: false; reason: string };

const refuse = (reason: string): Phone => ({ ok: false, reason });

/**
 * Reads a phone number as people write it: +91 98765-43210, 0091 …, +44 (0)20 …, tel:…, or its digits with country code.
 * `callingCode` stands before national numbers. What has no country is refused, since it would reach somebody else.
 */
export function readPhone(text: string, callingCode = ''): Phone {
	if (/^\s*[\d.]+e\+?\d+\s*$/i.test(text))
		return refuse('was turned into 9.19877E+11 by a spreadsheet: format its column as plain text');
	const given = plainDigits(text);
	if (!/^\+?\d+$/.test(given)) return refuse('must be a phone number, such as +91 98765 43210');
	const international = /^(?:\+|00)(.*)$/.exec(given)?.[1];
	if (international !== undefined) return readInternational(international);
	const found = callingCode === '' ? withCode(given, 'mobile') : readNational(given, callingCode);
	return found === undefined ? refuse(missingCode(callingCode)) : { ok: true, digits: found };
}

function readInternational(digits: string): Phone {
	const code = codeOf(digits);
	if (code === undefined) return refuse(`starts with no country code that exists`);
	const rest = digits.slice(code.length);
	if (NUMBERING_PLANS.get(code)?.any.has(rest.length)) return { ok: true, digits };
	// Some write the trunk prefix after the country code without putting it in brackets.
	const trimmed = rest.replace(/^0/, '');
	if (!KEEP_ZERO.has(code) && trimmed !== rest && NUMBERING_PLANS.get(code)?.any.has(trimmed.length))
		return { ok: true, digits: code + trimmed };
	return refuse(`has ${rest.length} digits after the country code +${code}, which no number there has`);
}

/** With the country code, if its digits start with it; else with the given one before it. */
function readNational(digits: string, callingCode: string): string | undefined {
	const plan = NUMBERING_PLANS.get(callingCode);
	if (!plan) return undefined;
	const forms = [
		...(digits.startsWith(callingCode) ? [digits.slice(callingCode.length)] : []),
		...(TRUNKS[callingCode] ?? (KEEP_ZERO.has(callingCode) ? [] : ['0']))
			.filter((trunk) => digits.startsWith(trunk))
			.map((trunk) => digits.slice(trunk.length)),
		digits,
	];
	const fits = (kind: keyof NumberingPlan) =>
		forms.find((form) => plan[kind].has(form.length) && (KEEP_ZERO.has(callingCode) || !form.startsWith('0')));
	const national = fits('mobile') ?? fits('any');
	return national === undefined ? undefined : callingCode + national;
}

/** Where a zero at the beginning belongs to the number: Italy, Côte d'Ivoire, Benin, Gabon, Congo. */
const KEEP_ZERO = new Set(['39', '225', '229', '241', '242']);

/** What is dialled before a number inside the country, where it is not 0. */
const TRUNKS: Record<string, readonly string[]> = {
	'1': ['1'],
	'7': ['8'],
	'36': ['06'],
	'375': ['80', '8'],
	'993': ['8'],
};

function withCode(digits: string, kind: keyof NumberingPlan): string | undefined {
	const code = codeOf(digits);
	return code !== undefined && NUMBERING_PLANS.get(code)?.[kind].has(digits.length - code.length) ? digits : undefined;
}

/** No calling code is the beginning of another. */
const codeOf = (digits: string): string | undefined =>
	[1, 2, 3].map((length) => digits.slice(0, length)).find((code) => NUMBERING_PLANS.has(code));

const missingCode = (callingCode: string): string =>
	callingCode === ''
		? 'has no country code: write it like +91 98765 43210, or set Default Country Calling Code under Options'
		: `is no number of +${callingCode}: write it with its country code, like +91 98765 43210`;
