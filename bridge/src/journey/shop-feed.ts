import { setTimeout } from 'node:timers/promises';
import type { Delivery } from '../domain';
import type { Feed } from '../sources/feed';
import type { ShopAdmin } from '../sources/shop-admin';
import { ShopError } from '../sources/shop-error';
import type { Source } from '../sources/source';
import { createReconciler, type ReconcileSettings } from './reconcile';
import { createWriteBack, type WriteBackSettings } from './write-back';

export interface HealingSettings {
	reconcile: ReconcileSettings & { enabled: boolean };
	writeBack: WriteBackSettings;
	/** A stand-in for the shop's API takes addresses that are not https. */
	apiUrl?: string | undefined;
}

/** A day is as good as never: a feed that does not look is asked again then. */
const IDLE_MS = 86_400_000;

/** A shop whose own API may be asked: what it lost is caught up on, and it is told what became of its orders. */
export function withHealing(source: Source, settings: HealingSettings, wait: Wait = pause): Source {
	return source.admin ? { ...source, feed: shopFeed(source, source.admin, settings, wait) } : source;
}

type Wait = (ms: number, signal: AbortSignal) => Promise<void>;
const pause: Wait = (ms, signal) => setTimeout(ms, undefined, { signal });
const MOST_PAUSES = 20;

/** For a person who waits for the answer: pauses as long as the shop asks for. */
async function patiently<T>(work: () => Promise<T>, signal: AbortSignal, wait: Wait): Promise<T> {
	for (let pauses = 0; ; pauses += 1)
		try {
			return await work();
		} catch (error) {
			if (!(error instanceof ShopError) || error.retryAfterMs === undefined || pauses === MOST_PAUSES) throw error;
			await wait(error.retryAfterMs, signal);
		}
}

function shopFeed(
	source: Pick<Source, 'id' | 'kind'>,
	admin: ShopAdmin,
	{ reconcile, writeBack, apiUrl }: HealingSettings,
	wait: Wait,
): Feed {
	const reconciler = reconcile.enabled
		? createReconciler(source, admin, reconcile, apiUrl !== undefined)
		: { look: undefined, status: async () => ({}) };
	const { tags, notes, replies } = writeBack;
	const writer = tags || notes || Object.keys(replies).length > 0 ? createWriteBack(admin, writeBack) : undefined;
	return {
		look: reconciler.look ?? (async (room) => new Date(room.now().getTime() + IDLE_MS)),
		...(writer ? { tell: writer.tell } : {}),
		latest: async (count, { signal }) => {
			const deliveries: Delivery[] = [];
			for (const order of await patiently(() => admin.latest(count), signal, wait))
				deliveries.push(...(await patiently(async () => order.missed({ events: [] }), signal, wait)));
			return deliveries;
		},
		status: async (room) => ({ ...(await reconciler.status(room)), ...(await writer?.status(room)) }),
	};
}
