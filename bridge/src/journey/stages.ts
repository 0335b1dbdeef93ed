import type { Happening } from '../domain';
import type { Message, Stage } from '../store/store';

/**
 * The life of an order, in ranks. Created and paid are one: shops send them in any order within a second. A parcel that could not be
 * delivered may be delivered later.
 */
const RANKS = { 'order.created': 0, 'order.paid': 0, 'order.fulfilled': 1 } as const;
const PARCEL_RANKS = { in_transit: 2, out_for_delivery: 3, failed: 4, delivered: 5 } as const;

/** Digital goods are fulfilled in the second in which they are ordered: their confirmation is no old news yet. */
const CONFIRMS_FOR_MS = 600_000;

/** Which state a message of this happening tells of; undefined for what does not follow the life of an order, such as a refund. */
export function stageOf({ event, shipment, occurredAt }: Happening): Stage | undefined {
	const at = new Date(occurredAt);
	if (event === 'shipment.updated') return shipment && { parcel: shipment.id, rank: PARCEL_RANKS[shipment.status], at };
	return event in RANKS ? { parcel: shipment?.id ?? '', rank: RANKS[event as keyof typeof RANKS], at } : undefined;
}

const LEFT: readonly Message['state'][] = ['sending', 'sent', 'unknown', 'delivered', 'read'];

/**
 * The message that has left and tells of a newer state than this one; undefined when it may leave. One of a parcel is overtaken by those of
 * the same parcel only; one of the order by those of any.
 */
export function overtakenBy(message: Pick<Message, 'id' | 'stage'>, others: readonly Message[]): Message | undefined {
	const { stage } = message;
	if (!stage) return undefined;
	const newsFor = stage.rank === 0 ? CONFIRMS_FOR_MS : 0;
	return others.find(
		({ id, state, stage: newer }) =>
			newer !== undefined &&
			id !== message.id &&
			LEFT.includes(state) &&
			newer.rank > stage.rank &&
			newer.at.getTime() >= stage.at.getTime() + newsFor &&
			(stage.parcel === '' || stage.parcel === newer.parcel),
	);
}
