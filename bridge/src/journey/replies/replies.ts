import type { Feed } from '../../sources/feed';
import type { Verify } from '../../sources/source';
import type { StoredEvent } from '../../store/store';
import type { Thread } from '../look-at-thread';
import { repliesDoor } from './door';
import { repliesFeed } from './feed';
import { heard } from './heard';
import { takeReply } from './take';
import { wordReader } from './words';
import type { Rooms } from '../rooms';

/** What people answer: heard by a flow that posts it, by looking at the inbox, and in threads that are read anyway. */
export interface Replies {
	/** `POST /webhooks/messlo/replies` */
	door: Verify;
	feed: Feed;
	/** What a stored message means; true when the thread has to be looked at first, which the feed does. */
	take(event: StoredEvent): Promise<boolean>;
	/** The same threads, listened to; not those that are read back to their beginning: what was said long ago was heard then. */
	listening(thread: Thread): Thread;
}

export function createReplies(rooms: Rooms, thread: Thread, stored: () => void): Replies {
	const wordOf = wordReader(rooms.config.replies);
	const ear = heard(rooms, wordOf, stored);
	const polls = { refused: false };
	return {
		door: repliesDoor(rooms.config.replies, () => rooms.config.replies.every !== undefined && !polls.refused),
		feed: repliesFeed(rooms, { ear, wordOf, thread, polls }),
		take: (event) => takeReply(rooms, event, { wordOf }),
		listening: (read) => async (phone, since) => {
			const seen = await read(phone, since);
			if (since === undefined) return seen;
			await ear.hear(phone, seen).catch((error: unknown) => {
				rooms.log.error(
					{ err: error, stage: 'replies' },
					'What a person wrote could not be kept; it is looked for again',
				);
			});
			return seen;
		},
	};
}
