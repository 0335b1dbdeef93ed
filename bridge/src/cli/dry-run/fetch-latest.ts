import { setTimeout as sleep } from 'node:timers/promises';
import type { Delivery } from '../../domain';
import { ShopError } from '../../sources/shop-error';
import type { Source } from '../../sources/source';

/** What was fetched; `count`: how many orders, rows or appointments. */
export interface Fetched {
	count: number;
	deliveries: Delivery[];
}

export interface Patience {
	now: Date;
	/** Told while it waits or works: for a person, not part of the result. */
	progress?: (text: string) => void;
	wait?: (ms: number) => Promise<unknown>;
}

/** The newest orders of a shop, each with the webhooks its life would have been; or what a sheet or calendar would send for next. */
export async function fetchLatest(source: Source, count: number, patience: Patience): Promise<Fetched> {
	const { admin, feed, id, kind } = source;
	const { now } = patience;
	if (admin) {
		const orders = (await patiently(() => admin.latest(count), patience)).toReversed();
		const deliveries: Delivery[] = [];
		for (const [index, order] of orders.entries()) {
			patience.progress?.(`Fetching ${order.name}, ${index + 1} of ${orders.length} …`);
			const life = async () => order.missed({ events: [] });
			deliveries.push(...(await patiently(life, patience).catch(nothingWhenGone)));
		}
		return { count: orders.length, deliveries };
	}
	if (feed?.latest) {
		const look = feed.latest.bind(feed);
		const fetch = () => look(count, { now: () => now, signal: AbortSignal.timeout(120_000) });
		const latest = await patiently(fetch, patience);
		// Of two rows that say the same the first one counts, and rows come last one first.
		const deliveries = kind === 'google-sheets' ? latest.toReversed() : latest;
		return { count: deliveries.length, deliveries };
	}
	const connection = kind.startsWith('google') ? 'google' : kind;
	throw new Error(
		`The bridge has no key with which it could ask '${id}' for its orders. Run: messlo-bridge connect ${connection} --id ${id}`,
	);
}

/** Deleted while we looked. */
function nothingWhenGone(error: unknown): Delivery[] {
	if (error instanceof ShopError && error.kind === 'gone') return [];
	throw error;
}

const MOST_WAITS = 10;

/** Whoever asks to slow down says for how long: a person who waits for the answer waits that long too. */
async function patiently<T>(work: () => Promise<T>, { progress, wait = sleep }: Patience): Promise<T> {
	for (let waits = 0; ; waits += 1) {
		try {
			return await work();
		} catch (error) {
			const ms: unknown = Reflect.get(Object(error), 'retryAfterMs');
			if (typeof ms !== 'number' || waits === MOST_WAITS) throw error;
			progress?.(`Asked to slow down: waiting ${Math.ceil(ms / 1000)} s …`);
			await wait(ms);
		}
	}
}
