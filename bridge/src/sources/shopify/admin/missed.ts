import type { Delivery, DomainEvent } from '../../../domain';
import { aboutOf, type LedgerOrder } from '../../shop-admin';
import type { Source } from '../../source';
import { parcelState, whyNotShipped } from '../shipment';
import type { FetchOrder, WholeOrder } from './fetch-order';
import { orderBody } from './order-body';
import { fulfilmentBody, parcelStatus, refundBody } from './part-body';
import { idOf, type BriefNode, type FulfilmentNode } from './shapes';

/** A webhook that the shop would have sent. */
interface Candidate {
	topic: string;
	/** What makes it one of its kind at its order. */
	detail?: string;
	/** When it happened. */
	at: string;
	body: () => object;
	/** Its body is the whole order as it is now. */
	carriesOrder?: boolean;
}

const PAID = ['PAID', 'PARTIALLY_REFUNDED', 'REFUNDED'];
const isPaid = (order: Pick<BriefNode, 'displayFinancialStatus'>) => PAID.includes(order.displayFinancialStatus ?? '');
const isFulfilled = (order: Pick<BriefNode, 'displayFulfillmentStatus'>) =>
	order.displayFulfillmentStatus === 'FULFILLED';

/** Of what a list answers in its first page, whether there may be more than it shows. */
const SHOWN = 5;

/** "888/delivered"; undefined for a fulfilment that nobody needs to hear of. */
function shipmentOf({ id, status, displayStatus }: Pick<FulfilmentNode, 'id' | 'status' | 'displayStatus'>) {
	if (whyNotShipped(status.toLowerCase()) !== undefined) return undefined;
	const parcel = parcelState(parcelStatus(displayStatus) ?? 'in_transit');
	return 'silent' in parcel ? undefined : `${idOf(id)}/${parcel.state}`;
}

const has = ({ events }: LedgerOrder, event: DomainEvent, about?: string) =>
	events.some((known) => known.event === event && (about === undefined || known.about === about));

/** Whether the ledger may lack something, by what is cheap to ask for fifty orders at once. */
export function mayLack(order: BriefNode, known: LedgerOrder): boolean {
	return (
		known.updatedAt === undefined ||
		known.updatedAt < new Date(order.updatedAt) ||
		!has(known, 'order.created') ||
		(isPaid(order) && !has(known, 'order.paid')) ||
		(isFulfilled(order) && !has(known, 'order.fulfilled')) ||
		(order.cancelledAt != null && !has(known, 'order.cancelled')) ||
		order.refunds.length === SHOWN ||
		order.fulfillments.length === SHOWN ||
		order.refunds.some(({ id }) => !has(known, 'order.refunded', idOf(id))) ||
		order.fulfillments.some((each) => {
			const about = shipmentOf(each);
			return about !== undefined && !has(known, 'shipment.updated', about);
		})
	);
}

/** The deliveries of an order that the ledger lacks, oldest kind first. */
export async function missedOf(
	fetch: FetchOrder,
	source: Pick<Source, 'id' | 'shop' | 'read'>,
	brief: BriefNode,
	known: LedgerOrder,
): Promise<Delivery[]> {
	if (!mayLack(brief, known)) return [];
	const order = await fetch(brief);
	const missed: Delivery[] = [];
	let carriesOrder = known.updatedAt !== undefined && known.updatedAt >= new Date(order.updatedAt);
	const add = (candidate: Candidate) => {
		const delivery = deliveryOf(source, order, candidate);
		const reading = source.read(delivery);
		if (reading.kind !== 'event' || has(known, reading.event, aboutOf(reading))) return;
		if (candidate.carriesOrder) carriesOrder = true;
		missed.push(delivery);
	};
	const recent = candidatesOf(order).filter(({ at }) => !known.notBefore || new Date(at) >= known.notBefore);
	for (const candidate of recent) add(candidate);
	if (carriesOrder) return missed;
	// Before the shipments: they find their customer in it.
	return [deliveryOf(source, order, updated(order)), ...missed];
}

function candidatesOf(order: WholeOrder): Candidate[] {
	const body = () => orderBody(order);
	const whole = (topic: string, at: string | null | undefined, is = true): Candidate[] =>
		is && at != null ? [{ topic, at, body, carriesOrder: true }] : [];
	return [
		...whole('orders/create', order.createdAt),
		...whole('orders/paid', paidAt(order), isPaid(order)),
		...whole('orders/fulfilled', latest(order.fulfillments.map(({ createdAt }) => createdAt)), isFulfilled(order)),
		...order.fulfillments.map((each) => ({
			topic: 'fulfillments/update',
			detail: `${idOf(each.id)}/${parcelStatus(each.displayStatus) ?? each.status.toLowerCase()}`,
			at: each.updatedAt,
			body: () => fulfilmentBody(each, order),
		})),
		...whole('orders/cancelled', order.cancelledAt),
		...order.refunds.map((each) => ({
			topic: 'refunds/create',
			detail: idOf(each.id),
			at: each.createdAt ?? order.updatedAt,
			body: () => refundBody(each, order),
		})),
	];
}

const updated = (order: WholeOrder): Candidate => ({
	topic: 'orders/updated',
	detail: order.updatedAt,
	at: order.updatedAt,
	body: () => orderBody(order),
});

/** When its money came; an order of nothing is paid when it is made. What was refunded need not have been paid through the shop. */
const paidAt = ({ transactions, createdAt, displayFinancialStatus }: WholeOrder): string | undefined =>
	latest(
		transactions
			.filter(({ kind, status }) => (kind === 'SALE' || kind === 'CAPTURE') && status === 'SUCCESS')
			.map(({ processedAt }) => processedAt),
	) ?? (displayFinancialStatus === 'PAID' ? createdAt : undefined);

const latest = (moments: readonly (string | null | undefined)[]): string | undefined =>
	moments
		.filter((at) => at != null)
		.toSorted((a, b) => Date.parse(a) - Date.parse(b))
		.at(-1);

function deliveryOf(
	{ id: source, shop }: Pick<Source, 'id' | 'shop'>,
	order: Pick<WholeOrder, 'id'>,
	{ topic, detail, at, body }: Candidate,
): Delivery {
	const key = ['reconciled', topic, idOf(order.id), ...(detail === undefined ? [] : [detail])].join('/');
	return {
		source,
		topic,
		deliveryKey: key,
		triggeredAt: at,
		body: Buffer.from(JSON.stringify(body())),
		headers: {
			'content-type': 'application/json',
			'x-shopify-topic': topic,
			'x-shopify-shop-domain': shop.domain,
			'x-shopify-triggered-at': at,
		},
	};
}
