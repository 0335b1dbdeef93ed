import Big from 'big.js';
import type { Tax } from '../../domain';
import { isZero, sum } from '../../money';
import { compact } from '../shop/compact';
import { plainText } from './plain-text';
import type { LineFields, OrderFields } from './order-fields';
import type { Purse } from './purse';

type TaxLine = OrderFields['tax_lines'][number];

/** WooCommerce says 5 for 5 %; versions before 3.7 say nothing. */
const nameAndRate = ({ label, rate_code, rate_percent }: TaxLine): Omit<Tax, 'amount'> =>
	compact({
		title: plainText(label) ?? rate_code ?? 'Tax',
		rate: rate_percent === undefined ? undefined : new Big(rate_percent).div(100).toFixed(),
	});

/** One entry for each rate, on goods and shipping together; taxes of nothing are left out. */
export const orderTaxes = ({ tax_lines }: OrderFields, { zero, exact }: Purse): Tax[] =>
	tax_lines.flatMap((line) => {
		const amount = exact(sum([zero, line.tax_total ?? zero, line.shipping_tax_total ?? zero]));
		return isZero(amount) ? [] : [{ ...nameAndRate(line), amount }];
	});

/** A line's taxes name the rate by its id; the order's tax lines say what it is called. */
export const lineTaxes = (shares: LineFields['taxes'], { tax_lines }: OrderFields, { round }: Purse): Tax[] =>
	shares.flatMap(({ id, total }) => {
		const line = tax_lines.find(({ rate_id }) => rate_id !== undefined && rate_id === id);
		if (line === undefined || total === undefined || isZero(total)) return [];
		return [{ ...nameAndRate(line), amount: round(total) }];
	});
