import type { Field } from './operation';

/** Page fields that every list takes; the server never gives more than `most` a page. */
export const paging = (most: 50 | 100): readonly Field[] => [
	{ name: 'page', in: 'query', type: 'number', help: 'Page number, from 1.', example: 1 },
	{ name: 'limit', in: 'query', type: 'number', help: `Page size, at most ${most}.`, example: 20 },
];

export const search: Field = { name: 'search', in: 'query', type: 'string', help: 'Free-text filter.', example: 'ana' };
