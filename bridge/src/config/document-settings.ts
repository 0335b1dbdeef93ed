import type { Company } from '../domain';
import type { Config } from './config';
import { shippedFonts } from './shipped';

/** What documents are made with: the shipped fonts come first, and a bridge without `company` is named after its first source. */
export function documentSettings({ documents, company, sources }: Config): {
	layouts: string;
	fonts: string[];
	company: Company;
} {
	const fonts = [shippedFonts(), ...(documents.fonts === undefined ? [] : [documents.fonts])];
	return { layouts: documents.layouts, fonts, company: company ?? { name: sources[0]?.name ?? sources[0]?.id ?? '' } };
}
