import type { DomainEvent, Happening, Order, Reading } from '../domain';
import { type Explanation, explainMessage } from '../mapping/explain';
import type { Mapping } from '../mapping/mapping';
import {
	planMessage,
	type Draft,
	type Plan,
	type PlanContext,
	type PlannedMessage,
	type PlanSettings,
} from '../mapping/plan';
import { readPhone } from '../phone';
import type { NewMessage, Stage, StoredEvent } from '../store/store';
import { heldAsMissed } from './missed';
import { newestOrder, parsePayload } from './read-event';
import type { Rooms } from './rooms';
import { stageOf } from './stages';
import { suppressedReason, suppressions } from './suppressed';

export type EventReading = Extract<Reading, { kind: 'event' }>;
export interface Planned {
	mapping: string;
	plan: Plan;
	message?: NewMessage;
	/** Which state of its order it tells of. */
	stage?: Stage;
	/** How its values came about. */
	explain(): Explanation;
}

/** What every mapping makes of an event; `replay` when a person asked for it. Undefined while the event's order is not known. */
export async function planMessages(
	rooms: Rooms,
	event: StoredEvent,
	reading: EventReading,
	{ replay = false, only }: { replay?: boolean; only?: string } = {},
): Promise<Planned[] | undefined> {
	const own = readPhone(reading.order?.phone ?? reading.phone, rooms.config.defaults.country);
	const suppression = suppressions(rooms.store, own.ok ? own.e164 : undefined);
	const order = isOfOrder(reading)
		? await newestOrder(
				rooms,
				event.source,
				reading.subject,
				reading.order && { order: reading.order, occurredAt: reading.occurredAt },
			)
		: undefined;
	if (order === undefined && NEEDS_ORDER.test(reading.event)) return undefined;
	const settings = settingsOf(rooms, event.source, replay);
	const closed = reading.event === 'checkout.abandoned' && (await rooms.store.isClosed(event.source, reading.subject));
	const mappings = rooms.mappings.filter(({ name }) => only === undefined || name === only);
	const plans = [reading, ...(reading.also ?? [])].flatMap((happening) => {
		const context = contextOf(rooms, event, reading, happening, order);
		return mappings.map((mapping) => {
			const plan: Plan = closed
				? { kind: 'unwanted', reason: 'the checkout was completed' }
				: (overtaken(mapping, happening.event, order) ??
					heldAsMissed(planMessage(mapping, context, settings), event, replay));
			const stage = stageOf(happening);
			return {
				mapping: mapping.name,
				plan,
				// What is delayed on purpose is no news of a new order.
				...(stage === undefined || (stage.rank === 0 && mapping.delay > 0) ? {} : { stage }),
				explain: () => explainMessage(mapping, context, settings),
			};
		});
	});
	// A template that was approved a minute ago need not wait for the next round of looking.
	if (plans.some(({ plan }) => plan.kind === 'planned' && objectionTo(rooms, plan.message) !== undefined))
		await rooms.templates.refreshIfStale();
	return Promise.all(
		plans.map(async (each) => {
			const planned = { ...each, plan: await unlessSuppressed(rooms, each.plan, suppression) };
			return { ...planned, ...toMessage(rooms, event, reading, planned) };
		}),
	);
}

/** Of the plans of one mapping, the one that makes this message: a payload may tell of several things. */
export function ofMessage(plans: readonly Planned[], { onceKey }: Pick<NewMessage, 'onceKey'>): Planned | undefined {
	const about = plans.filter(({ plan }) => !isAboutOther(plan));
	const same = about.find(({ message }) => message?.onceKey === onceKey);
	// Of several that make no message any more, one speaks for all.
	return same ?? (about.length === 1 || about.every(({ message }) => !message) ? about[0] : undefined);
}

/** A payload may tell of less than it did: a state that came late is told apart from it now. */
export const isAboutOther = (plan: Plan): boolean => plan.kind === 'unwanted' && plan.reason.includes(' is not about ');

/** A person who wants no such messages is not bothered, and the ledger shows the message that was not sent. */
async function unlessSuppressed(rooms: Rooms, plan: Plan, ask: Rooms['store']['suppression']): Promise<Plan> {
	const reason = await suppressedReason(rooms, plan.kind === 'planned' ? plan.message : undefined, ask);
	return plan.kind === 'planned' && reason !== undefined ? { kind: 'skipped', reason, draft: plan.message } : plan;
}

const NEEDS_ORDER = /^(order|shipment|checkout)\./;
const isOfOrder = ({ event, appointment, row }: EventReading): boolean =>
	NEEDS_ORDER.test(event) || (event === 'reply.button' && appointment === undefined && row === undefined);

