import type { AdminActions, AdminAnswer } from '../dashboard/admin-ledger';
import type { StoredEvent } from '../store/store';
import { messageArrived } from './message-arrived';
import { ofMessage, planMessages } from './plan-messages';
import { asStored } from './preview-delivery';
import { readEvent } from './read-event';
import type { Rooms } from './rooms';

const missing = (what: string, id: string): AdminAnswer => ({
	status: 404,
	body: { reason: 'not-found', detail: `There is no ${what} '${id}'.` },
});

/** What a person may do to the ledger. `wake` starts the work that follows. */
export function adminActions(rooms: Rooms, wake: () => void): AdminActions {
	const { store, clock, log } = rooms;

	return {
		replayEvent: async (id) => {
			const event = await store.event(id);
			if (!event) return missing('event', id);
			await store.replan(id);
			log.info({ stage: 'replayed', event: id });
			wake();
			return {
				status: 202,
				body: { event: id, detail: 'Read and mapped again; messages that were sent already are not sent again.' },
			};
		},
		replayMessage: async (id) => {
			const message = await store.message(id);
			if (!message) return missing('message', id);
			const event = await store.event(message.event);
			const reading = event && (await readEvent(rooms, event));
			// From the event on: the order, the mapping or the template may have been mended since.
			const plans =
				event &&
				reading?.kind === 'event' &&
				(await planMessages(rooms, event, reading, { replay: true, only: message.mapping }));
			const planned = plans ? ofMessage(plans, message) : undefined;
			if (!planned?.message)
				return {
					status: 422,
					body: {
						reason: 'nothing-to-send',
						detail: `Its event makes no such message any more: ${planned?.plan.kind === 'unwanted' ? planned.plan.reason : `the event or the mapping '${message.mapping}' cannot be used`}.`,
					},
				};
			// Without its stage: a person wants it whatever has left since.
			const { stage: _, ...asked } = planned.message;
			if (!(await store.renewMessage(id, asked)))
				return {
					status: 409,
					body: {
						reason: 'not-replayable',
						detail: `The message is ${message.state}; only held, failed, skipped and cancelled ones can be replayed. What was sent is not sent again.`,
					},
				};
			const { state, reason } = planned.message;
			log.info({ stage: 'replayed', message: id, event: message.event, state });
			wake();
			return { status: 202, body: { message: id, event: message.event, state, reason: reason ?? null } };
		},
		cancelMessage: async (id) => {
			const message = await store.message(id);
			if (!message) return missing('message', id);
			const done = await store.changeMessage(id, ['waiting', 'held', 'unknown'], {
				state: 'cancelled',
				reason: `cancelled by hand at ${clock.now().toISOString()}`,
			});
			if (!done)
				return {
					status: 409,
					body: {
						reason: 'not-cancellable',
						detail: `The message is ${message.state}; only waiting, held and unknown ones can be cancelled.`,
					},
				};
			log.info({ stage: 'cancelled', message: id, event: message.event });
			return { status: 200, body: { message: id, state: 'cancelled' } };
		},
		messageArrived: (id) => messageArrived(rooms, id, wake),
		preview: async (request) => {
			const event = 'event' in request ? await store.event(request.event) : sample(request, clock.now());
			if (!event) return missing('event', 'event' in request ? request.event : '');
			const mapping = rooms.mappings.find(({ name }) => name === request.mapping);
			if (!mapping) return missing('mapping', request.mapping);
			const reading = await readEvent(rooms, event);
			if (reading.kind !== 'event')
				return {
					status: 422,
					body: {
						reason: reading.kind,
						detail: 'reason' in reading ? reading.reason : `a ${reading.kind} request has no message`,
					},
				};
			// Who asks wants to know how it stands now; planning trusts a list that finds no fault for minutes.
			await rooms.templates.refreshIfStale();
			const plans = await planMessages(rooms, event, reading, { replay: true, only: mapping.name });
			if (!plans)
				return {
					status: 422,
					body: {
						reason: 'order-unknown',
						detail: `Order ${reading.subject} is not known here, and this kind of webhook carries no customer.`,
					},
				};
			const planned = plans.find(({ message }) => message) ?? plans[0];
			if (!planned || planned.plan.kind === 'unwanted')
				return {
					status: 200,
					body: {
						message: null,
						problems: [planned?.plan.kind === 'unwanted' ? planned.plan.reason : 'no such mapping'],
					},
				};
			const { reason, cause: _, stage: _stage, ...message } = planned.message ?? {};
			return { status: 200, body: { message, problems: reason === undefined ? [] : [reason] } };
		},
	};
}

/** A payload pasted by a person, as if its webhook had come now; nothing is stored. */
const sample = (
	{ source, topic, payload }: { source: string; topic: string; payload: object },
	now: Date,
): StoredEvent => asStored({ source, topic, headers: {}, body: Buffer.from(JSON.stringify(payload)) }, now);
