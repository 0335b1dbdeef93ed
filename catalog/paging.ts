import { inQuery, integer, string } from './fields';
import type { Field } from './operation';

/** Page fields that every list takes; the server never gives more than `most` a page. */
export const paging = (most: 50 | 100): readonly Field[] => [
	inQuery(integer('page', 'Page number, from 1.', 1, { min: 1 })),
	inQuery(integer('limit', `Page size, at most ${most}.`, 20, { min: 1, max: most })),
];

export const search: Field = inQuery(string('search', 'Free-text filter.', 'ana'));
