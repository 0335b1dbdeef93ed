import { readCode, readReason, readText } from '../../../catalog';
import { CIRCUIT, type Trouble } from '../delivery/circuit';
import { inOwnWords, judge, OPTED_OUT, type Outcome, UNAVAILABLE } from '../delivery/outcomes';
import { PAIR_MS } from '../delivery/rates';
import { askedMs, nextAttempt, nextLook } from '../delivery/retry';
import type { CallResult } from '../messlo/client';
import { digits } from '../phone';
import type { Message, MessageChange, NewAttempt } from '../store/store';
import { templateCause } from './plan-messages';
import { prepareHeader } from './prepare-document';
import { recheck } from './recheck';
import type { Rooms } from './rooms';
import { optedOut } from './suppressed';

/** What an attempt said about its sender; undefined when the API was not asked. */
export type Sent = { trouble?: Trouble } | undefined;

/** Third step: one claimed message to the API, and what came of it into the ledger. */
export async function sendMessage(rooms: Rooms, message: Message): Promise<Sent> {
	const { store, clock } = rooms;
	const stale = await recheck(rooms, message);
	if (stale) {
		await store.changeMessage(message.id, ['sending'], stale);
		tell(rooms, message, stale.state, stale.reason);
		return undefined;
	}
	const header = await prepareHeader(rooms, message);
	if (!header.ok) {
		const state = header.again ? 'waiting' : 'held';
		await store.changeMessage(message.id, ['sending'], {
			state,
			reason: header.reason,
			...(header.dueAt ? { dueAt: header.dueAt } : {}),
		});
		tell(rooms, message, state, header.reason);
		return undefined;
	}
	const at = clock.now();
	if (!store.stillMine(message.id)) {
		const reason = 'it was not sent in time: this bridge was held up after it had taken the message';
		await store.changeMessage(message.id, ['sending'], { state: 'unknown', dueAt: at, reason });
		tell(rooms, message, 'unknown', reason);
		return undefined;
	}
	const result = await call(rooms, message, header.mediaUrl);
	const outcome = meaning(result);
	const change = changeFor(rooms, message, outcome);
	const attempt: NewAttempt = {
		at,
		durationMs: result.durationMs,
		...(result.kind === 'answer' ? { status: result.status } : {}),
		outcome: 'name' in outcome ? outcome.name : outcome.kind,
		reason: outcome.reason,
	};
	await store.finishAttempt(message.id, rooms.worker, attempt, change);
	rooms.metrics.attempts.inc({ outcome: attempt.outcome });
	if (outcome.kind === 'sent')
		rooms.metrics.endToEnd.observe((clock.now().getTime() - message.plannedFor.getTime()) / 1000);
	if (attempt.outcome === OPTED_OUT.name) await optedOut(rooms, message);
	if (outcome.kind === 'hold' && outcome.cause === 'template') void rooms.templates.refresh();
	tell(rooms, message, change.state, outcome.reason, attempt, change.dueAt);
	// Nothing was asked of the API.
	if (result.kind === 'invalid') return undefined;
	const trouble = troubleOf(result, outcome);
	return trouble ? { trouble } : {};
}

/** What an attempt says about all others of its sender: that they had better wait. Any other answer says that the API works. */
function troubleOf(result: CallResult, outcome: Outcome): Trouble | undefined {
	if (result.kind === 'not-sent') return { kind: 'failing', name: 'unreachable' };
	if (result.kind === 'no-answer') return { kind: 'failing', name: 'no-answer' };
	if (outcome.kind !== 'stop' && outcome.kind !== 'retry') return undefined;
	const { name, afterMs } = outcome;
	const after = afterMs === undefined ? {} : { afterMs };
	if (outcome.kind === 'stop') return { kind: 'stop', name, ...after };
	if (outcome.slow === 'sender') return { kind: 'slow', name, ...after };
	return name === UNAVAILABLE ? { kind: 'failing', name, ...after } : undefined;
}

