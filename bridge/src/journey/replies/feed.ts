import { digits } from '../../phone';
import type { Feed, FeedRoom } from '../../sources/feed';
import type { StoredEvent } from '../../store/store';
import type { Thread } from '../look-at-thread';
import type { ReadThread } from './answered';
import { REPLIES } from './delivery';
import type { Ear } from './heard';
import { inbox } from '../replies/inbox';
import { takeReply } from './take';
import type { wordReader } from './words';
import type { Rooms } from '../rooms';

/** A key that may not read the inbox may be given the right. */
const REFUSED_AGAIN_MS = 3_600_000;
/** A thread that cannot be read for this long is done without. */
const PATIENCE_MS = 600_000;
/** Buttons of templates are tapped days later too. */
const TAPPED_WITHIN_MS = 30 * 86_400_000;

export interface RepliesFeedNeeds {
	ear: Ear;
	wordOf: ReturnType<typeof wordReader>;
	thread: Thread;
	/** Written here: the API does not let us read the inbox. */
	polls: { refused: boolean };
}

/** Looks up in threads what stored taps answer, and at the inbox. */
export function repliesFeed(rooms: Rooms, { ear, wordOf, thread, polls }: RepliesFeedNeeds): Feed {
	const { store, clock, config } = rooms;
	const after = (ms: number) => new Date(clock.now().getTime() + ms);
	const lookAtInbox = inbox(rooms, ear);

	/** What could not be settled stays for the next look; answers why. */
	async function settle(): Promise<unknown[]> {
		const faults: unknown[] = [];
		for (let cursor: string | undefined; ;) {
			const page = await store.events({ source: REPLIES, state: 'stored', limit: 100, cursor });
			// Oldest first; one that was never planned is for the planner.
			for (const { id, plannedAt } of page.items.toReversed()) {
				const event = plannedAt && (await store.event(id));
				if (event)
					await takeReply(rooms, event, { wordOf, read: readFor }).catch((error: unknown) => faults.push(error));
			}
			cursor = page.next;
			if (cursor === undefined) return faults;
		}
	}
	async function readFor(from: string, event: StoredEvent): Promise<ReadThread> {
		const since = new Date(event.receivedAt.getTime() - TAPPED_WITHIN_MS);
		try {
			return { messages: await thread(digits(from), since), whole: true };
		} catch (error) {
			if (clock.now().getTime() - event.receivedAt.getTime() < PATIENCE_MS) throw error;
			return { messages: [], whole: true };
		}
	}

	async function poll(room: FeedRoom): Promise<void> {
		const look = await lookAtInbox(room);
		if (look.kind === 'refused' && !polls.refused)
			room.tell(
				'warn',
				{ stage: 'replies', reason: 'no-inbox' },
				`Answers are not read: ${look.reason}. Give the API key the right to read chats; or set replies.every: off and let a flow post them (docs/replies.md)`,
			);
		polls.refused = look.kind === 'refused';
	}

	return {
		look: async (room) => {
			const faults = await settle();
			const { every } = config.replies;
			if (every !== undefined) await poll(room);
			if (faults.length > 0) throw faults[0];
			return after(every === undefined || polls.refused ? REFUSED_AGAIN_MS : every);
		},
		status: async ({ cursor }) => ({
			reads: config.replies.every === undefined ? 'off' : polls.refused ? 'not allowed' : 'on',
			seen: (await cursor('seen')) ?? null,
		}),
	};
}
