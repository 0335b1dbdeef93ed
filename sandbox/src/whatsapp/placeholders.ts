const PLACEHOLDER = /\{\{\s*([^{}\s]+)\s*\}\}/g;

/** Names of the placeholders of a text, each once, in order: "Hello {{1}}" has "1". */
export const placeholders = (text = ''): string[] => [
	...new Set([...text.matchAll(PLACEHOLDER)].map((match) => String(match[1]))),
];

/** The text with values in place of its placeholders. */
export const fill = (text: string, values: Record<string, string | number>): string =>
	text.replace(PLACEHOLDER, (whole, name: string) => String(values[name] ?? whole));
