import { denied, type Asked, type Denied } from './auth';
import type { FakeAnswer } from './faults';
import type { FakeOrders } from './orders';
import type { FakeWebhook, FakeWebhooks } from './webhooks';

const invalidId = (of: string) => denied(404, `woocommerce_rest_${of}_invalid_id`, 'Invalid ID.');

/** The part of wc/v3 that a bridge uses. */
export function createRest(orders: FakeOrders, webhooks: FakeWebhooks) {
	function listed(items: object[], total: number, pages: number, query: URLSearchParams): FakeAnswer {
		const fields = query.get('_fields')?.split(',');
		const cut = (item: object) => Object.fromEntries(Object.entries(item).filter(([name]) => fields?.includes(name)));
		return {
			status: 200,
			body: fields ? items.map(cut) : items,
			headers: { 'x-wp-total': String(total), 'x-wp-totalpages': String(pages) },
		};
	}

	function orderNotes(id: number, { method, query }: Asked, body: Record<string, unknown>): FakeAnswer {
		if (!orders.rest(id)) return invalidId('shop_order');
		if (method === 'GET') {
			const internal = query.get('type') === 'internal';
			return {
				status: 200,
				body: orders
					.get(id)
					.notes.filter((note) => !internal || !note.customer_note)
					.reverse(),
			};
		}
		if (typeof body['note'] !== 'string')
			return denied(400, 'rest_missing_callback_param', 'Missing parameter(s): note');
		return { status: 201, body: orders.addNote(id, body['note'], body['customer_note'] === true) };
	}

	async function createWebhook(body: Record<string, unknown>): Promise<FakeAnswer> {
		const [topic, url] = [String(body['topic']), String(body['delivery_url'])];
		if (!/^(order|product|customer|coupon)\.(created|updated|deleted|restored)$/.test(topic))
			return denied(400, 'woocommerce_rest_shop_webhook_invalid_topic', 'Webhook topic is required and must be valid.');
		if (!/^https?:\/\//.test(url))
			return denied(
				400,
				'woocommerce_rest_shop_webhook_invalid_delivery_url',
				'Webhook delivery URL must be a valid URL.',
			);
		const [name, secret] = [String(body['name'] ?? 'Webhook'), String(body['secret'] ?? 'made-up-and-never-shown')];
		return { status: 201, body: webhooks.shown(await webhooks.create({ name, topic, delivery_url: url, secret })) };
	}

	async function changeWebhook(webhook: FakeWebhook, body: Record<string, unknown>): Promise<FakeAnswer> {
		if (body['status'] !== undefined && !/^(active|paused|disabled)$/.test(String(body['status'])))
			return denied(400, 'woocommerce_rest_shop_webhook_invalid_status', 'Webhook status must be valid.');
		const known = ['name', 'status', 'topic', 'delivery_url', 'secret'];
		await webhooks.update(webhook, Object.fromEntries(Object.entries(body).filter(([name]) => known.includes(name))));
		return { status: 200, body: webhooks.shown(webhook) };
	}

	return async (path: string, asked: Asked, body: Record<string, unknown>): Promise<FakeAnswer | Denied> => {
		const { method, query } = asked;
		const [resource, id, part] = path.split('/');
		if (resource === 'orders' && id === undefined && method === 'GET') {
			if (Number(query.get('per_page') ?? 10) > 100)
				return denied(400, 'rest_invalid_param', 'Invalid parameter(s): per_page');
			const { items, total, pages } = orders.list(query);
			return listed(items, total, pages, query);
		}
		if (resource === 'orders' && part === 'notes') return orderNotes(Number(id), asked, body);
		if (resource === 'orders' && method === 'GET') {
			const order = orders.rest(Number(id));
			return order ? { status: 200, body: order } : invalidId('shop_order');
		}
		if (resource === 'webhooks' && id === undefined) {
			if (method === 'POST') return createWebhook(body);
			const [size, page] = [Number(query.get('per_page') ?? 10), Number(query.get('page') ?? 1)];
			const all = webhooks.all.toReversed().map((each) => webhooks.shown(each));
			return listed(all.slice((page - 1) * size, page * size), all.length, Math.ceil(all.length / size), query);
		}
		const webhook = webhooks.all.find((each) => resource === 'webhooks' && each.id === Number(id));
		if (!webhook)
			return resource === 'webhooks' ? invalidId('shop_webhook') : denied(404, 'rest_no_route', 'No route was found.');
		if (method === 'PUT') return changeWebhook(webhook, body);
		return { status: 200, body: webhooks.shown(webhook) };
	};
}
