import { Router } from 'express';
import { orderWebhooks } from './handlers/order-webhooks';
import { at } from './openapi/json';
import { readBody } from './read-request';
import { notFound, Refusal } from './refusal';
import { primaryNumber } from './state';
import { sendTemplate } from './whatsapp/send-template';
import type { World } from './world';

interface Mapping {
	phone_number_field?: string;
	variables?: Record<string, string>;
}

/** The addresses to which a store posts its orders: the last one is kept, and sent as the template that is mapped to it. */
export function hookRoutes(world: World): Router {
	const routes = Router();
	routes.all('/:id', async (request, response) => {
		const webhook = orderWebhooks.find(world.state, request.params.id);
		if (webhook['is_active'] !== true) throw notFound(`Webhook ${webhook._id}`);
		if (request.method !== webhook['method']) throw new Refusal(405, `This webhook takes ${String(webhook['method'])}`);
		// Where the secret goes is not published.
		const secret = request.get('x-webhook-secret') ?? request.get('authorization')?.replace(/^Bearer /i, '');
		if (webhook['require_auth'] === true && secret !== webhook['secret_key']) throw new Refusal(401, 'Invalid secret');
		const { body, problem } = readBody(request);
		if (problem !== undefined) throw new Refusal(400, problem);
		orderWebhooks.change(world, webhook, { last_payload: body });
		const template: unknown = at(webhook, 'template._id');
		if (typeof template !== 'string') {
			response.json({ success: true, message: 'Order kept: map a template to it' });
			return;
		}
		const { phone_number_field: phone = '', variables = {} } = Object(webhook['field_mapping']) as Mapping;
		const { header, ...values } = variables;
		const textAt = (field: string): string => String(at(body, field) ?? '');
		const message = await sendTemplate(world, primaryNumber(world.state), textAt(phone).replace(/\D/g, ''), {
			templateId: template,
			templateVariables: Object.fromEntries(Object.entries(values).map(([name, field]) => [name, textAt(field)])),
			...(header !== undefined && { mediaUrl: textAt(header) }),
		});
		response.json({ success: true, message: 'Message sent', data: { _id: message._id } });
	});
	return routes;
}
