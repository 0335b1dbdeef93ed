import { chatsSince, type Chat, numberIds, phoneOf } from '../messlo/chats';
import { readThread } from '../messlo/thread';
import { digits } from '../phone';
import type { Feed, FeedRoom } from '../sources/feed';
import type { StoredEvent } from '../store/store';
import type { Thread } from './look-at-thread';
import type { ReadThread } from './replies-answered';
import { REPLIES } from './replies-delivery';
import { dateOf, type Ear } from './replies-heard';
import { takeReply } from './replies-take';
import type { wordReader } from './replies-words';
import type { Rooms } from './rooms';

/** What the API lists late is still seen: chats this much older than the newest one are looked at again when they changed. */
const OVERLAP_MS = 120_000;
/** A key that may not read the inbox may be given the right. */
const REFUSED_AGAIN_MS = 3_600_000;
/** A thread that cannot be read for this long is done without. */
const PATIENCE_MS = 600_000;
/** Buttons of templates are tapped days later too. */
const TAPPED_WITHIN_MS = 30 * 86_400_000;
const REMEMBERED = 20_000;

export interface RepliesFeedNeeds {
	ear: Ear;
	wordOf: ReturnType<typeof wordReader>;
	thread: Thread;
	/** Written here: the API does not let us read the inbox. */
	polls: { refused: boolean };
}

/**
 * Looks up in threads what stored taps answer, and at the inbox: one call for fifty chats in which something happened, one for
 * each of these in which a person may have written.
 */
export function repliesFeed(rooms: Rooms, { ear, wordOf, thread, polls }: RepliesFeedNeeds): Feed {
	const { store, clock, config, api } = rooms;
	const after = (ms: number) => new Date(clock.now().getTime() + ms);
	const contacts = new Map<string, string>();
	/** Of each contact, the last state of the chat that was read. */
	const read = new Map<string, string>();
	let numbers: Promise<(string | undefined)[]> | undefined;

	async function settle(): Promise<void> {
		for (let cursor: string | undefined; ;) {
			const page = await store.events({ source: REPLIES, state: 'stored', limit: 100, cursor });
			// Oldest first; one that was never planned is for the planner.
			for (const { id, plannedAt } of page.items.toReversed()) {
				const event = plannedAt && (await store.event(id));
				if (event) await takeReply(rooms, event, { wordOf, read: readFor });
			}
			cursor = page.next;
			if (cursor === undefined) return;
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

	async function poll(room: FeedRoom): Promise<boolean> {
		const seen = dateOf(await room.cursor('seen'));
		if (seen === undefined) {
			const now = room.now().toISOString();
			if ((await room.cursor('begin')) === undefined) await room.saveCursor('begin', now);
			await room.saveCursor('seen', now);
		}
		const since = new Date((seen ?? room.now()).getTime() - OVERLAP_MS);
		let newest = seen ?? room.now();
		for (const number of await senders()) {
			const list = await chatsSince(api, since, { number });
			if (list.kind === 'refused') {
				if (!polls.refused)
					room.tell(
						'warn',
						{ stage: 'replies', reason: 'no-inbox' },
						`Answers are not read: ${list.reason}. Give the API key the right to read chats; or set replies.every: off and let a flow post them (docs/replies.md)`,
					);
				return false;
			}
			if (list.more)
				room.tell(
					'warn',
					{ stage: 'replies', chats: list.chats.length },
					'More chats changed than one look takes; the oldest are left out',
				);
			for (const chat of list.chats.toReversed()) {
				if (room.signal.aborted) return true;
				await readChat(chat, since);
				if (chat.at && chat.at > newest) newest = chat.at;
			}
		}
		await room.saveCursor('seen', newest.toISOString());
		return true;
	}

	async function readChat(chat: Chat, since: Date): Promise<void> {
		const state = `${chat.last.ids[0] ?? ''} ${chat.at?.toISOString() ?? ''}`;
		if (!mayHold(chat) || read.get(chat.contact) === state) return;
		const phone = chat.phone ?? (await phoneOf(api, chat.contact));
		if (phone === undefined || phone === '') return;
		contacts.set(phone, chat.contact);
		await ear.hear(phone, (await readThread(api, phone, since, contacts)) ?? []);
		if (read.size >= REMEMBERED) read.clear();
		read.set(chat.contact, state);
	}

	/** The inbox is that of one number of ours; undefined stands for the primary one. */
	function senders(): Promise<(string | undefined)[]> {
		numbers ??= numberIds(api).then(
			(ids) => {
				const wanted = [config.messlo.sender, ...rooms.mappings.flatMap(({ sender }) => sender ?? [])];
				return [...new Set(wanted.map((number) => ids.get(number)))];
			},
			(): (string | undefined)[] => {
				numbers = undefined;
				return [undefined];
			},
		);
		return numbers;
	}

	return {
		look: async (room) => {
			await settle();
			const { every } = config.replies;
			if (every === undefined) return after(REFUSED_AGAIN_MS);
			polls.refused = !(await poll(room));
			return after(polls.refused ? REFUSED_AGAIN_MS : every);
		},
		status: async ({ cursor }) => ({
			reads: config.replies.every === undefined ? 'off' : polls.refused ? 'not allowed' : 'on',
			seen: (await cursor('seen')) ?? null,
		}),
	};
}

/** Behind a template that went out last, a person's message shows in its thread, which is read for the template's own state. */
const mayHold = ({ last, unread }: Chat): boolean => last.outgoing !== true || !last.template || (unread ?? 0) > 0;
