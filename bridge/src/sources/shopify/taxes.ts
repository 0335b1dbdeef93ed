import { z } from 'zod';
import type { Tax } from '../../domain';
import { isZero, sum } from '../../money';
import { compact } from '../shop/compact';
import { decimal, every, optionalDecimal, text } from '../shop/fields';
import { moneySet, type Purse } from './purse';

export const taxLines = every(z.object({ title: text, rate: optionalDecimal, price: decimal, price_set: moneySet }));
export type TaxLines = z.output<typeof taxLines>;

/** One entry for each title and rate; taxes of nothing are left out. */
export function readTaxes(lines: TaxLines, purse: Purse): Tax[] {
	const byRate = new Map<string, Tax>();
	for (const line of lines) {
		const amount = purse.pick(line.price_set, line.price);
		if (amount === undefined || isZero(amount)) continue;
		const title = line.title ?? 'Tax';
		const key = `${title}\n${line.rate ?? ''}`;
		const before = byRate.get(key);
		byRate.set(key, compact({ title, rate: line.rate, amount: before ? sum([before.amount, amount]) : amount }));
	}
	return [...byRate.values()];
}
