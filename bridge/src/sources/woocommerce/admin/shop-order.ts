import { z } from 'zod';
import type { Delivery } from '../../../domain';
import type { LedgerOrder, ShopOrder } from '../../shop-admin';
import { deliveryKey } from '../delivery-key';
import { gmtText, parseGmt } from './site-time';

/** An order of the REST API as far as it is looked into here; all of it is passed on. */
const orderSchema = z.looseObject({
	id: z.union([z.int().positive(), z.string().regex(/^\d+$/)]),
	number: z.union([z.string(), z.number()]).optional(),
	status: z.string(),
	date_modified_gmt: z.unknown(),
	date_created_gmt: z.unknown(),
});

/** Not ordered yet: a basket at the checkout, a form in the shop's admin. */
const DRAFTS = ['checkout-draft', 'auto-draft', 'draft', 'new'];
/** Any of them brings the order as it stands. */
const TOPICS_OF_STATES = ['order.created', 'order.updated', 'order.restored'];
export interface ChangedOrder extends ShopOrder {
	isDraft: boolean;
}

/** Undefined for what is no order, or has no date. */
export function readShopOrder(source: string, given: unknown): ChangedOrder | undefined {
	const reading = orderSchema.safeParse(given);
	if (!reading.success) return undefined;
	const order = reading.data;
	const changed = parseGmt(order.date_modified_gmt);
	if (changed === undefined) return undefined;
	const modified: Date = changed;
	const created = parseGmt(order.date_created_gmt);

	const delivery = (topic: string, body: object, key: string): Delivery => ({
		source,
		topic,
		deliveryKey: `reconciled/${key}`,
		triggeredAt: `${gmtText(modified)}Z`,
		body: Buffer.from(JSON.stringify(body)),
		headers: { 'content-type': 'application/json', 'x-wc-webhook-topic': topic },
	});

	/** As webhooks have it, with no more than the id. */
	function missedDeletion({ events }: LedgerOrder): Delivery[] {
		if (events.length === 0 || events.at(-1)?.topic === 'order.deleted') return [];
		return [delivery('order.deleted', { id: order.id }, `order.deleted ${order.id} ${gmtText(modified)}`)];
	}

	function missedState({ updatedAt, events, notBefore }: LedgerOrder): Delivery[] {
		if (updatedAt !== undefined && updatedAt > modified) return [];
		const stored = new Set(events.map(({ deliveryKey: key }) => key.replace('reconciled/', '')));
		if (TOPICS_OF_STATES.some((topic) => stored.has(deliveryKey(topic, order)))) return [];
		// An order from before the bridge knew the shop was confirmed by others: of it only the change is told.
		const isNew = events.length === 0 && created !== undefined && (notBefore === undefined || created >= notBefore);
		const topic = isNew ? 'order.created' : 'order.updated';
		const key = deliveryKey(topic, order);
		// The webhook may still come, if it was only late: it is the same event.
		return [{ ...delivery(topic, order, key), eventKey: key }];
	}

	return {
		id: String(order.id),
		name: `#${order.number ?? order.id}`,
		updatedAt: modified,
		isDraft: DRAFTS.includes(order.status),
		missed: (known) => {
			if (known.notBefore !== undefined && modified < known.notBefore) return [];
			return order.status === 'trash' ? missedDeletion(known) : missedState(known);
		},
	};
}
