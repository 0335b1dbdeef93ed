import type { Field } from './operation';

const UPPER = new Set(['id', 'ids', 'url', 'urls', 'waba', 'otp', 'api', 'cbo', 'q']);

/** The field's name in a form: its own label, else `name` in title case. */
export function fieldLabel({ name, label }: Field): string {
	if (label !== undefined) return label;
	const words = name.replace(/([a-z])([A-Z])/g, '$1_$2').split('_');
	return words.map((word) => (UPPER.has(word.toLowerCase()) ? upper(word) : capital(word))).join(' ');
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
const upper = (word: string) => (word.endsWith('s') ? `${word.slice(0, -1).toUpperCase()}s` : word.toUpperCase());
