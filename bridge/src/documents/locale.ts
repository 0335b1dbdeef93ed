import { formatMoney } from '../money';
import type { Company, Decimal, Order } from '../domain';

/** How one invoice writes numbers and dates, and in which direction. */
export interface InvoiceLocale {
	/** For Intl: language and region, "hi-IN". */
	tag: string;
	language: string;
	region: string | undefined;
	direction: 'ltr' | 'rtl';
	/** Keys to look for in labels.json, best first: "zh-Hant-HK", "zh-HK", "zh-Hant", "zh". */
	candidates: string[];
	money(amount: Decimal): string;
	percent(rate: Decimal): string;
	date(iso: string): string;
	country(code: string): string;
}

/** Chooses the locale: the language asked for, the region it names, else the buyer's. */
export function invoiceLocale(language: string, order: Order, company: Company): InvoiceLocale {
	const asked = parse(language);
	const region = regionOf(asked, order, company);
	const locale = region === undefined ? asked : new Intl.Locale(asked.language, { region, ...script(asked) });
	const full = locale.maximize();
	const tag = locale.toString();
	const percent = new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 4 });
	// ar-SA and fa-IR would count years by their own calendars; an invoice is dated by the shop's.
	const date = new Intl.DateTimeFormat(tag, { dateStyle: 'long', calendar: 'gregory', timeZone: 'UTC' });
	const countries = new Intl.DisplayNames(tag, { type: 'region', fallback: 'code' });
	return {
		tag,
		language: locale.language,
		region: locale.region,
		direction: RIGHT_TO_LEFT.has(full.script ?? '') ? 'rtl' : 'ltr',
		candidates: [
			...new Set([full.toString(), tag, asked.toString(), `${locale.language}-${full.script}`, locale.language]),
		],
		money: (amount) => formatMoney(amount, order.currency, tag),
		// Intl reads decimal text exactly since ES2023; its type still says number.
		percent: (rate) => percent.format(rate as unknown as number),
		// The shop's own calendar day: what stands before the T, whatever the offset after it.
		date: (iso) => (/^\d{4}-\d{2}-\d{2}/.test(iso) ? date.format(new Date(`${iso.slice(0, 10)}T00:00:00Z`)) : iso),
		country: (code) => (/^[A-Z]{2}$/.test(code) ? (countries.of(code) ?? code) : code),
	};
}

const RIGHT_TO_LEFT = new Set(['Arab', 'Hebr', 'Syrc', 'Thaa', 'Nkoo', 'Adlm', 'Rohg']);
const script = ({ script }: Intl.Locale) => (script === undefined ? {} : { script });

function parse(language: string): Intl.Locale {
	try {
		return new Intl.Locale(language.replaceAll('_', '-'));
	} catch {
		return new Intl.Locale('en');
	}
}

/** "en" and "en_US" are what mappings fall back to all over the world: numbers and dates are then the seller's. */
function regionOf({ language, region }: Intl.Locale, order: Order, company: Company): string | undefined {
	const buyer = order.delivery?.country ?? order.billing?.country;
	const isFallback = language === 'en' && (region === undefined || region === 'US');
	const chosen = isFallback ? (company.country ?? buyer ?? region) : (region ?? buyer ?? company.country);
	return chosen !== undefined && /^[A-Z]{2}$/i.test(chosen) ? chosen.toUpperCase() : region;
}
