import Big from 'big.js';
import { minorDigits } from '../../../money';
import type { AllocationNode, MoneyBag, TaxLineNode } from './shapes';

type Money = { amount: string; currencyCode: string };

/** GraphQL writes "10.0" where webhooks write "10.00". */
const amount = ({ amount: given, currencyCode }: Money): string => {
	const exact = new Big(given);
	return exact.toFixed(Math.max(minorDigits(currencyCode), exact.toFixed().split('.')[1]?.length ?? 0));
};
const inSet = (money: Money) => ({ amount: amount(money), currency_code: money.currencyCode });
export const set = (bag: MoneyBag) =>
	bag ? { shop_money: inSet(bag.shopMoney), presentment_money: inSet(bag.presentmentMoney) } : null;
/** What stands outside a set is in the shop's currency. */
export const plain = (bag: MoneyBag) => (bag ? amount(bag.shopMoney) : null);

export const taxes = (lines: readonly TaxLineNode[]) =>
	lines.map(({ title, rate, priceSet }) => ({ title, rate, price: plain(priceSet), price_set: set(priceSet) }));

export const allocations = (given: readonly AllocationNode[]) =>
	given.map(({ allocatedAmountSet, discountApplication }) => ({
		amount: plain(allocatedAmountSet),
		amount_set: set(allocatedAmountSet),
		discount_application_index: discountApplication.index,
	}));
