import { Loop } from './delivery/loop';
import type { Traffic } from './ingress/arrivals';
import type { Accept } from './ingress/webhooks';
import { acceptWebhook } from './journey/accept-webhook';
import { createFeeds, type FeedState } from './journey/feeds';
import { settleUnknown, threadReader, watchSent } from './journey/look-at-thread';
import { pacedReads } from './journey/paced-reads';
import { mayGoAgain } from './journey/may-go-again';
import { planEvent } from './journey/plan-event';
import { createReplies } from './journey/replies/replies';
import { REPLIES } from './journey/replies/delivery';
import { forgetOld } from './journey/retention';
import type { Rooms } from './journey/rooms';
import { sendMessage } from './journey/send-message';
import { createSendRound } from './journey/send-round';
import { takeOver } from './journey/take-over';
import { inTurns } from './journey/turns';
import type { Feed } from './sources/feed';
import { MacThread } from './sources/macs/mac-thread';

/**
 * What one round takes on. Before it is known to be a storm, planning takes fewer by each webhook of the last tenth of a second: it shares
 * the thread with the answers to shops, and between two rounds those are given.
 */
const BATCH = { plan: 20, look: 20 };
/**
 * Answers come first: while webhooks pour in nothing is planned for a while, as its commits hold the thread up for a sync each; nor in
 * the first moment of a crowd, of which a hundredth would wait for it.
 * In a storm that goes on, a batch is planned from time to time, so that messages leave all the same.
 */
const STORM = { holdMs: 10_000, planEveryMs: 200 };
/** When another process is at work on the subjects of all events that wait. */
const TURN_AGAIN_MS = 100;
/** Messages that end within this time share a look at when the next of them is due for one. */
const LOOK_WITHIN_MS = 100;
/** What is planned may wake what waited for it. Not at once: what it says is sent first. */
const WOKEN_MS = 20;
const TEMPLATES_EVERY_MS = 300_000;
const TEMPLATES_HELD_EVERY_MS = 30_000;

export interface Journey {
	/** First half: a webhook is verified, stored and answered. */
	accept: Accept;
	/** Second half: starts planning, sending and looking, and keeps on. */
	start(): void;
	/** Every source that is fetched from, and how it stands. */
	feeds(): Promise<FeedState[]>;
	/** Looks at a source now; false when there is nothing to fetch from it. */
	look(source: string): boolean;
	/** Something may have become due. */
	wake(): void;
	/** Does everything that is due by the clock, then resolves; for tests and for a last round. */
	drain(): Promise<void>;
	/** Lets what is under way end, and starts nothing new. */
	stop(): Promise<void>;
}

/**
 * The whole way of an order:
 * webhook → verify → store → 200 · stored event → read → mappings → messages · due message → document → API → ledger ·
 * unknown message → thread → sent or sent again · sent message → thread → delivered, read.
 */
