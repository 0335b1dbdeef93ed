import { Collection } from './collection';
import type { Handler } from './handler';

export const tags = new Collection('tags', {
	noun: 'Tag',
	search: ['label'],
	unique: ['label'],
	defaults: { color: '#64748b' },
});

export const segments = new Collection('segments', {
	noun: 'Segment',
	search: ['name', 'description'],
	unique: ['name'],
	defaults: { description: '' },
});

export const customFields = new Collection('custom-fields', {
	noun: 'Custom field',
	unique: ['name'],
	defaults: { required: false, is_active: true },
});

export const crm: Record<string, Handler> = {
	...tags.serve({ list: 'listTags', create: 'createTag' }),
	...segments.serve({ list: 'listSegments', create: 'createSegment' }),
	...customFields.serve({ list: 'listCustomFields', create: 'createCustomField' }),
};
