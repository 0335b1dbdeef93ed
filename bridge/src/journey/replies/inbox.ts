import { type Chat, chatsSince, numberIds, phoneOf } from '../../messlo/chats';
import { readThread } from '../../messlo/thread';
import { reasonOf } from '../../reason-of';
import type { FeedRoom } from '../../sources/feed';
import { dateOf, type Ear } from './heard';
import type { Rooms } from '../rooms';

/** What the API lists late is still seen: chats this much older than the newest one are looked at again when they changed. */
const OVERLAP_MS = 120_000;
/** A chat that cannot be read this often in a row is left out: the others must not wait for it. */
const TRIES = 5;
const REMEMBERED = 20_000;

export type InboxLook = { kind: 'read' } | { kind: 'refused'; reason: string };

/**
 * Looks at the inbox: one call for fifty chats in which something happened, one for each of these in which a person may have
 * written. How far it has come is told by the API's clock alone.
 */
export function inbox(
	rooms: Pick<Rooms, 'api' | 'config' | 'mappings'>,
	ear: Ear,
): (room: FeedRoom) => Promise<InboxLook> {
	const { config, api } = rooms;
	const contacts = new Map<string, string>();
	/** Of each contact, the last state of the chat that was read. */
	const read = new Map<string, string>();
	const failed = new Map<string, number>();
	let numbers: Promise<(string | undefined)[]> | undefined;

	async function listed(since: Date, pages?: number) {
		const chats: Chat[] = [];
		let more = false;
		for (const number of await senders()) {
			const list = await chatsSince(api, since, { number, ...(pages === undefined ? {} : { pages }) });
			if (list.kind === 'refused') return list;
			chats.push(...list.chats);
			more ||= list.more;
		}
		chats.sort((a, b) => Number(a.at ?? 0) - Number(b.at ?? 0));
		return { kind: 'chats' as const, chats, more, newest: chats.at(-1)?.at };
	}

	/** Nothing that was written before the first look counts. */
	async function begin(room: FeedRoom): Promise<InboxLook> {
		const list = await listed(new Date(0), 1);
		if (list.kind === 'refused') return list;
		const from = (list.newest ?? new Date(room.now().getTime() - 1)).toISOString();
		if ((await room.cursor('begin')) === undefined) await room.saveCursor('begin', from);
		await room.saveCursor('seen', from);
		return { kind: 'read' };
	}

	async function readChat(room: FeedRoom, chat: Chat, since: Date): Promise<void> {
		const state = `${chat.last.ids[0] ?? ''} ${chat.at?.toISOString() ?? ''}`;
		if (!mayHold(chat) || read.get(chat.contact) === state) return;
		try {
			const phone = chat.phone ?? (await phoneOf(api, chat.contact));
			if (phone === undefined || phone === '') throw new Error('It does not say whose it is');
			contacts.set(phone, chat.contact);
			await ear.hear(phone, (await readThread(api, phone, since, contacts)) ?? []);
		} catch (error) {
			const times = (failed.get(chat.contact) ?? 0) + 1;
			failed.set(chat.contact, times);
			if (times < TRIES) throw error;
			const line = { stage: 'replies', contact: chat.contact, reason: reasonOf(error) };
			room.tell('warn', line, 'A chat cannot be read; what was written in it is left out');
		}
		failed.delete(chat.contact);
		for (const remembered of [read, failed, contacts]) if (remembered.size >= REMEMBERED) remembered.clear();
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

	return async (room) => {
		const seen = dateOf(await room.cursor('seen'));
		if (seen === undefined) return begin(room);
		const since = new Date(seen.getTime() - OVERLAP_MS);
		const list = await listed(since);
		if (list.kind === 'refused') return list;
		if (list.more)
			room.tell(
				'warn',
				{ stage: 'replies', chats: list.chats.length },
				'More chats changed than one look takes; the oldest are left out',
			);
		const faults: unknown[] = [];
		for (const chat of list.chats) {
			if (room.signal.aborted) return { kind: 'read' };
			await readChat(room, chat, since).catch((error: unknown) => faults.push(error));
		}
		// The next look begins where this one did; what was read is remembered.
		if (faults.length > 0) throw faults[0];
		if (list.newest && list.newest > seen) await room.saveCursor('seen', list.newest.toISOString());
		return { kind: 'read' };
	};
}

/** Behind a template that went out last, a person's message shows in its thread, which is read for the template's own state. */
const mayHold = ({ last, unread }: Chat): boolean => last.outgoing !== true || !last.template || (unread ?? 0) > 0;
