import type { Feed, FeedRoom } from '../sources/feed';
import type { LedgerOrder, ShopAdmin, ShopOrder, Subscriptions } from '../sources/shop-admin';
import { ShopError } from '../sources/shop-error';
import type { Source } from '../sources/source';
import { MISSED_HEADER } from './missed';

export interface ReconcileSettings {
	/** Milliseconds between two looks. */
	every: number;
	/** Milliseconds: what happened longer ago is not stored. */
	limit: number;
	missed: 'send' | 'ask';
}

/** A webhook that is on its way is not missed: what changed this lately is left to the next look. */
const ON_ITS_WAY_MS = 120_000;
/** Shops write a change down some time after the moment it bears. */
const OVERLAP_MS = 300_000;
/** How far it got is saved after so many orders, so that a look that ends early goes on from there. */
const SAVE_EVERY = 50;
/** An order that the shop cannot give stops the others no longer than this many looks. */
const LOOKS_AT_ONE_ORDER = 5;

/** What the reconciler did since the bridge was installed. */
interface Healed {
	/** Events stored whose webhook had not come. */
	found: number;
	/** Subscriptions put back or mended. */
	restored: number;
	lastFound?: string;
}

/** Finds subscriptions that the shop removed, and orders whose webhooks never came; puts the former back and stores the latter. */
export function createReconciler(
	source: Pick<Source, 'id' | 'kind'>,
	admin: ShopAdmin,
	settings: ReconcileSettings,
	standIn: boolean,
): Required<Pick<Feed, 'look' | 'status'>> {
	let subscriptions: Subscriptions | undefined;
	/** A look that the shop made end early comes again soon; the subscriptions need not be looked at again then. */
	let healedAt = -Infinity;
	let complaint = '';
	/** By id: the state of the order that was compared last. */
	let compared = new Map<string, number>();
	let stuck = { order: '', looks: 0 };

	async function healSubscriptions(room: FeedRoom): Promise<void> {
		const address = `${room.publicUrl}/webhooks/${source.kind}/${source.id}`;
		const now = room.now().getTime();
		if ((!standIn && !address.startsWith('https:')) || now < healedAt + settings.every) return;
		const connected = (await room.cursor('subscribed')) === address;
		subscriptions = await admin.subscribe(address);
		healedAt = now;
		const { created, mended, refused } = subscriptions;
		if (!connected) await room.saveCursor('subscribed', address);
		const restored = [...created, ...mended];
		if (connected && restored.length > 0) {
			await remember(room, { restored: restored.length });
			room.tell(
				'warn',
				{ stage: 'subscriptions', created, mended },
				'The shop had dropped webhook subscriptions; they are back. Shops do this when the bridge fails to answer for a while',
			);
		} else if (restored.length > 0) room.tell('info', { stage: 'subscriptions', created, mended });
		const complaints = JSON.stringify(refused);
		if (refused.length > 0 && complaints !== complaint)
			room.tell('warn', { stage: 'subscriptions', refused }, 'The shop refuses webhook subscriptions');
		complaint = complaints;
	}

	async function catchUp(room: FeedRoom): Promise<void> {
		const now = room.now().getTime();
		const began = Number((await room.cursor('began')) ?? NaN);
		if (Number.isNaN(began)) {
			// What the shop did before it was connected was not the bridge's to tell.
			await room.saveCursor('since', String(now));
			await room.saveCursor('began', String(now));
			return;
		}
		const notBefore = Math.max(began, now - settings.limit);
		let since = Math.max(Number(await room.cursor('since')), notBefore);
		const from = since - OVERLAP_MS;
		compared = new Map([...compared].filter(([, state]) => state >= from));
		let [orders, found] = [0, 0];
		try {
			for await (const order of admin.changedSince(new Date(from), room.signal)) {
				const state = order.updatedAt.getTime();
				if (state > now - ON_ITS_WAY_MS || room.signal.aborted) break;
				if (compared.get(order.id) !== state) found += await compare(room, order, new Date(notBefore));
				compared.set(order.id, state);
				since = Math.max(since, state);
				orders += 1;
				if (orders % SAVE_EVERY === 0) await room.saveCursor('since', String(since));
			}
		} finally {
			await room.saveCursor('since', String(since));
			if (found > 0) {
				await remember(room, { found });
				room.tell('warn', { stage: 'reconciled', orders, found }, 'Webhooks had not come; their orders were fetched');
			}
		}
	}

	/** How many events of the order were missed, and are stored now. */
	async function compare(room: FeedRoom, order: ShopOrder, notBefore: Date): Promise<number> {
		try {
			const missed = await order.missed(await knownOf(room, order, notBefore));
			const wanted = missed.filter(
				({ triggeredAt }) => triggeredAt === undefined || new Date(triggeredAt) >= notBefore,
			);
			let found = 0;
			for (const delivery of wanted) {
				const headers = { ...delivery.headers, [MISSED_HEADER]: settings.missed };
				const { duplicate } = await room.save({ ...delivery, headers });
				if (!duplicate) found += 1;
			}
			return found;
		} catch (error) {
			stuck = { order: order.id, looks: stuck.order === order.id ? stuck.looks + 1 : 1 };
			const hopeless = error instanceof ShopError && (error.kind === 'gone' || error.kind === 'rejected');
			if (!hopeless && stuck.looks < LOOKS_AT_ONE_ORDER) throw error;
			room.tell(
				'warn',
				{ stage: 'reconciled', order: order.id, err: error },
				'An order cannot be fetched; it is left out',
			);
			return 0;
		}
	}

	return {
		look: async (room) => {
			let fault: unknown;
			await healSubscriptions(room).catch((error: unknown) => {
				fault = error;
			});
			await catchUp(room);
			if (fault !== undefined) throw fault;
			return new Date(room.now().getTime() + settings.every);
		},
		status: async (room) => ({
			reconciled: await healedOf(room),
			...(subscriptions ? { subscriptions: subscriptionStatus(subscriptions) } : {}),
		}),
	};
}

async function knownOf(room: FeedRoom, { id }: ShopOrder, notBefore: Date): Promise<LedgerOrder> {
	const events = await room.eventsOf(id);
	const states = events.flatMap(({ occurredAt, stateAt }) => [occurredAt, stateAt].filter((at) => at !== undefined));
	const newest = Math.max(...states.map((at) => at.getTime()));
	return { events, notBefore, ...(states.length === 0 ? {} : { updatedAt: new Date(newest) }) };
}

const healedOf = async (room: Pick<FeedRoom, 'cursor'>): Promise<Healed> =>
	JSON.parse((await room.cursor('healed')) ?? '{"found":0,"restored":0}') as Healed;

async function remember(room: FeedRoom, { found = 0, restored = 0 }: Partial<Healed>): Promise<void> {
	const before = await healedOf(room);
	const healed: Healed = {
		...before,
		found: before.found + found,
		restored: before.restored + restored,
		...(found > 0 ? { lastFound: room.now().toISOString() } : {}),
	};
	await room.saveCursor('healed', JSON.stringify(healed));
}

const subscriptionStatus = ({ present, created, mended, refused }: Subscriptions) => ({
	active: [...present, ...created, ...mended].length,
	refused,
});
