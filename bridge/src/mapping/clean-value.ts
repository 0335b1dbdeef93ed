import { isBlank } from './liquid/filters';

/** WhatsApp refuses a value with a line break, a tab or more than four spaces in a row (error 132018), and a body above 1024 characters. */
export const LONGEST_BODY = 1024;

/** The value as WhatsApp takes it: one line, single spaces, no control characters; undefined when nothing is left to read. */
export function cleanValue(text: string): string | undefined {
	const clean = text
		.replace(/[\n\r\t\v\f\u0085\u2028\u2029]/g, ' ')
		.replace(/\p{Cc}/gu, '')
		.replace(/ {2,}/g, ' ')
		.trim();
	return isBlank(clean) ? undefined : clean;
}
