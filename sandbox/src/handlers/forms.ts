import { wabaById } from '../state';
import { Collection } from './collection';
import { handler, type Handler } from './handler';

export const forms = new Collection('forms', {
	noun: 'Form',
	search: ['name', 'description'],
	references: { waba_id: wabaById },
	// Meta gives the flow behind a form an id of its own when the form is made.
	defaults: ({ state }) => ({
		category: 'CUSTOM',
		meta_status: 'DRAFT',
		is_active: true,
		flow: { flow_id: `7${Number.parseInt(state.nextId().slice(-5), 16).toString().padStart(14, '0')}` },
	}),
});

export const formHandlers: Record<string, Handler> = {
	...forms.serve({
		list: 'listForms',
		create: 'createForm',
		get: 'getForm',
		update: 'updateForm',
		remove: 'deleteForm',
	}),

	publishForm: handler(({ world, path }) => {
		const form = forms.change(world, forms.find(world.state, path['id'] ?? ''), { meta_status: 'PUBLISHED' });
		return { success: true, message: 'Form published', data: form };
	}),
};