const objectionTo = (
	{ templates }: Rooms,
	{ template, language, variables, header }: PlannedMessage,
): string | undefined =>
	templates.objection({
		template,
		language,
		variables: Object.keys(variables).length,
		header: header === undefined ? 'none' : 'document' in header ? 'document' : 'url',
	});

/** A cancelled order gets no more messages but those about its cancellation and its money. */
function overtaken(mapping: Mapping, event: DomainEvent, order: Order | undefined): Plan | undefined {
	if (
		order?.status !== 'cancelled' ||
		!NEEDS_ORDER.test(event) ||
		event === 'order.cancelled' ||
		event === 'order.refunded' ||
		!mapping.on.includes(event)
	)
		return undefined;
	return { kind: 'unwanted', reason: 'the order was cancelled meanwhile' };
}

function contextOf(
	{ clock, sources }: Rooms,
	event: StoredEvent,
	reading: EventReading,
	happening: Happening,
	order: Order | undefined,
): PlanContext {
	const { phone, phoneProblem, row, appointment, reply } = reading;
	const { key, dueAt, staleAt, shipment, refund, reminder, minutesSinceOrder } = happening;
	const source = sources.get(event.source);
	return {
		event: {
			id: event.id,
			subject: reading.subject,
			name: happening.event,
			source: event.source,
			sourceKind: source?.kind ?? '',
			occurredAt: happening.occurredAt,
			receivedAt: event.receivedAt.toISOString(),
			...(key === undefined ? {} : { key }),
			...(minutesSinceOrder === undefined ? {} : { minutesSinceOrder }),
			...(dueAt === undefined ? {} : { dueAt }),
			...(staleAt === undefined ? {} : { staleAt }),
		},
		...(order ? { order } : {}),
		...(shipment ? { shipment } : {}),
		...(refund ? { refund } : {}),
		...(row ? { row } : {}),
		...(appointment ? { appointment } : {}),
		...(reminder ? { reminder } : {}),
		...(reply ? { reply } : {}),
		...(phone === undefined ? {} : { phone }),
		...(phoneProblem === undefined ? {} : { phoneProblem }),
		shop: order?.shop ?? source?.shop ?? { id: event.source, domain: event.source },
		payload: parsePayload(event.body),
		now: clock.now(),
	};
}

function settingsOf({ config, templates, phones, store }: Rooms, sourceId: string, replay: boolean): PlanSettings {
	const { country, timezone } = config.defaults;
	const source = config.sources.find(({ id }) => id === sourceId);
	return {
		timezone,
		...(country === undefined ? {} : { country }),
		approvedLanguages: (template) => {
			const languages = templates.approvedLanguages(template);
			return languages?.length ? languages : undefined;
		},
		...(phones.has(sourceId) ? { phone: phones.get(sourceId) } : {}),
		testOrders: source !== undefined && 'testOrders' in source && source.testOrders,
		personKey: (phone) => store.personKey(phone),
		replay,
	};
}

/** The row of the ledger for a plan; none when the mapping did not want the event. */
function toMessage(
	rooms: Rooms,
	event: StoredEvent,
	reading: EventReading,
	{ plan, stage }: Pick<Planned, 'plan' | 'stage'>,
): { message?: NewMessage } {
	if (plan.kind === 'unwanted') return {};
	const { sender, ...draft }: Draft = plan.kind === 'planned' ? plan.message : plan.draft;
	const row = {
		variables: {},
		...draft,
		// One number is one lane, named or not.
		...(sender === undefined || sender === rooms.config.messlo.sender ? {} : { sender }),
		...(stage ? { stage } : {}),
		subject: reading.subject,
		onceKey: draft.onceKey ?? `${draft.mapping}/${event.source}/event/${event.id}`,
		dueAt: draft.dueAt ?? rooms.clock.now(),
	};
	if (plan.kind === 'skipped') return { message: { ...row, state: 'skipped', reason: plan.reason } };
	if (plan.kind === 'held') return { message: { ...row, state: 'held', reason: plan.reason } };
	const objection = objectionTo(rooms, plan.message);
	if (objection !== undefined)
		return {
			message: {
				...row,
				state: 'held',
				reason: objection,
				cause: templateCause(plan.message.template, plan.message.language),
			},
		};
	return { message: { ...row, state: 'waiting' } };
}

/** What messages of a template are held for; they are released together. */
export const templateCause = (template: string, language: string): string => `template:${template}:${language}`;
