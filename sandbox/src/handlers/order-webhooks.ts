import { templateById } from './templates';
import { Collection } from './collection';
import { handler, type Handler } from './handler';

export const orderWebhooks = new Collection('order-webhooks', {
	noun: 'Webhook',
	search: ['webhook_name'],
	hidden: ['secret_key'],
	defaults: { method: 'POST', require_auth: false, is_active: true, field_mapping: {}, template: null },
});

export const orderWebhookHandlers: Record<string, Handler> = {
	...orderWebhooks.serve({
		list: 'listEcommerceWebhooks',
		get: 'getEcommerceWebhook',
		update: 'toggleEcommerceWebhook',
		remove: 'deleteEcommerceWebhook',
	}),

	createEcommerceWebhook: handler<Record<string, unknown>>(({ world, body }) => {
		const _id = world.state.nextId();
		const url = `${world.url}/hooks/${_id}`;
		const secret = `sk_sandbox_${_id}`;
		const webhook = orderWebhooks.add(world, { ...body, _id, webhook_url: url, secret_key: secret });
		return { success: true, data: orderWebhooks.shown(webhook), webhook_url: url, secret_key: secret };
	}),

	mapEcommerceWebhookTemplate: handler<{
		template_id: string;
		phone_number_field?: string;
		variables?: Record<string, string>;
	}>(({ world, path, body }) => {
		const webhook = orderWebhooks.find(world.state, path['id'] ?? '');
		const { _id, template_name, language } = templateById(world, body.template_id);
		const { phone_number_field = 'customer.phone', variables = {} } = body;
		orderWebhooks.change(world, webhook, {
			template: { _id, template_name, language },
			field_mapping: { phone_number_field, variables },
		});
		return { success: true, message: 'Template mapped', data: orderWebhooks.shown(webhook) };
	}),
};
