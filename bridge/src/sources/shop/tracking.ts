/** Merchants paste tracking numbers with line breaks; WhatsApp refuses those in a template's variables. */
export const oneLine = (value: string | undefined): string | undefined =>
	value?.replace(/\s+/g, ' ').trim() || undefined;

/** A link that a buyer can open, or none. */
export function safeUrl(value: string | undefined): string | undefined {
	const url = value === undefined ? null : URL.parse(value);
	return url?.protocol === 'https:' || url?.protocol === 'http:' ? url.href : undefined;
}
