import { Loop } from '../delivery/loop';
import type { Feed, FeedRoom } from '../sources/feed';
import type { DomainEvent } from '../domain';
import { reasonOf } from '../reason-of';
import { aboutOf, type LedgerEvent } from '../sources/shop-admin';
import { openSource } from './open-sources';
import { previewDelivery } from './preview-delivery';
import { readEvent } from './read-event';
import type { Rooms } from './rooms';

/** After a look that failed, in ms; the last one over and over. */
const AGAIN_AFTER = [5_000, 15_000, 60_000, 300_000];
/** When another process looks at the source: it may have stopped. */
const LEAD_AGAIN_MS = 5_000;
/** How often the source is told what became of what it gave. */
const TELL_EVERY_MS = 5_000;

export interface FeedState {
	source: string;
	lastLook: Date | null;
	nextLook: Date;
	/** Why the last look failed; null when it did not. */
	fault: string | null;
	progress: object;
}

/** What is fetched rather than received: each feed looks when it is due, and tells its source what became of it. */
export interface Feeds {
	start(): void;
	/** Something was pushed: the source is looked at now. False when nothing is fetched from it. */
	look(source: string): boolean;
	/** Looks at a source whose messages are sent only by what it says now, unless it was looked at lately. */
	freshen(source: string): Promise<void>;
	/** Everything that is due by the clock; true when there was something to do. */
	drain(): Promise<boolean>;
	states(): Promise<FeedState[]>;
	stop(): Promise<void>;
}

/** A feed by the id of its source; `fed` is called when something new is stored. */
export function createFeeds(rooms: Rooms, feeds: ReadonlyMap<string, Feed>, fed: () => void): Feeds {
	const all = [...feeds].map(([source, feed]) => createFeed(rooms, source, feed, fed));
	return {
		start: () => {
			for (const each of all) each.start();
		},
		look: (source) => {
			const meant = all.filter((each) => each.source === source);
			for (const each of meant) each.lookNow();
			return meant.length > 0;
		},
		freshen: async (source) => {
			await Promise.all(all.filter((each) => each.source === source).map((each) => each.freshen()));
		},
		drain: async () => {
			const busy = await Promise.all(all.map((each) => each.drain()));
			return busy.includes(true);
		},
		states: () => Promise.all(all.map((each) => each.state())),
		stop: async () => {
			await Promise.all(all.map((each) => each.stop()));
		},
	};
}

