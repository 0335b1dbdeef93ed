import { z } from 'zod';
import type { DomainEvent, Reading } from '../../domain';
import { optionalId, part, text } from '../shop/fields';
import { checkoutFields, orderFields, type OrderFields } from './order-fields';
import { customerPrivacyFields, shopPrivacyFields } from './privacy';
import { readCheckout, readOrder } from './read-order';
import { readRefund, refundFields } from './refund';
import { fulfilmentEventFields, fulfilmentFields, parcelState, readFulfilment, whyNotShipped } from './shipment';
import { compact } from '../shop/compact';
import { firstMoment, ignore, topic } from '../shop/topic';
import type { Topic, TopicContext } from './topic';

const noDate = (context: TopicContext): Reading => ({
	kind: 'unreadable',
	reason: `the payload of '${context.topic}' says nowhere when it happened`,
});
const triggeredAt = ({ headers }: TopicContext) => headers['x-shopify-triggered-at'];

const order = (event: DomainEvent): Topic =>
	topic(orderFields, (given, { reader, headers }) => {
		const happened = event === 'order.created' ? given.created_at : (given.updated_at ?? given.created_at);
		return compact({
			kind: 'event' as const,
			event,
			subject: given.id,
			occurredAt: new Date(happened).toISOString(),
			order: readOrder(given, reader, headers['x-shopify-test'] === 'true'),
			key: keyOf(event, given),
			// Every order topic closes it: orders/create may come late or not be subscribed.
			closesCheckout: given.checkout_token,
		});
	});

/**
 * The same for a webhook and for the order fetched because its webhook had not come. An order is created once, and paid once
 * for each amount: after an edit it can be paid again.
 */
function keyOf(event: DomainEvent, given: OrderFields): string {
	const detail =
		event === 'order.paid' ? given.total_price : event === 'order.updated' ? firstMoment(given.updated_at) : undefined;
	return detail === undefined ? event : `${event}/${detail}`;
}

const orderDeleted = topic(z.object({ id: orderFields.shape.id }), ({ id }) => ({
	kind: 'ignored',
	reason: 'the order was deleted in the shop: its waiting messages are withdrawn',
	subject: id,
	cancelsOrder: id,
}));

const orderEdited = topic(z.object({ order_edit: part({ order_id: optionalId }) }), ({ order_edit }) =>
	compact({
		kind: 'ignored' as const,
		reason: "the edit itself has no order in it; the 'orders/updated' that Shopify sends beside it has",
		subject: order_edit?.order_id,
	}),
);

const refund: Topic = topic(refundFields, (given, context) => {
	if (given.order_id === undefined)
		return { kind: 'unreadable', reason: `the payload of '${context.topic}' lacks: order_id` };
	const occurredAt = firstMoment(given.processed_at, given.created_at, triggeredAt(context));
	if (occurredAt === undefined) return noDate(context);
	const reading = readRefund(given, undefined, occurredAt);
	if (!reading.ok) return { kind: 'ignored', reason: reading.reason, subject: given.order_id };
	const key = `order.refunded/${given.id}`;
	return { kind: 'event', event: 'order.refunded', subject: given.order_id, occurredAt, refund: reading.refund, key };
});

const fulfilment: Topic = topic(fulfilmentFields, (given, context) => {
	if (given.order_id === undefined)
		return { kind: 'unreadable', reason: `the payload of '${context.topic}' lacks: order_id` };
	const subject = given.order_id;
	const notShipped = whyNotShipped(given.status);
	if (notShipped !== undefined) return { kind: 'ignored', reason: notShipped, subject };
	const parcel = parcelState(given.shipment_status ?? 'in_transit');
	if ('silent' in parcel) return { kind: 'ignored', reason: parcel.silent, subject };
	const occurredAt = firstMoment(given.updated_at, given.created_at, triggeredAt(context));
	if (occurredAt === undefined) return noDate(context);
	const shipment = compact({ ...readFulfilment(given), status: parcel.state, name: given.name });
	const key = `shipment.updated/${shipment.id}/${shipment.status}`;
	return { kind: 'event', event: 'shipment.updated', subject, occurredAt, shipment, key };
});

const fulfilmentEvent: Topic = topic(fulfilmentEventFields, (given, context) => {
	const subject = given.order_id;
	const parcel = parcelState(given.status);
	if ('silent' in parcel) return { kind: 'ignored', reason: parcel.silent, subject };
	const occurredAt = firstMoment(given.happened_at, given.created_at, triggeredAt(context));
	if (occurredAt === undefined) return noDate(context);
	const shipment = compact({
		id: given.fulfillment_id,
		status: parcel.state,
		message: given.message,
		estimatedAt: given.estimated_delivery_at,
	});
	const key = `shipment.updated/${shipment.id}/${shipment.status}`;
	return { kind: 'event', event: 'shipment.updated', subject, occurredAt, shipment, key };
});

const checkout: Topic = topic(checkoutFields, (given, { reader }) => {
	if (given.completed_at !== undefined)
		return {
			kind: 'ignored',
			reason: 'the checkout was completed, so it is not abandoned',
			subject: given.token,
			closesCheckout: given.token,
		};
	return {
		kind: 'event',
		event: 'checkout.abandoned',
		subject: given.token,
		occurredAt: new Date(given.updated_at ?? given.created_at).toISOString(),
		order: readCheckout(given, reader),
	};
});

const checkoutDeleted = topic(z.object({ token: text }), ({ token }) =>
	compact({ kind: 'ignored' as const, reason: 'the checkout was deleted', subject: token, closesCheckout: token }),
);

const customerPrivacy = (request: 'data-request' | 'erase-customer'): Topic =>
	topic(customerPrivacyFields, ({ customer, orders_requested, orders_to_redact }) =>
		compact({
			kind: 'privacy' as const,
			request,
			subject: customer.id,
			orders: request === 'data-request' ? orders_requested : orders_to_redact,
			phone: customer.phone,
		}),
	);

const shopPrivacy = topic(shopPrivacyFields, ({ shop_domain }) => ({
	kind: 'privacy',
	request: 'erase-shop',
	subject: shop_domain,
	orders: [],
}));

/** Every topic about orders, fulfilments, refunds, checkouts and privacy, and what becomes of it. */
export const TOPICS: Record<string, Topic> = {
	'orders/create': order('order.created'),
	'orders/paid': order('order.paid'),
	'orders/updated': order('order.updated'),
	'orders/partially_fulfilled': order('order.updated'),
	'orders/fulfilled': order('order.fulfilled'),
	'orders/cancelled': order('order.cancelled'),
	'orders/delete': orderDeleted,
	'orders/edited': orderEdited,
	'orders/link_requested': ignore('the buyer asked Shopify for a new link to the order page, Shopify sends it'),
	'orders/risk_assessment_changed': ignore("a risk assessment is for the merchant's eyes only"),
	'orders/shopify_protect_eligibility_changed': ignore("Shopify Protect is for the merchant's eyes only"),
	'refunds/create': refund,
	'fulfillments/create': fulfilment,
	'fulfillments/update': fulfilment,
	'fulfillment_events/create': fulfilmentEvent,
	'fulfillment_events/delete': ignore('an entry of the tracking history was removed'),
	'checkouts/create': checkout,
	'checkouts/update': checkout,
	'checkouts/delete': checkoutDeleted,
	'customers/data_request': customerPrivacy('data-request'),
	'customers/redact': customerPrivacy('erase-customer'),
	'shop/redact': shopPrivacy,
	'app/uninstalled': ignore('the app was removed from the shop; no webhooks will come until it is installed again'),
};
