import { createHash, createHmac } from 'node:crypto';
import type { TestClock } from '../clock';
import type { Topic } from './orders';
import { gmt, local } from './site-time';

export interface FakeWebhook {
	id: number;
	name: string;
	status: 'active' | 'paused' | 'disabled';
	topic: string;
	delivery_url: string;
	secret: string;
	failures: number;
	/** No ping of it was answered with 200 yet. */
	pending: boolean;
	created: Date;
	modified: Date;
}

export interface FakeDelivery {
	webhook: number;
	topic: string;
	order: number;
	deliveryId: string;
	/** What came back; 0 when nothing did. */
	status: number;
}

/** What becomes of a delivery on its way. `answer-lost`: it arrives, and the shop never hears so. */
export type Fate = 'sent' | 'lost' | 'answer-lost' | 'twice';

interface Options {
	clock: TestClock;
	zone: string;
	site: () => string;
	/** The body of a delivery at the moment it is sent; undefined when the order is gone. */
	rest: (order: number) => Record<string, unknown> | undefined;
}

/** Webhooks as class-wc-webhook.php has them: no retries, merged while queued, switched off at the seventh failure in a row. */
export function createWebhooks({ clock, zone, site, rest }: Options) {
	const webhooks: FakeWebhook[] = [];
	const log: FakeDelivery[] = [];
	const pings: { webhook: number; status: number }[] = [];
	let queue: { webhook: FakeWebhook; topic: string; order: number }[] = [];
	/** Where posts to the public address really go: the bridge under test; undefined while nothing is there. */
	let target: string | undefined;

	async function post(webhook: FakeWebhook, body: string, headers: Record<string, string>): Promise<number> {
		const { pathname, search } = new URL(webhook.delivery_url);
		if (target === undefined) return 0;
		try {
			const answer = await fetch(new URL(pathname + search, target), {
				method: 'POST',
				redirect: 'manual',
				headers: { 'user-agent': 'WooCommerce/10.9.1 Hookshot (WordPress/6.9)', ...headers },
				body,
			});
			await answer.arrayBuffer();
			return answer.status;
		} catch {
			return 0;
		}
	}

	async function ping(webhook: FakeWebhook): Promise<void> {
		const type = { 'content-type': 'application/x-www-form-urlencoded' };
		const status = await post(webhook, `webhook_id=${webhook.id}`, type);
		pings.push({ webhook: webhook.id, status });
		if (status === 200) webhook.pending = false;
	}

	async function deliver({ webhook, topic, order }: (typeof queue)[number], fate: Fate): Promise<void> {
		const gone = { code: 'woocommerce_rest_shop_order_invalid_id', message: 'Invalid ID.', data: { status: 404 } };
		const payload = topic === 'order.deleted' ? { id: order } : (rest(order) ?? gone);
		// As wp_json_encode writes it.
		const body = JSON.stringify(payload)
			.replaceAll('/', '\\/')
			.replace(/[\u0080-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
		const seconds = Math.floor(clock.now().getTime() / 1000);
		const deliveryId = createHash('md5').update(`${webhook.id}${seconds}`).digest('hex');
		const [resource = '', event = ''] = topic.split('.');
		const headers = {
			'content-type': 'application/json',
			'x-wc-webhook-source': `${site()}/`,
			'x-wc-webhook-topic': topic,
			'x-wc-webhook-resource': resource,
			'x-wc-webhook-event': event,
			'x-wc-webhook-signature': createHmac('sha256', webhook.secret).update(body).digest('base64'),
			'x-wc-webhook-id': String(webhook.id),
			'x-wc-webhook-delivery-id': deliveryId,
		};
		const arrived = fate === 'lost' ? 0 : await post(webhook, body, headers);
		if (fate === 'twice') await post(webhook, body, headers);
		const status = fate === 'answer-lost' ? 0 : arrived;
		log.push({ webhook: webhook.id, topic, order, deliveryId, status });
		if (status >= 200 && status < 303) webhook.failures = 0;
		// Counted after the check, so the seventh failure in a row does it; the count stays, also when it is made active again.
		else if (webhook.failures > 5) webhook.status = 'disabled';
		else webhook.failures += 1;
	}

	return {
		all: webhooks,
		log,
		pings,
		setTarget: (url: string | undefined) => {
			target = url;
		},
		changed: (topic: Topic, order: number): void => {
			for (const webhook of webhooks) {
				if (webhook.status !== 'active' || webhook.topic !== topic) continue;
				if (!queue.some((each) => each.webhook === webhook && each.order === order))
					queue.push({ webhook, topic, order });
			}
		},
		/** The site's cron: everything queued is sent, also by webhooks that were switched off meanwhile. */
		runQueue: async (fateOf: (delivery: { topic: string; order: number }) => Fate = () => 'sent'): Promise<void> => {
			const due = queue;
			queue = [];
			for (const each of due) await deliver(each, fateOf(each));
		},
		/** The host threw the queue away (a restored backup, a cleared table). */
		dropQueue: (): void => {
			queue = [];
		},
		create: async (given: Pick<FakeWebhook, 'name' | 'topic' | 'delivery_url' | 'secret'>): Promise<FakeWebhook> => {
			const at = clock.now();
			const rest = { status: 'active' as const, failures: 0, pending: true, created: at, modified: at };
			const webhook = { id: 141 + webhooks.length, ...given, ...rest };
			webhooks.push(webhook);
			await ping(webhook);
			return webhook;
		},
		update: async (webhook: FakeWebhook, changes: Partial<FakeWebhook>): Promise<void> => {
			const moved = changes.delivery_url !== undefined && changes.delivery_url !== webhook.delivery_url;
			Object.assign(webhook, changes, { modified: clock.now() });
			if (webhook.status === 'active' && (moved || webhook.pending)) await ping(webhook);
		},
		remove: (webhook: FakeWebhook): void => void webhooks.splice(webhooks.indexOf(webhook), 1),
		/** As the REST API shows it: never with the secret. */
		shown: ({ id, name, status, topic, delivery_url, created, modified }: FakeWebhook) => ({
			id,
			name,
			status,
			topic,
			resource: topic.split('.')[0],
			event: topic.split('.')[1],
			hooks: [],
			delivery_url,
			date_created: local(created, zone),
			date_created_gmt: gmt(created),
			date_modified: local(modified, zone),
			date_modified_gmt: gmt(modified),
		}),
	};
}
export type FakeWebhooks = ReturnType<typeof createWebhooks>;