function createFeed(rooms: Rooms, source: string, given: Feed, fed: () => void) {
	const { clock, log, store } = rooms;
	let feed = given;
	let led: 'never' | 'now' | 'before' = 'never';
	const ending = new AbortController();
	const room = feedRoom(rooms, source, ending.signal, fed);
	let [next, failures] = [clock.now(), 0];
	let last: Date | undefined;
	let fault: string | undefined;
	let running: Promise<Date> | undefined;
	/** When the last look ended, well or not, and how long the source wants to be left alone. */
	let [tried, notBefore] = [0, 0];
	const after = (ms: number) => new Date(clock.now().getTime() + ms);

	const reopened = () => {
		const config = rooms.config.sources.find(({ id }) => id === source);
		return config && openSource(config, { ...rooms.config.defaults, clock }).feed;
	};
	/** One of all processes looks at a source and tells it. What a feed remembers from an earlier time is not true any more. */
	async function leads(): Promise<boolean> {
		const mine = await store.leads(`feed ${source}`);
		if (mine && led === 'before') feed = reopened() ?? given;
		led = mine ? 'now' : led === 'never' ? 'never' : 'before';
		return mine;
	}
	const look = () =>
		(running ??= lookRound().finally(() => {
			running = undefined;
		}));
	async function lookRound(): Promise<Date> {
		if (next > clock.now()) return next;
		if (!(await leads())) return after(LEAD_AGAIN_MS);
		// A push that comes while this look runs asks for another one.
		next = after(Number.MAX_SAFE_INTEGER / 4096);
		try {
			const due = await feed.look(room);
			next = next < due ? next : due;
			[failures, fault, last] = [0, undefined, clock.now()];
		} catch (error) {
			fault = reasonOf(error);
			// Who asks to slow down says for how long.
			const wanted = retryAfterOf(error);
			if (wanted !== undefined) notBefore = after(wanted).getTime();
			next = after(wanted ?? AGAIN_AFTER[Math.min(failures, AGAIN_AFTER.length - 1)] ?? 0);
			failures += 1;
			log.error(
				{ err: error, stage: 'looking', source, failures, next },
				'A source cannot be looked at; it is tried again',
			);
		}
		tried = clock.now().getTime();
		return next;
	}
	/** What is about to be sent counts on this source, and another process looks at it by turns: a look at the same time does no harm. */
	async function lookBeside(): Promise<void> {
		try {
			await feed.look(room);
		} catch (error) {
			log.error({ err: error, stage: 'looking', source }, 'A source cannot be looked at before sending');
		}
		tried = clock.now().getTime();
	}
	async function tellRound(): Promise<Date> {
		while (feed.tell && !ending.signal.aborted && (await leads()) && (await feed.tell(room)) > 0);
		return after(TELL_EVERY_MS);
	}
	const failed = (error: unknown) => {
		if (!ending.signal.aborted)
			log.error(
				{ err: error, stage: 'telling', source },
				'A source cannot be told what became of its messages; it is tried again',
			);
	};
	const looking = new Loop(look, clock, failed);
	const telling = feed.tell ? new Loop(tellRound, clock, failed) : undefined;
	let followed: Promise<void> | undefined;
	const follow = () => (followed ??= feed.tell ? rooms.store.follow(source) : Promise.resolve());

	return {
		source,
		start: () => {
			void follow().then(() => {
				looking.start();
				telling?.start();
			}, failed);
		},
		lookNow: () => {
			next = new Date(Math.max(clock.now().getTime(), notBefore));
			looking.wake();
		},
		freshen: async () => {
			const now = clock.now().getTime();
			if (feed.freshMs === undefined || ending.signal.aborted) return;
			if (!running && (tried + feed.freshMs > now || notBefore > now)) return;
			if (!running) next = clock.now();
			if (await leads()) await look();
			else await lookBeside();
		},
		drain: async () => {
			await follow();
			const mine = await leads();
			const due = mine && next <= clock.now();
			if (due) await look();
			const told = (mine && (await feed.tell?.(room))) || 0;
			return due || told > 0;
		},
		state: async (): Promise<FeedState> => ({
			source,
			lastLook: last ?? null,
			nextLook: next,
			fault: fault ?? null,
			progress: (await feed.status?.(room)) ?? {},
		}),
		stop: async () => {
			ending.abort();
			await Promise.all([looking.stop(), telling?.stop()]);
		},
	};
}

function retryAfterOf(error: unknown): number | undefined {
	const ms: unknown = Reflect.get(Object(error), 'retryAfterMs');
	return typeof ms === 'number' && ms > 0 ? ms : undefined;
}

function feedRoom(rooms: Rooms, source: string, signal: AbortSignal, fed: () => void): FeedRoom {
	const { clock, store, config, log } = rooms;
	const reading = async (id: string) => {
		const event = await store.event(id);
		return event && readEvent(rooms, event);
	};
	return {
		now: () => clock.now(),
		save: async (delivery) => {
			const at = clock.now();
			const saved = await store.saveEvent(delivery, { receivedAt: at, verifiedAt: at });
			if (!saved.duplicate) fed();
			return saved;
		},
		cursor: (name) => store.cursor(`${source}/${name}`),
		saveCursor: (name, value) => store.saveCursor(`${source}/${name}`, value),
		changes: (after, limit) => store.changes(source, after, limit),
		eventsOf: (subject) => ledgerEvents(rooms, source, subject),
		reading,
		outcome: (subject) => store.outcome(source, subject),
		preview: (delivery) => previewDelivery(rooms, delivery),
		tally: () => store.tally(source),
		get publicUrl() {
			return config.server.publicUrl;
		},
		tell: (level, line, text) => {
			log[level]({ source, ...line }, text);
		},
		signal,
	};
}

/** What an event's payload says of it is asked only where two events of one order have to be told apart. */
const ASKED: readonly (DomainEvent | undefined)[] = ['order.created', 'order.refunded', 'shipment.updated'];

async function ledgerEvents(rooms: Rooms, source: string, subject: string): Promise<LedgerEvent[]> {
	const known = await rooms.store.eventsOf(source, subject);
	return Promise.all(
		known.map(async ({ id, ...event }) => {
			const stored = ASKED.includes(event.event) ? await rooms.store.event(id) : undefined;
			const reading = stored && (await readEvent(rooms, stored));
			if (reading?.kind !== 'event') return event;
			const [about, state] = [aboutOf(reading), reading.order?.updatedAt];
			return {
				...event,
				...(about === undefined ? {} : { about }),
				...(state === undefined ? {} : { stateAt: new Date(state) }),
			};
		}),
	);
}
