import { variablesOf } from './variables';

/** What a field must be instead of what it is: the rest of the sentence that begins with its name. */
export type Problem = readonly [field: string, expected: string];

const ALONE = 'WhatsApp refuses the template otherwise';
const numbered = (number: number) => `{{${number}}}`;

/** What WhatsApp refuses in a text with variables, though each of its characters may be there. */
export function* textProblems(field: string, text: string): Generator<Problem> {
	if (/\{\{(?!\s*\d+\s*\}\})/.test(text)) yield [field, 'must have numbered variables only, {{1}}, {{2}} and so on'];
	const numbers = variablesOf(text);
	const gap = numbers.findIndex((number, index) => number !== index + 1);
	if (gap >= 0)
		yield [
			field,
			`must number its variables from {{1}} without a gap: ${numbered(numbers[gap] ?? 0)} stands where ${numbered(gap + 1)} is expected`,
		];
	if (/^\s*\{\{/.test(text)) yield [field, `must not begin with a variable: put a word before it; ${ALONE}`];
	if (/\}\}\s*$/.test(text)) yield [field, `must not end with a variable: put a word after it; ${ALONE}`];
	if (/\}\}\s*\{\{/.test(text)) yield [field, `must have words between its variables; ${ALONE}`];
	if (/\t| {5,}|\n{3,}/.test(text))
		yield [field, 'must not have tabs, more than four spaces in a row or more than one empty line in a row'];
	const words = wordsIn(text);
	if (numbers.length > 0 && words < 2 * numbers.length + 1)
		yield [
			field,
			`must have at least ${2 * numbers.length + 1} words beside its ${numbers.length} variables, not ${words}; ${ALONE}`,
		];
}

/** What WhatsApp refuses in a line: a header, a footer, a label. */
export function* lineProblems(field: string, text: string, variables: 0 | 1): Generator<Problem> {
	if (/[\n\r]/.test(text)) yield [field, 'must be a single line'];
	const numbers = variablesOf(text);
	if (variables === 0 && text.includes('{{')) yield [field, 'must not have variables'];
	if (numbers.length > variables || (numbers[0] ?? 1) !== 1)
		yield [field, 'must have no other variable than {{1}}, and that only once'];
}

const SEGMENTER = new Intl.Segmenter(undefined, { granularity: 'word' });

/** Also of scripts that have no spaces between words. */
const wordsIn = (text: string): number =>
	[...SEGMENTER.segment(text.replace(/\{\{.*?\}\}/g, ' '))].filter(({ isWordLike }) => isWordLike).length;
