import type { Company, Order } from '../domain';

const GSTIN = /^\d{2}[A-Z]{5}\d{4}[A-Z][0-9A-Z]Z[0-9A-Z]$/;

/** True where the seller invoices under the Indian GST: by its number, or because its state is set. */
export const isGst = (company: Company): boolean =>
	company.state !== undefined ||
	(company.taxId !== undefined && GSTIN.test(company.taxId.replaceAll(' ', '').toUpperCase()));

/** The state that the goods go to, which decides between IGST and CGST + SGST. */
export const placeOfSupply = (order: Order): string | undefined => order.delivery?.region ?? order.billing?.region;

/** What a tax number is called where the seller is. */
const TAX_ID_LABELS: Record<string, string> = {
	AE: 'TRN',
	AR: 'CUIT',
	AT: 'UID',
	AU: 'ABN',
	BR: 'CNPJ',
	CA: 'GST/HST',
	CL: 'RUT',
	CO: 'NIT',
	DE: 'USt-IdNr.',
	ES: 'NIF',
	FR: 'N° TVA',
	GB: 'VAT',
	ID: 'NPWP',
	IE: 'VAT',
	IN: 'GSTIN',
	IT: 'P. IVA',
	MX: 'RFC',
	NG: 'TIN',
	NL: 'BTW',
	NZ: 'GST',
	PE: 'RUC',
	PT: 'NIF',
	SA: 'VAT',
	SG: 'GST',
	TR: 'VKN',
	US: 'EIN',
	ZA: 'VAT',
};

export const taxIdLabel = (company: Company): string | undefined =>
	company.taxIdLabel ?? (isGst(company) ? 'GSTIN' : TAX_ID_LABELS[company.country?.toUpperCase() ?? '']);

// Their tax authorities ask for these words on the paper.
const SAYS_TAX_INVOICE = new Set(['AE', 'AU', 'BH', 'NZ', 'OM', 'SA', 'SG', 'ZA']);

export const isTaxInvoice = (company: Company): boolean =>
	isGst(company) || (company.taxId !== undefined && SAYS_TAX_INVOICE.has(company.country?.toUpperCase() ?? ''));

/** A buyer's own tax number, where the shop asks for it in a cart attribute. */
export function buyerTaxId(order: Order): { label: string; value: string } | undefined {
	const found = Object.entries(order.attributes).find(([name]) =>
		/^(gstin|gst( ?(no|number))?|cpf|cnpj|vat( ?id)?|trn|rfc|nif)$/i.test(name.trim()),
	);
	return found && found[1].trim() !== '' ? { label: found[0].trim(), value: found[1].trim() } : undefined;
}
