import type { Picker } from '../../../catalog';

/** Name of the method that fills a picker: its source and what it takes from there, such as `contactGetManyId`. */
export const searchMethod = ({ from, value, where }: Picker): string =>
	[...from.split('.'), value.at(-1) ?? '', ...(where?.is ?? [])]
		.map(capital)
		.join('')
		.replace(/^./, (first) => first.toLowerCase());

const capital = (words: string): string =>
	words.replace(/(?:^|_)([a-z])/gi, (_, letter: string) => letter.toUpperCase());
