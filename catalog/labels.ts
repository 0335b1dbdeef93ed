import type { Field } from './operation';

const UPPER = new Set(['id', 'ids', 'url', 'urls', 'waba', 'otp', 'api', 'cbo', 'q', 'ai', 'cta', 'q&a']);

/** The field's name in a form: its own label, else `name` in title case. */
export function fieldLabel({ name, label }: Field): string {
	return label ?? titleCase(name.replace(/([a-z])([A-Z])/g, '$1_$2'));
}

/** A word of the API, such as `COPY_CODE` or `all_contacts`, as a form shows it. */
export const titleCase = (words: string): string =>
	words
		.split('_')
		.map((word) => (UPPER.has(word.toLowerCase()) ? upper(word) : capital(word)))
		.join(' ');

const capital = (word: string) =>
	word.charAt(0).toUpperCase() + (word === word.toUpperCase() ? word.slice(1).toLowerCase() : word.slice(1));
const upper = (word: string) => (word.endsWith('s') ? `${word.slice(0, -1).toUpperCase()}s` : word.toUpperCase());
