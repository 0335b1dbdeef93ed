import { z } from 'zod';
import type { Decimal } from '../../domain';
import { minorDigits } from '../../money';
import { decimal, part, text } from '../shop/fields';

const money = part({ amount: decimal, currency_code: z.string().min(1) });

/** `*_set`: one amount in the shop's and in the buyer's currency. */
export const moneySet = part({ shop_money: money, presentment_money: money });
export type MoneySet = z.output<typeof moneySet>;

export const currencyFields = { currency: z.string().min(1), presentment_currency: text };

/** Picks the amount that is in one currency; undefined when neither form of it is. */
export interface Purse {
	currency: string;
	/** "0.00", "0" or "0.000". */
	zero: Decimal;
	pick(set: MoneySet, plain?: Decimal): Decimal | undefined;
}

/** `plainCurrency`: what amounts outside a set are in. For orders and refunds that is the shop's currency. */
export function purse(currency: string, plainCurrency: string): Purse {
	const digits = minorDigits(currency);
	return {
		currency,
		zero: digits === 0 ? '0' : `0.${'0'.repeat(digits)}`,
		pick(set, plain) {
			const known = [set?.presentment_money, set?.shop_money].find((amount) => amount?.currency_code === currency);
			return known?.amount ?? (currency === plainCurrency ? plain : undefined);
		},
	};
}
