import type { Feed } from '../sources/feed';
import type { ShopAdmin } from '../sources/shop-admin';
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
export function withHealing(source: Source, settings: HealingSettings): Source {
	return source.admin ? { ...source, feed: shopFeed(source, source.admin, settings) } : source;
}

function shopFeed(
	source: Pick<Source, 'id' | 'kind'>,
	admin: ShopAdmin,
	{ reconcile, writeBack, apiUrl }: HealingSettings,
): Feed {
	const reconciler = reconcile.enabled
		? createReconciler(source, admin, reconcile, apiUrl !== undefined)
		: { look: undefined, status: async () => ({}) };
	const { tags, notes, replies } = writeBack;
	const writer = tags || notes || Object.keys(replies).length > 0 ? createWriteBack(admin, writeBack) : undefined;
	return {
		look: reconciler.look ?? (async (room) => new Date(room.now().getTime() + IDLE_MS)),
		...(writer ? { tell: writer.tell } : {}),
		status: async (room) => ({ ...(await reconciler.status(room)), ...(await writer?.status(room)) }),
	};
}
