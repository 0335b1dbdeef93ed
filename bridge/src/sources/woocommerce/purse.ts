import Big from 'big.js';
import type { Decimal } from '../../domain';
import { isZero, minorDigits, sum } from '../../money';

/** Writes amounts of one order in its currency; of prices that include tax, with it. */
export interface Purse {
	zero: Decimal;
	/** As many decimals as the currency has, more only where the shop counted on: "8621" INR → "8621.00", "1200.00" JPY → "1200". */
	exact(amount: Decimal): Decimal;
	/** Rounded to what can be paid. */
	round(amount: Decimal): Decimal;
	/** WooCommerce keeps every amount of a part without its tax. Here it has it, where the shop's prices do. */
	gross(net: Decimal, tax: Decimal | undefined): Decimal;
}

export function purse(currency: string, taxesIncluded: boolean): Purse {
	const digits = minorDigits(currency);
	const zero = new Big(0).toFixed(digits);
	const exact = (amount: Decimal) => {
		if (isZero(amount)) return zero;
		const places = amount.split('.')[1]?.replace(/0+$/, '').length ?? 0;
		return new Big(amount).toFixed(Math.max(digits, places));
	};
	return {
		zero,
		exact,
		round: (amount) => (isZero(amount) ? zero : new Big(amount).toFixed(digits, Big.roundHalfUp)),
		gross: (net, tax) => exact(taxesIncluded && tax !== undefined ? sum([net, tax]) : net),
	};
}
