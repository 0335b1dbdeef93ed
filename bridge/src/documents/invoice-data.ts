import { isGst, isTaxInvoice } from './gst';
import { invoiceLine } from './invoice-lines';
import { buyer, seller, supplyPlace } from './invoice-parties';
import { invoiceTotals, taxName } from './invoice-totals';
import { invoiceLocale } from './locale';
import { palette } from './colour';
import { taxGroups } from './tax-groups';
import type { Buyer, Seller } from './invoice-parties';
import type { Company, Order } from '../domain';
import type { InvoiceLine } from './invoice-lines';
import type { Palette } from './colour';
import type { TotalRow } from './invoice-totals';

/** What a layout is given: every amount, rate and date already written for the reader. templates/documents/invoice/README.md explains each. */
export interface InvoiceData {
	title: 'invoice' | 'taxInvoice';
	number: string;
	orderName: string;
	date: string;
	isCancelled: boolean;
	language: string;
	region?: string;
	/** Keys of labels.json to try, best first. */
	languages: string[];
	direction: 'ltr' | 'rtl';
	currency: string;
	seller: Seller;
	buyer: Buyer;
	placeOfSupply?: string;
	paymentMethod?: string;
	isCod: boolean;
	taxesIncluded: boolean;
	/** Which columns have anything in them. */
	columns: { hsn: boolean; discount: boolean; tax: boolean };
	lines: InvoiceLine[];
	taxes: { name: string; base?: string; amount: string }[];
	totals: TotalRow[];
	colour: Palette;
}

/** Prepares everything an invoice says, for a reader of `language`. */
export function invoiceData(
	order: Order,
	company: Company,
	language: string,
	documentNumber = order.name,
): InvoiceData {
	const locale = invoiceLocale(language, order, company);
	const taxes = taxGroups(order);
	const lines = order.lines.map((line) => invoiceLine(line, locale));
	const data: InvoiceData = {
		title: isTaxInvoice(company) ? 'taxInvoice' : 'invoice',
		number: documentNumber,
		orderName: order.name,
		date: locale.date(order.createdAt),
		isCancelled: order.status === 'cancelled',
		language: locale.language,
		...(locale.region === undefined ? {} : { region: locale.region }),
		languages: locale.candidates,
		direction: locale.direction,
		currency: order.currency,
		seller: seller(company, locale),
		buyer: buyer(order, locale),
		...supplyPlace(order, company),
		...(order.paymentMethod === undefined ? {} : { paymentMethod: order.paymentMethod }),
		isCod: order.isCod,
		taxesIncluded: order.taxesIncluded,
		columns: {
			hsn: isGst(company) && lines.some((line) => line.hsn !== undefined),
			discount: lines.some((line) => line.discount !== undefined),
			tax: isGst(company) && lines.some((line) => line.taxes.length > 0),
		},
		lines,
		taxes: taxes.map((tax) => ({
			name: taxName(tax, locale),
			...(tax.base === undefined ? {} : { base: locale.money(tax.base) }),
			amount: locale.money(tax.amount),
		})),
		totals: invoiceTotals(order, taxes, locale),
		colour: palette(company.colour),
	};
	return data;
}
