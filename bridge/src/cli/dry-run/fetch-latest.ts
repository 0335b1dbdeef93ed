import type { Delivery } from '../../domain';
import type { Source } from '../../sources/source';

/** What was fetched; `count`: how many orders, rows or appointments. */
export interface Fetched {
	count: number;
	deliveries: Delivery[];
}

/** The newest orders of a shop, each with the webhooks its life would have been; or what a sheet or calendar would send for next. */
export async function fetchLatest({ admin, feed, id, kind }: Source, count: number, now: Date): Promise<Fetched> {
	if (admin) {
		const orders = (await admin.latest(count)).toReversed();
		const deliveries: Delivery[] = [];
		for (const order of orders) deliveries.push(...(await order.missed({ events: [] })));
		return { count: orders.length, deliveries };
	}
	if (feed?.latest) {
		const deliveries = await feed.latest(count, { now: () => now, signal: AbortSignal.timeout(120_000) });
		return { count: deliveries.length, deliveries };
	}
	const connection = kind.startsWith('google') ? 'google' : kind;
	throw new Error(
		`The bridge has no key with which it could ask '${id}' for its orders. Run: messlo-bridge connect ${connection} --id ${id}`,
	);
}
