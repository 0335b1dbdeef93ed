import type { Circuit, Trouble } from '../delivery/circuit';
import {
	giveBack,
	type Grant,
	type Limits,
	noteAttempt,
	PAIR_MS,
	type Rates,
	readRates,
	takePlaces,
	type Wish,
} from '../delivery/rates';
import type { DueLane, Lane, Message } from '../store/store';
import { tellCircuit } from './tell-circuit';
import type { Rooms } from './rooms';
import type { Sent } from './send-message';

/** Messages in flight at once: latency of the API, not its rate, is what this hides. A lane that is slow keeps its own places only. */
const IN_FLIGHT = { lane: 16, all: 64 };
/** When a lane has messages that somebody else is taking. */
const SOON_MS = 50;

type LaneWish = Wish & { lane: Lane };

export interface SendRound {
	/** Takes what is due and may leave, lane by lane, and begins to send it. Answers when it is worth doing again. */
	round(): Promise<Date | undefined>;
	/** How many messages were taken since the start. */
	taken(): number;
	/** Resolves when what is being sent now has ended. */
	idle(): Promise<void>;
}

/** Sends in fair turns within the rates. `send` resolves when its message is done with; `failed` is told when it throws. */
export function createSendRound(
	rooms: Rooms,
	send: (message: Message) => Promise<Sent>,
	failed: (message: Message, error: unknown) => void,
	ended: () => void,
): SendRound {
	const { store, clock, config, worker, log } = rooms;
	const { perSecond, senderPerSecond = perSecond } = config.messlo;
	const limits: Limits = { perSecond, senderPerSecond };
	const underWay = new Set<Promise<unknown>>();
	/** By lane. */
	const inFlight = new Map<string, number>();
	/** When each lane had its last turn. */
	const turns = new Map<string, number>();
	let taken = 0;
	/** As this process saw them last. */
	let seen: Rates | undefined;

	const keyOf = ({ sender, mapping }: Wish) => `${sender}/${mapping}`;
	const busy = (wish: Wish) => inFlight.get(keyOf(wish)) ?? 0;

	const exchange = <T>(change: (rates: Rates, now: number) => { rates: Rates; answer: T }): Promise<T> => {
		const now = clock.now().getTime();
		return store.exchange('rates', (text) => {
			const { rates, answer } = change(readRates(text, limits, now), now);
			seen = rates;
			return { value: JSON.stringify(rates), answer };
		});
	};

	/** Lanes with nothing under way first, then those whose last turn is longest ago. */
	function wishesOf(lanes: readonly DueLane[]): LaneWish[] {
		const wishes = lanes.map((lane): LaneWish => {
			const wish = { sender: lane.sender ?? config.messlo.sender, mapping: lane.mapping, places: 0, lane };
			return { ...wish, places: Math.min(lane.due, IN_FLIGHT.lane - busy(wish)) };
		});
		const turn = (wish: Wish) => turns.get(keyOf(wish)) ?? 0;
		return wishes
			.filter(({ places }) => places > 0)
			.sort((a, b) => Number(busy(a) > 0) - Number(busy(b) > 0) || turn(a) - turn(b));
	}

	async function claim(grants: readonly Grant<LaneWish>[], now: Date): Promise<{ unused: Grant<LaneWish>[] }> {
		// Together, so that they share a commit.
		const claims = await Promise.allSettled(
			grants.map(({ lane, places }) => store.claimDue(now, places, worker, lane, PAIR_MS)),
		);
		const unused = grants.flatMap((grant, index) => {
			const claimed = claims[index];
			const messages = claimed?.status === 'fulfilled' ? claimed.value : [];
			for (const message of messages) begin(message, grant);
			return messages.length < grant.places ? { ...grant, places: grant.places - messages.length } : [];
		});
		if (unused.length > 0) await exchange((rates) => ({ rates: giveBack(rates, unused), answer: undefined }));
		for (const each of claims) if (each.status === 'rejected') throw each.reason;
		return { unused };
	}

	function begin(message: Message, grant: Grant<LaneWish>): void {
		const key = keyOf(grant);
		taken += 1;
		turns.set(key, taken);
		inFlight.set(key, busy(grant) + 1);
		const sending = send(message)
			.catch((error: unknown) => {
				failed(message, error);
				return undefined;
			})
			.then((sent) => note(message, grant, sent))
			.catch((error: unknown) => {
				log.error({ err: error, message: message.id }, 'how fast its sender may send could not be noted');
			})
			.finally(() => {
				underWay.delete(sending);
				inFlight.set(key, busy(grant) - 1);
				ended();
			});
		underWay.add(sending);
	}

	/** What an attempt says about its sender; most say nothing new. */
	async function note({ id, mapping }: Message, { sender, probe }: Grant, sent: Sent): Promise<void> {
		const circuit = seen?.senders[sender]?.circuit;
		const trouble: Trouble | undefined = sent?.trouble;
		if (!probe && !trouble && !circuit?.open && !circuit?.failed.length) return;
		const change = await exchange(
			(rates, now): { rates: Rates; answer: [before: Circuit | undefined, after: Circuit | undefined] } => {
				const after = sent
					? noteAttempt(rates, sender, { message: id, mapping, probe, ...(trouble ? { trouble } : {}) }, limits, now)
					: probe
						? giveBack(rates, [{ sender, mapping, places: 0, probe }])
						: rates;
				return { rates: after, answer: [rates.senders[sender]?.circuit, after.senders[sender]?.circuit] };
			},
		);
		tellCircuit(rooms, sender, ...change);
		rooms.metrics.showStopped(seen?.senders ?? {});
	}

	return {
		taken: () => taken,
		idle: async () => {
			await Promise.all(underWay);
		},
		round: async () => {
			const now = clock.now();
			const wishes = wishesOf(await store.dueLanes(now, IN_FLIGHT.lane));
			// A lane with nothing under way always has a place, however many the others hold.
			const most = Math.max(IN_FLIGHT.all - underWay.size, wishes.filter((wish) => busy(wish) === 0).length);
			const next: number[] = [];
			if (wishes.length > 0) {
				const { grants, next: again } = await exchange((rates, at) => {
					const { rates: after, ...answer } = takePlaces(rates, wishes, most, limits, at);
					return { rates: after, answer };
				});
				rooms.metrics.showStopped(seen?.senders ?? {});
				if (again !== undefined) next.push(again);
				const { unused } = await claim(grants, now);
				// Of a lane with messages that were put off, more may be due.
				const left = unused.length === 0 ? [] : await store.dueLanes(now, 1);
				if (
					left.some((lane) =>
						unused.some((grant) => grant.lane.mapping === lane.mapping && grant.lane.sender === lane.sender),
					)
				)
					next.push(now.getTime() + SOON_MS);
			}
			const due = await store.nextDue(now);
			if (due) next.push(due.getTime());
			return next.length === 0 ? undefined : new Date(Math.min(...next));
		},
	};
}
