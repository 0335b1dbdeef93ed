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

/** What every mapping makes of an event; `replay` when a person asked for it. */
export async function planMessages(
	rooms: Rooms,
	event: StoredEvent,
	reading: EventReading,
	{ replay = false, only }: { replay?: boolean; only?: string } = {},
): Promise<Planned[]> {
	const order = await newestOrder(
		rooms,
		event.source,
		reading.subject,
		reading.order && { order: reading.order, occurredAt: reading.occurredAt },
	);
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
	return plans.map((planned) => ({ ...planned, ...toMessage(rooms, event, reading, order, planned.plan) }));
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
function overtaken(mapping: Mapping, { event }: EventReading, order: Order | undefined): Plan | undefined {
	if (
		order?.status !== 'cancelled' ||
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
	order: Order | undefined,
): PlanContext {
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
		...(order ? { order } : {}),
		...(reading.shipment ? { shipment: reading.shipment } : {}),
		...(reading.refund ? { refund: reading.refund } : {}),
		shop: order?.shop ?? { id: event.source, domain: event.headers['x-shopify-shop-domain'] ?? event.source },
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
function toMessage(
	rooms: Rooms,
	event: StoredEvent,
	reading: EventReading,
	order: Order | undefined,
	plan: Plan,
): { message?: NewMessage } {
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
	if (plan.kind === 'held' && order === undefined && reading.order === undefined)
		return {
			message: {
				...row,
				state: 'held',
				cause: `order:${event.source}:${reading.subject}`,
				reason: `order ${reading.subject} is not known here yet, and this kind of webhook carries no customer. It goes out by itself when the order arrives`,
			},
		};
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
