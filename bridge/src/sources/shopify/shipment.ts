import { z } from 'zod';
import type { Fulfilment, Shipment } from '../../domain';
import { compact } from '../shop/compact';
import { id, listOf, optionalId, optionalMoment, text } from '../shop/fields';
import { oneLine, safeUrl } from '../shop/tracking';

const texts = listOf(z.string());

export const fulfilmentFields = z.object({
	id,
	order_id: optionalId,
	name: text,
	status: text,
	shipment_status: text,
	created_at: optionalMoment,
	updated_at: optionalMoment,
	tracking_company: text,
	tracking_number: text,
	tracking_numbers: texts,
	tracking_url: text,
	tracking_urls: texts,
});
export type FulfilmentFields = z.output<typeof fulfilmentFields>;

export const fulfilmentEventFields = z.object({
	id,
	order_id: id,
	fulfillment_id: id,
	status: z.string(),
	message: text,
	happened_at: optionalMoment,
	created_at: optionalMoment,
	estimated_delivery_at: optionalMoment,
});

/** Shopify's words for where a parcel is; a text instead of a state says why nobody needs to hear of it. */
const STATES: Record<string, { state: Shipment['status'] } | { silent: string }> = {
	in_transit: { state: 'in_transit' },
	carrier_picked_up: { state: 'in_transit' },
	out_for_delivery: { state: 'out_for_delivery' },
	delivered: { state: 'delivered' },
	attempted_delivery: { state: 'failed' },
	not_delivered: { state: 'failed' },
	failure: { state: 'failed' },
	label_printed: { silent: 'the label is printed, the parcel has not been handed over yet' },
	label_purchased: { silent: 'the label is bought, the parcel has not been handed over yet' },
	label_voided: { silent: 'the label was voided' },
	confirmed: { silent: 'the carrier knows of the parcel, it has not been handed over yet' },
	ready_for_pickup: { silent: 'the order waits to be picked up: it is not a shipment' },
	picked_up: { silent: 'the buyer picked the order up: it is not a shipment' },
	delayed: { silent: 'the carrier says the parcel is delayed, there is no state for that' },
	canceled: { silent: 'the shipment was cancelled' },
};

export const parcelState = (status: string): { state: Shipment['status'] } | { silent: string } =>
	(Object.hasOwn(STATES, status) ? STATES[status] : undefined) ?? {
		silent: `the shipment status '${status.slice(0, 40)}' has no state of ours`,
	};

/** Why a fulfilment is no shipment; undefined for one that is on its way. */
const NOT_SHIPPED: Record<string, string> = {
	pending: 'the fulfilment waits for the service that ships it; it says so itself once it has shipped',
	open: 'the fulfilment service accepted the order and has not shipped it yet',
	cancelled: 'the fulfilment was cancelled: there is no shipment to announce',
	error: 'the fulfilment failed at the service that ships it: there is no shipment to announce',
	failure: 'the fulfilment failed at the service that ships it: there is no shipment to announce',
};
export const whyNotShipped = (status: string | undefined): string | undefined =>
	status !== undefined && Object.hasOwn(NOT_SHIPPED, status) ? NOT_SHIPPED[status] : undefined;

export const readFulfilment = (given: FulfilmentFields): Fulfilment =>
	compact({
		id: given.id,
		trackingCompany: oneLine(given.tracking_company),
		trackingNumber: oneLine(given.tracking_number ?? given.tracking_numbers[0]),
		trackingUrl: safeUrl(given.tracking_url ?? given.tracking_urls[0]),
	});
