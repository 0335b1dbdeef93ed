import Big from 'big.js';
import type { Decimal } from './domain';

/** True for text that is exactly one decimal number: "12", "-0.50". No exponent, no grouping. */
export const isDecimal = (text: unknown): text is Decimal => typeof text === 'string' && /^-?\d+(\.\d+)?$/.test(text);

/** Intl.NumberFormat takes some 40 µs to make, a hundred times the rest of reading an amount. */
const digitsOf = new Map<string, number>();

/** How many decimals the currency has by ISO 4217 (JPY 0, KWD 3, else 2); 2 for codes nobody knows. */
export function minorDigits(currency: string): number {
	if (!/^[A-Z]{3}$/.test(currency)) return 2;
	const known = digitsOf.get(currency);
	if (known !== undefined) return known;
	const { maximumFractionDigits } = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
	digitsOf.set(currency, maximumFractionDigits ?? 2);
	return maximumFractionDigits ?? 2;
}

/** Sums decimals exactly and keeps the longest fraction seen: ["1.50", "2"] → "3.50". */
export function sum(amounts: readonly Decimal[]): Decimal {
	const places = Math.max(0, ...amounts.map((amount) => amount.split('.')[1]?.length ?? 0));
	return amounts.reduce((total, amount) => total.plus(amount), new Big(0)).toFixed(places);
}

/** quantity × price, exactly. */
export const times = (price: Decimal, quantity: number): Decimal =>
	new Big(price).times(quantity).toFixed(price.split('.')[1]?.length ?? 0);

export const negate = (amount: Decimal): Decimal =>
	amount.startsWith('-') ? amount.slice(1) : isZero(amount) ? amount : `-${amount}`;
export const isZero = (amount: Decimal): boolean => new Big(amount).eq(0);
export const compare = (a: Decimal, b: Decimal): -1 | 0 | 1 => new Big(a).cmp(b);

/**
 * Writes an amount as the reader's language writes it: formatMoney("7216.90", "INR", "en-IN") → "₹7,216.90".
 * Intl takes the decimal as text, so nothing is rounded on the way. An unknown currency is written before the number.
 */
export function formatMoney(amount: Decimal, currency: string, locale = 'en'): string {
	// Intl.NumberFormat.format reads decimal text exactly since ES2023; its type still says number.
	const exact = amount as unknown as number;
	const format = currencyFormat(currency, locale);
	return format ? format.format(exact) : `${currency} ${plainFormat.format(exact)}`;
}

const plainFormat = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 20 });
/** Making one takes 85 µs, using one 2 µs; an invoice of 100 lines uses it 400 times. */
const formats = new Map<string, Intl.NumberFormat | undefined>();

function currencyFormat(currency: string, locale: string): Intl.NumberFormat | undefined {
	const key = `${locale} ${currency}`;
	if (!formats.has(key)) {
		if (formats.size > 500) formats.clear();
		formats.set(key, makeFormat(currency, locale));
	}
	return formats.get(key);
}

function makeFormat(currency: string, locale: string): Intl.NumberFormat | undefined {
	try {
		return new Intl.NumberFormat(locale, { style: 'currency', currency });
	} catch {
		return undefined;
	}
}
