import type { Delivery, DomainEvent, Reading } from '../../domain';
import { planEvent } from '../../journey/plan-event';
import { ofMessage, planMessages } from '../../journey/plan-messages';
import { readEvent } from '../../journey/read-event';
import type { Rooms } from '../../journey/rooms';
import type { ExplainedVariable, Explanation } from '../../mapping/explain';
import type { Message, PlannedRow, Store, StoredEvent } from '../../store/store';
import type { SetClock } from './quiet-rooms';

/** What would become of a message: sent; `refused` by the API; `held` for a person; `skipped` on purpose. */
export type Verdict = 'sent' | 'refused' | 'held' | 'skipped';

export interface DryMessage {
	/** What a person calls it: #1042, row 7, Haircut. */
	about: string;
	event: DomainEvent | undefined;
	/** By the shop's clock. */
	occurredAt: Date | undefined;
	mapping: string;
	template: string;
	language: string | undefined;
	/** E.164 with plus. */
	to: string | undefined;
	variables: ExplainedVariable[];
	languageFallback?: string;
	header?: { document: string } | { url: string };
	/** When it would be due: later than it happened where the mapping waits. */
	dueAt: Date;
	verdict: Verdict;
	/** Why it is not sent. */
	reason?: string;
}
export interface DryRun {
	messages: DryMessage[];
	/** Events that make no message, and why. */
	silent: { about: string; event: string; reason: string }[];
}

interface Noted {
	event: StoredEvent;
	reading: Reading;
	explanation?: Explanation;
}

/** Lets deliveries go through reading and planning, as webhooks do, at the time at which each happened. */
export async function dryRun(rooms: Rooms, clock: SetClock, deliveries: readonly Delivery[]): Promise<DryRun> {
	const started = clock.now();
	const noted = new Map<string, Noted>();
	const silent: DryRun['silent'] = [];
	for (const delivery of deliveries) {
		const at = atMost(started, delivery.triggeredAt);
		const { id, duplicate } = await rooms.store.saveEvent(delivery, { receivedAt: at, verifiedAt: at });
		const event = duplicate ? await rooms.store.event(id) : undefined;
		if (!event) continue;
		const [again, first] = [await readEvent(rooms, { ...event, ...delivery }), await readEvent(rooms, event)];
		const reason = `says the same as ${aboutOf(first, event)}, and is not sent again`;
		silent.push({ about: aboutOf(again, event), event: delivery.topic, reason });
	}
	for (;;) {
		const { mine: events } = await rooms.store.unplannedEvents(50);
		if (events.length === 0) break;
		for (const event of events) {
			clock.set(atMost(started, event.receivedAt.toISOString()));
			const { rows, reason } = await plan(rooms, event);
			const reading = await readEvent(rooms, event);
			if (rows.length === 0) silent.push({ about: aboutOf(reading, event), event: event.topic, reason: reason ?? '' });
			const written = rows.filter(({ result }) => result !== 'kept');
			if (written.length === 0) continue;
			const plans = reading.kind === 'event' ? await planMessages(rooms, event, reading) : undefined;
			for (const { id } of written) {
				const message = await rooms.store.message(id);
				const explanation =
					message &&
					plans &&
					ofMessage(
						plans.filter(({ mapping }) => mapping === message.mapping),
						message,
					)?.explain();
				noted.set(id, { event, reading, ...(explanation ? { explanation } : {}) });
			}
		}
	}
	const messages: DryMessage[] = [];
	for (const [id, note] of noted) {
		const message = await rooms.store.message(id);
		if (message) messages.push(dryMessage(message, note));
	}
	return { messages, silent };
}

/** Plans one event as the bridge does; what it wrote into the ledger is looked at on the way. */
async function plan(rooms: Rooms, event: StoredEvent): Promise<{ rows: PlannedRow[]; reason?: string }> {
	let seen: { rows: PlannedRow[]; reason?: string } = { rows: [] };
	const watched: Store = {
		...rooms.store,
		planEvent: async (id, result, messages, now) => {
			const rows = await rooms.store.planEvent(id, result, messages, now);
			seen = { rows, ...(result.reason === undefined ? {} : { reason: result.reason }) };
			return rows;
		},
	};
	await planEvent({ ...rooms, store: watched }, event);
	return seen;
}

function dryMessage(message: Message, { event, reading, explanation }: Noted): DryMessage {
	const { mapping, template, language, to, variables, header, dueAt, reason } = message;
	const verdict = verdictOf(message);
	const happened = reading.kind === 'event' ? reading : undefined;
	return {
		about: aboutOf(reading, event),
		event: happened?.event,
		occurredAt: happened && new Date(happened.occurredAt),
		mapping,
		template,
		language,
		to,
		variables:
			explanation?.variables ??
			Object.entries(variables).map(([key, value]) => ({ key, value, source: '', missing: [] })),
		...(explanation?.languageFallback === undefined ? {} : { languageFallback: explanation.languageFallback }),
		...(header ? { header } : {}),
		dueAt,
		verdict,
		// There is nothing to replay yet.
		...(verdict === 'sent' || reason === undefined ? {} : { reason: reason.replace(/, then replay\b/, '') }),
	};
}

function verdictOf({ state, cause }: Message): Verdict {
	if (state === 'held') return cause?.startsWith('template:') ? 'refused' : 'held';
	return state === 'waiting' ? 'sent' : 'skipped';
}

function aboutOf(reading: Reading, event: StoredEvent): string {
	if (reading.kind === 'event') {
		const { order, row, appointment, subject } = reading;
		return order?.name ?? (row ? `row ${row.number}` : undefined) ?? appointment?.title ?? subject;
	}
	return ('subject' in reading ? reading.subject : undefined) ?? event.topic;
}

/** What has not happened yet is looked at now. */
function atMost(now: Date, time: string | undefined): Date {
	const at = time === undefined ? now : new Date(time);
	return at > now ? now : at;
}