export function createJourney(
	rooms: Rooms,
	traffic: () => Traffic,
	feedsOf: ReadonlyMap<string, Feed> = new Map(),
): Journey {
	const { store, clock, log, templates } = rooms;
	const macs = new MacThread();
	const reads = pacedReads(threadReader(rooms), rooms.config.messlo.perSecond, clock);
	const { read } = reads;
	const replies = createReplies(rooms, read, () => {
		stored();
	});
	const thread = replies.listening(read);
	/** Still `sending` in the ledger, which did not take how it ended (disk full): they may have arrived, and are settled when it does. */
	const stranded = new Set<string>();
	const after = (ms: number) => new Date(clock.now().getTime() + ms);
	let plannedAt = 0;
	const planned = () => {
		send.wake();
	};

	async function planRound(): Promise<Date | undefined> {
		const storming = traffic().storm();
		if (storming !== undefined && (storming < STORM.holdMs || Date.now() - plannedAt < STORM.planEveryMs))
			return after(STORM.planEveryMs);
		const gathering = traffic().gathering();
		if (gathering !== undefined) return after(gathering);
		const most = storming === undefined ? Math.max(1, BATCH.plan - traffic().lately()) : BATCH.plan;
		const events = await store.unplannedEvents(most);
		// What a single one says is on its way before it is logged.
		const alone = events.mine.length === 1 && events.mine[0]?.source !== REPLIES;
		// Together, so that they share a commit. A shipment beside its order waits for it and is woken by it.
		const planning = await inTurns(rooms, events, async (event) => {
			if (event.source !== REPLIES) await planEvent(alone ? { ...rooms, planned } : rooms, event);
			else if (await replies.take(event)) feeds.look(REPLIES);
		});
		plannedAt = Date.now();
		if (events.mine.length === 0) return undefined;
		if (planning === 0) return after(TURN_AGAIN_MS);
		if (!alone) send.wake();
		return events.mine.length < most ? after(WOKEN_MS) : clock.now();
	}

	/** Of sources that do not want it, nothing is asked. */
	async function freshen(source: string): Promise<boolean> {
		if (feedsOf.get(source)?.freshMs === undefined) return true;
		await feeds.freshen(source);
		// Others plan as well: what they have taken is not given to this process.
		if (store.pollMs !== undefined) return (await store.tally(source))['stored'] === 0;
		const { mine: unplanned } = await store.unplannedEvents(BATCH.plan);
		return unplanned.length < BATCH.plan && unplanned.every((event) => event.source !== source);
	}

	async function lookRound(): Promise<Date | undefined> {
		const now = clock.now();
		for (const id of stranded) {
			const reason = 'the bridge failed while sending; it may have arrived';
			await store.changeMessage(id, ['sending'], { state: 'unknown', dueAt: now, reason });
			stranded.delete(id);
		}
		const unknown = await store.unknownDue(now, BATCH.look);
		for (const message of unknown) await settleUnknown(rooms, message, thread);
		const watched = await store.watchedDue(now, BATCH.look);
		await watchSent(rooms, watched, thread);
		if (unknown.length + watched.length > 0) send.wake();
		return store.nextLook();
	}

	/** Of the other processes on this ledger, where there are any. */
	async function takeOverRound(): Promise<undefined> {
		if (store.pollMs !== undefined && (await takeOver(rooms))) look.wake();
	}

	async function templateRound(): Promise<Date> {
		const read = await templates.refresh();
		if (!read.ok)
			log.warn({ stage: 'templates', reason: read.reason }, 'The list of templates cannot be read; it is tried again');
		const held = Object.keys(await store.heldCauses()).filter((cause) => cause.startsWith('template:'));
		for (const cause of held) {
			const [, name = '', language = ''] = cause.split(':');
			if (!templates.approvedLanguages(name)?.includes(language)) continue;
			const released = await store.release(cause, clock.now());
			log.info({ stage: 'released', template: name, language, messages: released });
		}
		send.wake();
		return after(!read.ok || held.length > 0 ? TEMPLATES_HELD_EVERY_MS : TEMPLATES_EVERY_MS);
	}

	const failed = (what: string) => (error: unknown) => {
		log.error({ err: error, stage: what }, `${what} failed; it is tried again`);
	};
	const sending = createSendRound(
		rooms,
		async (message) => {
			const sent = (await mayGoAgain(rooms, message, read))
				? await sendMessage({ ...rooms, freshen }, message)
				: undefined;
			// It may have arrived: its thread is read at once.
			if (sent?.trouble?.name === 'no-answer') look.wake();
			return sent;
		},
		(message, error) => {
			log.error({ err: error, message: message.id }, 'sending failed inside the bridge');
			stranded.add(message.id);
		},
		() => {
			send.wake();
			look.wakeWithin(LOOK_WITHIN_MS);
		},
	);
	const plan = new Loop(planRound, clock, failed('planning'), store.pollMs);
	const send = new Loop(() => sending.round(), clock, failed('sending'), store.pollMs);
	const look = new Loop(() => reads.paced(lookRound), clock, failed('looking'), store.pollMs);
	const others = new Loop(takeOverRound, clock, failed('taking over'), store.pollMs);
	const approve = new Loop(templateRound, clock, failed('templates'));
	const forget = new Loop(() => forgetOld(rooms), clock, failed('forgetting'));
	const stored = () => {
		// After the shop's answer, which is on its way.
		if (traffic().storm() === undefined) setImmediate(() => plan.wake());
		else plan.wakeWithin(STORM.planEveryMs);
	};
	const feeds = createFeeds(rooms, new Map([...feedsOf, [REPLIES, replies.feed]]), stored);
	const wake = () => {
		plan.wake();
		send.wake();
		look.wake();
	};

	return {
		accept: acceptWebhook(rooms, stored, (source) => void feeds.look(source), replies.door, macs),
		feeds: () => feeds.states(),
		look: (source) => feeds.look(source),
		start: () => {
			for (const loop of [others, approve, plan, send, look, forget]) loop.start();
			feeds.start();
		},
		wake,
		drain: async () => {
			await templateRound();
			await forgetOld(rooms);
			for (let before = ''; ;) {
				const fed = await feeds.drain();
				while ((await planRound()) !== undefined);
				await sending.round();
				await sending.idle();
				await takeOverRound();
				await lookRound();
				const state = JSON.stringify([await store.counts(), await store.nextDue(), sending.taken()]);
				if (state === before && !fed) return;
				before = state;
			}
		},
		stop: async () => {
			macs.close();
			const loops = [others, approve, plan, send, look, forget, feeds];
			await Promise.all(loops.map((loop) => loop.stop()));
			await sending.idle();
		},
	};
}
