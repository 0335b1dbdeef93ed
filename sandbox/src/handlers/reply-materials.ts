import { wabaById } from '../state';
import { Collection } from './collection';

/** Saved answers, for keyword bots and sequences. */
export const replyMaterials = new Collection('reply-materials', {
	noun: 'Reply material',
	search: ['name', 'content'],
	references: { waba_id: wabaById },
	defaults: { type: 'text' },
});
