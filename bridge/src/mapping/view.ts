import { isDecimal } from '../money';
import { normaliseConsent } from './consent';
import { DecimalDrop } from './liquid/decimal-drop';
import type { PlanContext } from './planning';

const MONEY = new Set([
	'total',
	'subtotal',
	'tax',
	'discount',
	'shipping',
	'tip',
	'outstanding',
	'price',
	'amount',
	'rate',
]);

/** The event as expressions see it: amounts compare as numbers, attributes about consent are spelled in one way. */
export function viewOf(context: PlanContext): Record<string, unknown> {
	const { event, order, shipment, refund, shop, payload, row, appointment, reminder, reply } = context;
	const seen = order && {
		...withAmounts({ ...order, attributes: {} }),
		attributes: normaliseConsent(order.attributes),
	};
	return {
		event: {
			...appointment,
			...(order ? { minutesSinceOrder: minutesBetween(order.createdAt, [event.occurredAt, order.updatedAt]) } : {}),
			...event,
		},
		...(seen ? { order: seen, customer: withAmounts(order.customer) } : {}),
		...(seen && event.name === 'checkout.abandoned' ? { checkout: seen } : {}),
		...(shipment ? { shipment: withAmounts(shipment) } : {}),
		...(refund ? { refund: withAmounts(refund) } : {}),
		...(row ? { row } : {}),
		...(appointment ? { appointment } : {}),
		...(reminder ? { reminder } : {}),
		...(reply ? { reply } : {}),
		shop,
		payload,
	};
}

function withAmounts(value: object): object {
	return Object.fromEntries(Object.entries(value).map(([key, each]: [string, unknown]) => [key, seenAs(key, each)]));
}

function seenAs(key: string, value: unknown): unknown {
	if (Array.isArray(value)) return value.map((item: unknown) => seenAs('', item));
	if (value !== null && typeof value === 'object') return withAmounts(value);
	return MONEY.has(key) && isDecimal(value) ? new DecimalDrop(value) : value;
}

/** Shops stamp an event when it began: of an order paid at once, and of one paid a minute later, the last change tells. */
function minutesBetween(from: string, to: string[]): number | null {
	const minutes = Math.floor((Math.max(...to.map((each) => Date.parse(each))) - Date.parse(from)) / 60_000);
	return Number.isNaN(minutes) ? null : minutes;
}
