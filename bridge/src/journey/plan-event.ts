import { readPhone } from '../phone';
import type { EventResult, Message, NewMessage, StoredEvent } from '../store/store';
import { type EventReading, type Planned, planMessages } from './plan-messages';
import { inStep } from './in-step';
import { readEvent } from './read-event';
import { answerPrivacy } from './privacy';
import type { Rooms } from './rooms';
import { watchedStore } from './watched-store';

const UNREAD = 'the ledger could not be read while an event was planned; it is planned again';

/** Second step: what happened, who is told. The event leaves the state `stored`, its messages enter the ledger: one transaction. */
export async function planEvent(given: Rooms, event: StoredEvent): Promise<void> {
	// One moment for all of it, whatever the clock does meanwhile.
	const now = given.clock.now();
	const ledger = watchedStore(given.store);
	const rooms = { ...given, store: ledger.store, clock: { now: () => now } };
	const { store, clock, log } = rooms;
	const reading = await readEvent(rooms, event);
	if (ledger.failed()) throw new Error(UNREAD);
	const save = async (result: EventResult, messages: NewMessage[] = []) => {
		const rows = await store.planEvent(event.id, result, messages, now);
		rooms.planned?.();
		log.info({
			stage: 'mapped',
			event: event.id,
			source: event.source,
			topic: event.topic,
			receivedAt: event.receivedAt,
			state: result.state,
			subject: result.subject,
			...(result.reason === undefined ? {} : { reason: result.reason }),
			messages: rows.map(({ id, result: what, state }, index) => ({
				id,
				mapping: messages[index]?.mapping,
				template: messages[index]?.template,
				result: what,
				state,
				reason: messages[index]?.reason,
			})),
		});
	};

	switch (reading.kind) {
		case 'unreadable':
			await save({ state: 'unreadable', reason: reading.reason });
			return;
		case 'privacy': {
			const { subject, request, phone } = reading;
			const reason = await answerPrivacy(rooms, event, reading);
			await save({ state: 'ignored', subject, reason, ...personOf(rooms, phone) });
			// The request itself names the person.
			if (request !== 'data-request') await store.erase({ source: event.source, subjects: [subject] }, reason);
			return;
		}
		case 'ignored':
			if (reading.withdraws !== undefined && reading.subject !== undefined)
				await store.withdraw(event.source, reading.subject, reading.withdraws, clock.now());
			await save({
				state: 'ignored',
				reason: reading.reason,
				...(reading.carriesState && reading.occurredAt !== undefined
					? { carriesOrder: true, occurredAt: new Date(reading.occurredAt) }
					: {}),
				...pick(reading.subject, reading.closesCheckout),
			});
			break;
		case 'event': {
			if (reading.withdraws !== undefined)
				await store.withdraw(event.source, reading.subject, reading.withdraws, clock.now());
			let planned: Planned[] | undefined;
			let staged: Message[];
			try {
				[planned, staged] = await Promise.all([
					planMessages(rooms, event, reading, { replay: event.byHand }),
					store.staged(event.source, reading.subject),
				]);
			} catch (error) {
				if (ledger.failed()) throw error;
				// Left as it is, it would fail again and again, and events behind it would wait.
				log.error({ err: error, event: event.id, source: event.source, topic: event.topic }, 'mapping failed');
				const name = error instanceof Error ? error.name : 'error';
				const reason = `the bridge failed to map it (${name}); this is a fault of the bridge. Replay it when that is mended`;
				await save({ state: 'unreadable', reason, event: reading.event, ...pick(reading.subject, undefined) });
				return;
			}
			if (ledger.failed()) throw new Error(UNREAD);
			if (!planned) {
				const reason = `order ${reading.subject} is not known here yet, and this kind of webhook carries no customer. It is mapped by itself when the order arrives`;
				await save({
					state: 'stored',
					reason,
					waitsFor: reading.subject,
					event: reading.event,
					occurredAt: new Date(reading.occurredAt),
					...pick(reading.subject, undefined),
				});
				return;
			}
			const messages = inStep(
				planned.flatMap(({ message }) => message ?? []),
				staged,
				now,
			);
			await save(
				{
					...(messages.length > 0 ? { state: 'mapped' } : { state: 'ignored', reason: whyNobody(planned) }),
					...personOf(rooms, reading.order?.phone ?? reading.phone),
					event: reading.event,
					occurredAt: new Date(reading.occurredAt),
					carriesOrder: carriesState(reading),
					...pick(reading.subject, reading.closesCheckout),
				},
				messages,
			);
		}
	}
	if (await withdrawOvertaken(rooms, event.source, reading)) rooms.planned?.();
}

/** It says how its subject stands, for whatever is compared with it later. A checkout is no order. */
const carriesState = ({ event, order, appointment }: EventReading): boolean =>
	(order !== undefined && event !== 'checkout.abandoned') || appointment !== undefined;

/** By this the person is found again, whatever becomes of the messages. */
function personOf({ config, store }: Rooms, phone: string | undefined): { person?: string } {
	const number = readPhone(phone, config.defaults.country);
	return number.ok ? { person: store.personKey(number.e164) } : {};
}

const pick = (subject: string | undefined, closes: string | undefined) => ({
	...(subject === undefined ? {} : { subject }),
	...(closes === undefined ? {} : { closes }),
});

/** The reasons of the mappings that came closest: those of this kind of event. */
export function whyNobody(planned: readonly Planned[]): string {
	const reasons = planned.flatMap(({ mapping, plan }) =>
		plan.kind === 'unwanted' && !plan.reason.includes(' is not about ') ? [`${mapping}: ${plan.reason}`] : [],
	);
	return reasons.length > 0 ? `no mapping wanted it (${reasons.join('; ')})` : 'no mapping is about this kind of event';
}

/** A completed checkout needs no reminder; a deleted order needs nothing. True when others may go in place of what was withdrawn. */
async function withdrawOvertaken(
	{ store, clock }: Rooms,
	source: string,
	reading: Awaited<ReturnType<typeof readEvent>>,
): Promise<boolean> {
	if (reading.kind !== 'event' && reading.kind !== 'ignored') return false;
	let withdrawn = 0;
	if (reading.closesCheckout !== undefined)
		withdrawn += await store.withdraw(source, reading.closesCheckout, 'the checkout was completed', clock.now());
	if (reading.kind === 'ignored' && reading.cancelsOrder !== undefined)
		withdrawn += await store.withdraw(source, reading.cancelsOrder, 'the order was deleted in the shop', clock.now());
	return withdrawn > 0;
}
