import type { Happening, Order } from '../../domain';
import type { OrderFields } from './order-fields';
import { isFulfilled } from './read-order';
import type { Meaning } from '../../order-meanings';
import { parcelsOf, type Parcel } from './tracking';

/** An order as it stood at one moment. */
export interface State {
	given: OrderFields;
	order: Order;
	meaning: Meaning;
	/** The meaning of the status is the merchant's own choice. */
	chosen: boolean;
	/** `date_modified_gmt`. */
	changedAt: string;
}

/**
 * How long before the last change of an order that is seen for the first time something may have happened to be told: the first
 * change of an old order confirms nothing.
 */
const NEWS_MS = 86_400_000;
const MINUTE = 60_000;

/** Placed and wanted: not awaiting payment, not taken back. */
const isStanding = (meaning: Meaning): boolean => meaning === 'open' || meaning === 'paid' || isFulfilled(meaning);

/**
 * What happened between two states of an order, in the order in which it happens. Without an earlier one: all that is so when the
 * order was just created, else what its own date, or the order's, says to be new.
 */
export function happenings(now: State, before: State | undefined, isCreation: boolean): Happening[] {
	const changed = Date.parse(now.changedAt);
	const created = Date.parse(now.order.createdAt);
	const isNews = (at: string | number | undefined) =>
		before !== undefined || isCreation || changed - (at === undefined ? created : new Date(at).getTime()) <= NEWS_MS;
	const told: Happening[] = [];
	const tell = (key: string, happening: Pick<Happening, 'event'> & Partial<Happening>) => {
		told.push({ occurredAt: now.changedAt, key, ...happening });
	};

	const { given, order, meaning } = now;
	const placed = isStanding(meaning) && !(before && (isStanding(before.meaning) || before.meaning === 'refunded'));
	const createdNow = placed && isNews(undefined);
	if (createdNow) tell('created', { event: 'order.created' });
	if (isStanding(meaning) && isSettled(now) && !(before && isSettled(before)) && isNews(given.date_paid_gmt)) {
		const paid = Date.parse(given.date_paid_gmt ?? now.changedAt);
		tell('paid', {
			event: 'order.paid',
			minutesSinceOrder: createdNow ? 0 : Math.max(0, Math.floor((paid - created) / MINUTE)),
		});
	}
	if (isFulfilled(meaning) && !(before && isFulfilled(before.meaning)) && isNews(given.date_completed_gmt))
		tell('fulfilled', { event: 'order.fulfilled' });
	if (isStanding(meaning)) {
		const known = new Map(before ? shipmentsOf(before).map((parcel) => [parcel.id, parcel]) : []);
		for (const parcel of shipmentsOf(now)) {
			const { shippedAt, ...shipment } = parcel;
			if (sameParcel(parcel, known.get(parcel.id)) || !isNews(shippedAt ?? given.date_completed_gmt)) continue;
			tell(`shipment ${shipment.id} ${shipment.status}`, { event: 'shipment.updated', shipment });
		}
	}
	if (meaning === 'cancelled' && before?.meaning !== 'cancelled' && isWorthCancelling(now, before) && isNews(undefined))
		tell('cancelled', { event: 'order.cancelled' });
	const refunded = new Set(before?.order.refunds.map(({ id }) => id));
	for (const refund of order.refunds)
		if (!refunded.has(refund.id) && isNews(undefined)) tell(`refund ${refund.id}`, { event: 'order.refunded', refund });
	return told;
}

const isSettled = ({ order }: State): boolean =>
	order.financialStatus !== 'pending' && order.financialStatus !== 'voided';

const sameParcel = (one: Parcel, other: Parcel | undefined): boolean =>
	other?.status === one.status &&
	other.trackingUrl === one.trackingUrl &&
	other.trackingCompany === one.trackingCompany;

/** Parcels by their numbers; an order that only its status says to be on the way is one parcel without a number. */
function shipmentsOf({ given, meaning }: State): Parcel[] {
	const parcels = parcelsOf(given);
	if (meaning !== 'delivered' && meaning !== 'out_for_delivery') return parcels;
	if (parcels.length === 0) return [{ id: given.id, status: meaning }];
	return parcels.map((parcel) =>
		parcel.status === 'in_transit' || meaning === 'delivered' ? { ...parcel, status: meaning } : parcel,
	);
}

/** Paid by hand, at the door or by invoice: the order stood before any money came. */
const PAID_LATER = ['cod', 'bacs', 'cheque'];

/**
 * WooCommerce cancels by itself what nobody paid within the hour: whoever left the payment page hears nothing of that. Of an order that
 * is seen for the first time, the payment tells whether it was ever placed.
 */
function isWorthCancelling({ given, chosen }: State, before: State | undefined): boolean {
	if (chosen) return true;
	if (before) return before.meaning !== 'unpaid';
	return (
		given.date_paid_gmt !== undefined ||
		PAID_LATER.includes(given.payment_method ?? '') ||
		given.created_via === 'admin'
	);
}
