import type { Fault } from './liquid/compile';

/** The numbers of the placeholders in a body, in order of appearance. */
export const placeholdersOf = (body: string): number[] =>
	[...body.matchAll(/\{\{\s*(\d+)\s*\}\}/g)].map((match) => Number(match[1]));

/** How many values a template with this body takes. */
export const variableCount = (body: string): number => new Set(placeholdersOf(body)).size;

/**
 * What WhatsApp would refuse in a body. From Meta's "Template components" and its answers to refused templates: no
 * variable first or last, none next to each other, numbered without gap, more words than twice the variables.
 */
export function checkBody(body: string): Fault[] {
	const faults: Fault[] = [];
	const note = (message: string, fix: string) => faults.push({ message, fix });
	const numbers = [...new Set(placeholdersOf(body))].sort((a, b) => a - b);
	const gap = numbers.findIndex((number, index) => number !== index + 1);
	if (gap >= 0)
		note(
			`{{${numbers[gap]}}} stands where {{${gap + 1}}} is expected`,
			'number the variables from {{1}} without a gap',
		);
	if (/\{\{(?!\s*\d+\s*\}\})/.test(body))
		note('has a variable that is not a number', 'write {{1}}, {{2}} …; the mapping says what fills them');
	if (/^\s*\{\{/.test(body))
		note('begins with a variable', 'put a word before it; WhatsApp refuses the template otherwise');
	if (/\}\}[\s.,;:!?।]*$/.test(body))
		note('ends with a variable', 'put a word after it; WhatsApp refuses the template otherwise');
	if (/\}\}\s*\{\{/.test(body))
		note('has two variables next to each other', 'put a word between them; WhatsApp refuses the template otherwise');
	if (/\t| {5,}|\n{3,}/.test(body))
		note('has a tab, many spaces or several empty lines', 'use single spaces and at most one empty line');
	const words = body
		.replace(/\{\{.*?\}\}/g, ' ')
		.split(/\s+/)
		.filter((word) => /\p{L}/u.test(word)).length;
	if (words < 2 * numbers.length + 1)
		note(
			`has only ${words} words for ${numbers.length} variables`,
			'write more words; WhatsApp refuses templates that are mostly variables',
		);
	return faults;
}
