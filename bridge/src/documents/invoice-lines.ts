import { isZero, negate, sum } from '../money';
import { taxName } from './invoice-totals';
import type { Line } from '../domain';
import type { InvoiceLocale } from './locale';

export interface InvoiceLine {
	title: string;
	variant?: string;
	sku?: string;
	properties: { name: string; value: string }[];
	hsn?: string;
	quantity: string;
	price: string;
	/** Absent where there was none. */
	discount?: string;
	taxes: { name: string; amount: string }[];
	/** After discount; tax is in it where prices include it. */
	total: string;
}

export function invoiceLine(line: Line, locale: InvoiceLocale): InvoiceLine {
	const quantity = new Intl.NumberFormat(locale.tag).format(line.quantity);
	return {
		title: line.title,
		...(line.variant === undefined ? {} : { variant: line.variant }),
		...(line.sku === undefined ? {} : { sku: line.sku }),
		// Shops keep notes of their own in properties whose name starts with an underscore.
		properties: line.properties.filter(({ name, value }) => !name.startsWith('_') && value.trim() !== ''),
		...(line.hsn === undefined ? {} : { hsn: line.hsn }),
		quantity,
		price: locale.money(line.price),
		...(isZero(line.discount) ? {} : { discount: locale.money(negate(line.discount)) }),
		taxes: line.taxes
			.filter((tax) => !isZero(tax.amount))
			.map((tax) => ({ name: taxName(tax, locale), amount: locale.money(tax.amount) })),
		total: locale.money(sum([line.total, negate(line.discount)])),
	};
}
