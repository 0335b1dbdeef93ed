import type { DomainEvent } from '../domain';
import { personKey } from '../phone';
import type { Mapping, Once } from './mapping';
import type { PlanContext, PlanSettings } from './planning';

/**
 * | event | once per | why |
 * |---|---|---|
 * | `order.refunded` | refund | an order can be refunded in parts, each worth telling |
 * | `shipment.updated` | shipment and its status | carriers repeat a scan; one order can travel in parcels |
 * | other `order.*`, `checkout.*` | order | a topic and its redelivery, or two topics of one change |
 * | `sheet.row`, `calendar.*`, `reply.*` | event | each by the key that its source gives it |
 */
export function onceFor(event: DomainEvent): Once {
	if (event === 'order.refunded') return 'refund';
	if (event === 'shipment.updated') return 'shipment';
	return event.startsWith('order.') || event.startsWith('checkout.') ? 'order' : 'event';
}

/**
 * Names the message, so that a second one with the same name is a duplicate. It begins with the mapping and the source.
 * A number enters only as a digest: keys are logged.
 */
export function onceKey(
	mapping: Mapping,
	context: PlanContext,
	to: string | undefined,
	settings: PlanSettings,
): string | undefined {
	const once = mapping.once ?? onceFor(context.event.name);
	const parts = partsOf(once, context, to, settings);
	return parts && [mapping.name, context.event.source, ...parts].map(encodeURIComponent).join('/');
}

function partsOf(
	once: Once,
	{ event, order, shipment, refund, now }: PlanContext,
	to: string | undefined,
	{ timezone, personKey: digest = personKey }: PlanSettings,
): string[] | undefined {
	const byEvent = ['event', ...(event.key === undefined ? [event.id] : [event.subject ?? '', event.key])];
	const subject = order?.id ?? event.subject;
	const byOrder = subject === undefined ? byEvent : ['order', subject];
	switch (once) {
		case 'event':
			return byEvent;
		case 'order':
			return byOrder;
		case 'refund':
			return refund ? [...byOrder, 'refund', refund.id] : byOrder;
		case 'shipment':
			return shipment ? [...byOrder, 'shipment', shipment.id, shipment.status] : byOrder;
		case 'recipient':
			return to === undefined ? undefined : ['recipient', digest(to)];
		case 'recipient+day':
			return to === undefined
				? undefined
				: ['recipient', digest(to), new Intl.DateTimeFormat('en-CA', { timeZone: timezone }).format(now)];
	}
}
