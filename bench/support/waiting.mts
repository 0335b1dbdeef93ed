/** A ledger in which messages wait, written by the built store itself. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { NewMessage, Store } from '../../bridge/src/store/store.ts';
import { orderBody, orderName, root } from './webhooks.mts';

const built = createRequire(join(root, 'bridge/dist/bridge/src/'));

/** So many messages of one event, each of an order and a buyer of its own. */
const AT_ONCE = 1000;

/** Leaves `count` messages that are due now in the ledger at this address, of orders from `first` on. */
export async function fillLedger(url: string, count: number, first: number): Promise<void> {
	const { openStore } = built('./store/open') as typeof import('../../bridge/src/store/open.ts');
	const address = url.startsWith('sqlite:')
		? { kind: 'sqlite' as const, path: url.slice('sqlite:'.length) }
		: { kind: 'postgres' as const, url };
	const store: Store = await openStore(address);
	try {
		const due = new Date();
		// Messages older than a minute are rechecked against their order before they go: that is age, not number.
		const young = new Date(due.getTime() + 600_000);
		for (let done = 0; done < count; done += AT_ONCE) {
			const body = orderBody(first + done);
			const delivery = { source: 'acme', topic: 'orders/create', deliveryKey: `filled-${done}`, headers: {}, body };
			const { id } = await store.saveEvent(delivery, { receivedAt: due, verifiedAt: due });
			const messages = Array.from({ length: Math.min(AT_ONCE, count - done) }, (_, index): NewMessage => {
				const n = first + done + index;
				return {
					subject: String(6_310_000_000_000 + n),
					mapping: 'order-update',
					template: 'order_update',
					language: 'en_US',
					to: `+9170${String(n).padStart(8, '0')}`,
					variables: { 1: 'R Sharma', 2: orderName(n) },
					onceKey: `filled/${n}`,
					state: 'waiting',
					dueAt: due,
				};
			});
			await store.planEvent(id, { state: 'mapped', event: 'order.created', occurredAt: due }, messages, young);
		}
	} finally {
		await store.close();
	}
}
