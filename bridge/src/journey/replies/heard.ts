import type { ThreadMessage } from '../../messlo/thread';
import { asDialled } from '../../phone';
import { answeredMessage } from './answered';
import { heardDelivery, REPLIES } from './delivery';
import type { wordReader } from './words';
import type { Rooms } from '../rooms';

/** Where it is kept from when on the inbox is read. */
export const BEGIN = `${REPLIES}/begin`;
const REMEMBERED = 20_000;

export interface Ear {
	/** Keeps what a person wrote in this thread, as far as the bridge acts on it; the rest stays in the inbox alone. */
	hear(phone: string, thread: readonly ThreadMessage[]): Promise<void>;
}

export function heard(rooms: Rooms, wordOf: ReturnType<typeof wordReader>, stored: () => void): Ear {
	const { store, clock, config } = rooms;
	/** Threads are read over and over; what was looked at is not looked at again. */
	const known = new Set<string>();
	let begin: Date | undefined;

	async function hearOne(
		from: string,
		thread: readonly ThreadMessage[],
		inbound: NonNullable<ThreadMessage['inbound']>,
	) {
		const { at, text, tapped } = inbound;
		if (at === undefined || text === undefined) return;
		const said = { ...inbound, at, from };
		const word = wordOf(text);
		const answered =
			word && !tapped ? undefined : await answeredMessage(rooms, said, { messages: thread, whole: false });
		const message = answered?.kind === 'found' ? answered.message : undefined;
		if (!word && !message && answered?.kind !== 'look') return;
		const now = clock.now();
		const { duplicate } = await store.saveEvent(heardDelivery(said, message), { receivedAt: now, verifiedAt: now });
		if (!duplicate) stored();
	}

	return {
		hear: async (phone, thread) => {
			if (config.replies.every === undefined) return;
			begin ??= dateOf(await store.cursor(BEGIN));
			if (begin === undefined) return;
			const since = begin;
			const fresh = thread
				.flatMap(({ inbound }) => inbound ?? [])
				.filter(({ at, ids: [id] }) => at !== undefined && at > since && id !== undefined && !known.has(id))
				.sort((a, b) => Number(a.at) - Number(b.at));
			for (const inbound of fresh) {
				await hearOne(asDialled(`+${phone}`), thread, inbound);
				if (known.size >= REMEMBERED) known.clear();
				known.add(inbound.ids[0] ?? '');
			}
		},
	};
}

export const dateOf = (iso: string | undefined): Date | undefined => (iso === undefined ? undefined : new Date(iso));
