import type { Feed, FeedRoom } from '../sources/feed';
import type { ShopAdmin } from '../sources/shop-admin';
import { ShopError } from '../sources/shop-error';
import { marksOf, type OrderMarks, type WriteBackSettings } from './annotations';

export type { WriteBackSettings } from './annotations';

/** Changes taken in one go: those of one order become one call. */
const BATCH = 100;
/** Orders that could not be written to are kept and tried again; beyond so many, the ledger is not read on. */
const MOST_WAITING = 200;
/** After a call that failed, in ms; the last one over and over. */
const AGAIN_AFTER = [5_000, 30_000, 120_000, 600_000, 3_600_000];
/** More than a day. */
const MOST_TRIES = 30;

/** An order that is still to be written to. */
interface Waiting extends OrderMarks {
	tries: number;
	/** Milliseconds since 1970. */
	at: number;
}
/** How far the ledger was read, and what is left over of it; saved as one value. */
interface Book {
	told: number;
	waiting: Record<string, Waiting>;
}

/** Writes to the shop's orders what became of their messages. A failure keeps its order waiting and no other. */
export function createWriteBack(
	admin: Pick<ShopAdmin, 'annotate'>,
	settings: WriteBackSettings,
): Required<Pick<Feed, 'tell' | 'status'>> {
	/** The shop cannot be written to at all before this; lost in a restart, which costs one call. */
	let restUntil = 0;

	async function tell(room: FeedRoom): Promise<number> {
		const now = room.now().getTime();
		if (now < restUntil) return 0;
		const book = await bookOf(room);
		const full = Object.keys(book.waiting).length >= MOST_WAITING;
		const changes = full ? [] : await room.changes(book.told, BATCH);
		for (const change of changes) {
			book.told = change.number;
			const reading = change.subject === undefined ? undefined : await room.reading(change.event);
			const marks = reading && marksOf(change, reading, settings);
			if (marks && change.subject !== undefined)
				book.waiting[change.subject] = merge(book.waiting[change.subject], marks, now);
		}
		const due = Object.entries(book.waiting).filter(([, { at }]) => at <= now);
		if (changes.length + due.length === 0) return 0;
		let [written, failed] = [0, 0];
		for (const [order, marks] of due) {
			if (room.signal.aborted || now < restUntil) break;
			if (await write(room, book, order, marks)) written += 1;
			else failed += 1;
			// Not this order: the shop.
			if (written === 0 && failed === 3) restUntil = now + waitOf(undefined, marks.tries);
		}
		await room.saveCursor('write-back', JSON.stringify(book));
		return changes.length + written;
	}

	/** True when the order needs nothing more. */
	async function write(room: FeedRoom, book: Book, order: string, marks: Waiting): Promise<boolean> {
		try {
			const note = marks.notes.join('\n');
			await admin.annotate(order, { tags: marks.tags, ...(note === '' ? {} : { note }) });
		} catch (error) {
			const kind = error instanceof ShopError ? error.kind : 'later';
			const line = { stage: 'telling', order, err: error };
			if (kind === 'later' || kind === 'refused') {
				const wait = waitOf(error, marks.tries);
				book.waiting[order] = { ...marks, tries: marks.tries + 1, at: room.now().getTime() + wait };
				if (error instanceof ShopError && (kind === 'refused' || error.retryAfterMs !== undefined))
					restUntil = room.now().getTime() + wait;
				if (marks.tries + 1 < MOST_TRIES) {
					if (marks.tries === 0) room.tell('warn', line, 'An order cannot be written to; it is tried again');
					return false;
				}
			}
			room.tell('warn', line, 'An order cannot be written to; it is left as it is');
		}
		delete book.waiting[order];
		return true;
	}

	return {
		tell,
		status: async (room) => ({ writeBack: { waiting: Object.keys((await bookOf(room)).waiting).length } }),
	};
}

const bookOf = async (room: Pick<FeedRoom, 'cursor'>): Promise<Book> =>
	JSON.parse((await room.cursor('write-back')) ?? '{"told":0,"waiting":{}}') as Book;

const merge = (waiting: Waiting | undefined, { tags, notes }: OrderMarks, now: number): Waiting => ({
	tags: [...new Set([...(waiting?.tags ?? []), ...tags])],
	notes: [...new Set([...(waiting?.notes ?? []), ...notes])],
	tries: waiting?.tries ?? 0,
	at: waiting?.at ?? now,
});

const waitOf = (error: unknown, tries: number): number =>
	(error instanceof ShopError ? error.retryAfterMs : undefined) ??
	AGAIN_AFTER[Math.min(tries, AGAIN_AFTER.length - 1)] ??
	0;
