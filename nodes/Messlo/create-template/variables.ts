const VARIABLE = /\{\{\s*(\d+)\s*\}\}/g;

/** The numbers of the variables of a text, each once, in ascending order. */
export const variablesOf = (text: string): number[] =>
	[...new Set([...text.matchAll(VARIABLE)].map(([, number]) => Number(number)))].sort((a, b) => a - b);

/** The text with each variable replaced by what its number gives. */
export const replaceVariables = (text: string, by: (number: string) => string): string =>
	text.replace(VARIABLE, (_, number: string) => by(number));
