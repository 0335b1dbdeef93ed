import type { LanguageChoice } from './mapping';

/**
 * The language of the template for a shop's language such as "en-IN": what `use` says of it, then of its first part;
 * among approved languages also the language itself; else the fallback.
 */
export function chooseLanguage(
	{ use, fallback }: LanguageChoice,
	spoken: string,
	approved: readonly string[] | undefined,
): string {
	const [base = '', region] = spoken.trim().split(/[-_]/);
	const exact = region ? `${base}_${region}` : base;
	const wanted = [lookUp(use, exact), lookUp(use, base)].filter((each) => each !== undefined);
	if (approved === undefined) return wanted[0] ?? fallback;
	const itself =
		approved.find((each) => each.toLowerCase() === exact.toLowerCase()) ??
		approved.find((each) => each.toLowerCase() === base.toLowerCase());
	return wanted.find((each) => approved.includes(each)) ?? itself ?? fallback;
}

const lookUp = (use: Record<string, string>, code: string): string | undefined =>
	Object.entries(use).find(([key]) => key.replace('-', '_').toLowerCase() === code.toLowerCase())?.[1];

/** How numbers and dates are written: the template's language, in the buyer's region when they speak that language ("en_US" to "en-IN" → "en-IN"). */
export function localeFor(language: string, spoken: string): string {
	const template = language.replace('_', '-');
	const [base = ''] = template.split('-');
	const buyers = spoken.trim().replace('_', '-');
	if (buyers.split('-')[0]?.toLowerCase() !== base || !buyers.includes('-')) return template;
	try {
		return Intl.getCanonicalLocales(buyers)[0] ?? template;
	} catch {
		return template;
	}
}
