import type { Order, Reading } from '../domain';
import type { Mapping } from '../mapping/mapping';
import {
	planMessage,
	type Draft,
	type Plan,
	type PlanContext,
	type PlannedMessage,
	type PlanSettings,
} from '../mapping/plan';
import type { NewMessage, StoredEvent } from '../store/store';
import { newestOrder, parsePayload } from './read-event';
import type { Rooms } from './rooms';

export type EventReading = Extract<Reading, { kind: 'event' }>;
export interface Planned {
	mapping: string;
	plan: Plan;
	message?: NewMessage;
}

/** What every mapping makes of an event; `replay` when a person asked for it. Undefined while the event's order is not known. */
export async function planMessages(
	rooms: Rooms,
	event: StoredEvent,
	reading: EventReading,
	{ replay = false, only }: { replay?: boolean; only?: string } = {},
): Promise<Planned[] | undefined> {
	const order = await newestOrder(
		rooms,
		event.source,
		reading.subject,
		reading.order && { order: reading.order, occurredAt: reading.occurredAt },
	);
	if (order === undefined) return undefined;
	const context = contextOf(rooms, event, reading, order);
	const settings = settingsOf(rooms, event.source, replay);
	const closed = reading.event === 'checkout.abandoned' && (await rooms.store.isClosed(event.source, reading.subject));
	const plans = rooms.mappings
		.filter(({ name }) => only === undefined || name === only)
		.map((mapping) => {
			const plan: Plan = closed
				? { kind: 'unwanted', reason: 'the checkout was completed' }
				: (overtaken(mapping, reading, order) ?? planMessage(mapping, context, settings));
			return { mapping: mapping.name, plan };
		});
	// A template that was approved a minute ago need not wait for the next round of looking.
	if (plans.some(({ plan }) => plan.kind === 'planned' && objectionTo(rooms, plan.message) !== undefined))
		await rooms.templates.refreshIfStale();
	return plans.map((planned) => ({ ...planned, ...toMessage(rooms, event, reading, planned.plan) }));
}

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
function overtaken(mapping: Mapping, { event }: EventReading, order: Order): Plan | undefined {
	if (
		order.status !== 'cancelled' ||
		event === 'order.cancelled' ||
		event === 'order.refunded' ||
		!mapping.on.includes(event)
	)
		return undefined;
	return { kind: 'unwanted', reason: 'the order was cancelled meanwhile' };
}

function contextOf({ clock, sources }: Rooms, event: StoredEvent, reading: EventReading, order: Order): PlanContext {
	return {
		event: {
			id: event.id,
			subject: reading.subject,
			name: reading.event,
			source: event.source,
			sourceKind: sources.get(event.source)?.kind ?? '',
			occurredAt: reading.occurredAt,
			receivedAt: event.receivedAt.toISOString(),
		},
		order,
		...(reading.shipment ? { shipment: reading.shipment } : {}),
		...(reading.refund ? { refund: reading.refund } : {}),
		shop: order.shop,
		payload: parsePayload(event.body),
		now: clock.now(),
	};
}

function settingsOf({ config, templates }: Rooms, sourceId: string, replay: boolean): PlanSettings {
	const { country, timezone } = config.defaults;
	const source = config.sources.find(({ id }) => id === sourceId);
	return {
		timezone,
		...(country === undefined ? {} : { country }),
		approvedLanguages: (template) => {
			const languages = templates.approvedLanguages(template);
			return languages?.length ? languages : undefined;
		},
		testOrders: source !== undefined && 'testOrders' in source && source.testOrders,
		replay,
	};
}

/** The row of the ledger for a plan; none when the mapping did not want the event. */
function toMessage(rooms: Rooms, event: StoredEvent, reading: EventReading, plan: Plan): { message?: NewMessage } {
	if (plan.kind === 'unwanted') return {};
	const draft: Draft = plan.kind === 'planned' ? plan.message : plan.draft;
	const row = {
		variables: {},
		...draft,
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
