import type { StoredDelivery } from '../source';

/** The order that a webhook is about: what is told of it is planned in the order in which it came. */
export function shopifySubject({ topic, body }: StoredDelivery): string | undefined {
	try {
		const { id, order_id } = Object(JSON.parse(body.toString('utf8'))) as { id?: unknown; order_id?: unknown };
		const subject = topic.startsWith('orders/') ? id : order_id;
		// Ids of Shopify are below 2^53, and this one is only compared with itself.
		return typeof subject === 'number' || typeof subject === 'string' ? String(subject) : undefined;
	} catch {
		return undefined;
	}
}