function call({ api, config }: Rooms, message: Message, mediaUrl: string | undefined): Promise<CallResult> {
	return api.call(mediaUrl === undefined ? 'message.sendTemplate' : 'message.sendTemplateWithMedia', {
		contact_no: digits(message.to ?? ''),
		whatsapp_phone_number: message.sender ?? config.messlo.sender,
		templateName: message.template,
		languageCode: message.language,
		...(Object.keys(message.variables).length > 0 ? { templateVariables: message.variables } : {}),
		mediaUrl,
	});
}

function meaning(result: CallResult): Outcome {
	if (result.kind === 'invalid')
		return {
			kind: 'hold',
			name: 'invalid',
			cause: 'message',
			reason: `the message cannot be sent as it is: ${result.reason}. Mend the mapping, then replay`,
		};
	if (result.kind === 'not-sent')
		return {
			kind: 'retry',
			slow: 'message',
			name: 'unreachable',
			reason: `the API cannot be reached (${result.reason}); it is tried again by itself`,
		};
	if (result.kind === 'no-answer')
		return {
			kind: 'unknown',
			reason: `no answer came (${result.reason}), so the message may have arrived; the thread is read before it is sent again`,
		};
	const { status, ok, body, retryAfterMs } = result;
	const code = readCode(body);
	const said = readReason(body);
	const apiMessageId = readText(body, 'data._id', 'data.id', 'data.message_id', 'message_id', 'id');
	return judge({
		status,
		ok,
		yes: saysYes(body),
		...(code === undefined ? {} : { code }),
		...(said === undefined ? {} : { said }),
		...(retryAfterMs === undefined ? {} : { retryAfterMs }),
		...(apiMessageId === undefined ? {} : { apiMessageId }),
	});
}

const saysYes = (body: unknown): boolean => Reflect.get(Object(body), 'success') === true;

/** The message's next state; the one place where outcomes become states. */
function changeFor({ clock, random }: Rooms, message: Message, outcome: Outcome): MessageChange {
	const now = clock.now();
	switch (outcome.kind) {
		case 'sent':
			return {
				state: 'sent',
				sentAt: now,
				lookAt: nextLook(0, now),
				...(outcome.apiMessageId === undefined ? {} : { apiMessageId: outcome.apiMessageId }),
			};
		case 'retry': {
			const dueAt = nextAttempt({
				attempts: message.attempts,
				now,
				random: random(),
				...(outcome.afterMs === undefined ? {} : { afterMs: outcome.afterMs }),
				...(outcome.slow === 'pair' ? { leastMs: PAIR_MS } : {}),
			});
			// The sender was too fast, and its circuit waits: a storm of refusals is not the fault of the message.
			if (outcome.slow === 'sender')
				return { state: 'waiting', reason: outcome.reason, uncounted: true, dueAt: dueAt ?? now };
			if (dueAt) return { state: 'waiting', reason: outcome.reason, dueAt };
			return {
				state: 'held',
				reason: `tried ${message.attempts} times without success; replay it when the cause is mended. Last: ${outcome.reason}`,
			};
		}
		case 'stop':
			return {
				state: 'waiting',
				reason: outcome.reason,
				uncounted: true,
				dueAt: new Date(now.getTime() + (outcome.afterMs === undefined ? CIRCUIT.stoppedMs : askedMs(outcome.afterMs))),
			};
		case 'unknown':
			return { state: 'unknown', reason: outcome.reason, dueAt: now };
		case 'hold':
			return {
				state: 'held',
				reason: outcome.reason,
				...(outcome.cause === 'template' ? { cause: templateCause(message.template, message.language ?? '') } : {}),
			};
		case 'failed':
			return { state: 'failed', reason: outcome.reason };
	}
}

function tell(
	{ log }: Rooms,
	message: Message,
	state: string,
	reason?: string,
	attempt?: NewAttempt,
	next?: Date,
): void {
	const line = {
		stage: state,
		message: message.id,
		event: message.event,
		mapping: message.mapping,
		attempt: message.attempts,
		...(attempt
			? { status: attempt.status, outcome: attempt.outcome, durationMs: Math.round(attempt.durationMs) }
			: {}),
		...(next ? { next } : {}),
	};
	if (state === 'sent') log.info(line);
	else log.warn({ ...line, reason: reason && inOwnWords(reason) });
}
