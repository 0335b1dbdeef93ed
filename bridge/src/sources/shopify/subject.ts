import { parseBody } from '../exact-json';
import type { StoredDelivery } from '../source';

/** The order that a webhook is about: what is told of it is planned in the order in which it came. */
export function shopifySubject({ topic, body }: StoredDelivery): string | undefined {
	try {
		const { id, order_id } = Object(parseBody(body)) as { id?: unknown; order_id?: unknown };
		const subject = topic.startsWith('orders/') ? id : order_id;
		return typeof subject === 'number' || typeof subject === 'string' ? String(subject) : undefined;
	} catch {
		return undefined;
	}
}
