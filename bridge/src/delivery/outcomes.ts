/** What an attempt means for the message: named by what happens next. */
export type Outcome =
	| { kind: 'sent'; apiMessageId?: string; reason: string }
	| { kind: 'retry'; slow: 'message' | 'everything'; afterMs?: number; name: string; reason: string }
	| { kind: 'unknown'; reason: string }
	| { kind: 'hold'; name: string; cause: 'template' | 'message'; reason: string }
	| { kind: 'failed'; name: string; reason: string }
	/** The whole account cannot send now: this message waits and all others with it. */
	| { kind: 'stop'; afterMs: number; name: string; reason: string };

/** One answer of the API, read: what the rules below look at. */
export interface Answer {
	status: number;
	ok: boolean;
	code?: number;
	said?: string;
	retryAfterMs?: number;
	apiMessageId?: string;
}

/** The API, or a gateway before it, had a fault. The message may have been taken all the same. */
export const UNAVAILABLE = 'unavailable';

interface Rule {
	codes?: readonly number[];
	statuses?: readonly number[];
	name: string;
	then: 'retry' | 'slow-down' | 'hold' | 'hold-template' | 'failed' | 'stop';
	/** What it means and what to do, for a merchant. */
	means: string;
}

/** WhatsApp's word for somebody who stopped marketing messages: they are suppressed as if they had written it to us. */
export const OPTED_OUT = { code: 131050, name: 'opted-out' } as const;

/**
 * The table of the design (docs/architecture.md), read from the top: codes of WhatsApp first, then HTTP statuses.
 * A code says more than a status: the API may wrap any of them in a 400.
 */
export const RULES: readonly Rule[] = [
	{
		codes: [130429, 131048, 80007],
		name: 'rate-limited',
		then: 'slow-down',
		means: 'Too many messages at once; sending slows down and goes on by itself',
	},
	{
		codes: [131056],
		name: 'pair-rate-limited',
		then: 'retry',
		means: 'Too many messages to this person at once; it is tried again by itself',
	},
	{
		codes: [132015, 132016],
		name: 'template-paused',
		then: 'hold-template',
		means: 'WhatsApp has paused or disabled this template; its messages go out when it is approved again',
	},
	{
		codes: [132001],
		name: 'template-unknown',
		then: 'hold-template',
		means: 'There is no approved template of this name in this language; approve it and its messages go out',
	},
	{
		codes: [132000, 132005, 132007, 132012, 132018, 131008, 131009, 100],
		name: 'wrong-values',
		then: 'hold',
		means: 'The values do not fit the template; mend the mapping and replay the message',
	},
	{
		codes: [131051, 131052, 131053],
		name: 'media-refused',
		then: 'hold',
		means:
			'WhatsApp could not fetch or use the header file; check that server.publicUrl is reachable from the internet, then replay',
	},
	{
		codes: [131047],
		name: 'window-closed',
		then: 'hold',
		means: 'The person has not written for 24 hours, so only templates go through',
	},
	{
		codes: [OPTED_OUT.code],
		name: OPTED_OUT.name,
		then: 'failed',
		means: 'The person has stopped marketing messages from you; never send them again',
	},
	{
		codes: [131026],
		name: 'undeliverable',
		then: 'failed',
		means: 'The number is not on WhatsApp, or cannot get this message',
	},
	{
		codes: [131049],
		name: 'not-now',
		then: 'failed',
		means: 'WhatsApp did not deliver it to keep the person from too many marketing messages',
	},
	{
		codes: [131042],
		name: 'billing',
		then: 'stop',
		means: 'WhatsApp refuses for want of payment; mend the payment method in the WhatsApp Manager',
	},
	{
		statuses: [401, 403],
		name: 'not-authorised',
		then: 'stop',
		means: 'The API refuses the key; check messlo.apiKey',
	},
	{
		statuses: [429],
		name: 'rate-limited',
		then: 'slow-down',
		means: 'The API asks to slow down; sending goes on by itself',
	},
	{
		statuses: [408, 425, 500, 502, 503, 504, 507, 509, 520, 521, 522, 523, 524, 529],
		name: UNAVAILABLE,
		then: 'retry',
		means: 'The API had a passing fault; it is tried again by itself',
	},
	{
		statuses: [400, 404, 405, 409, 410, 413, 415, 422],
		name: 'refused',
		then: 'hold',
		means: 'The API refuses this message; mend what it says and replay',
	},
];

/** How long an account that may not send is left alone before it is tried again. */
const STOPPED_MS = 60_000;

const API_SAID = '. The API said: ';

/** A reason in our own words. The API's may repeat what it was given, names and numbers too: they belong in the ledger, not in a log. */
export const inOwnWords = (reason: string): string => reason.split(API_SAID)[0] ?? '';

/** The API's words, after ours. */
export const withApiWords = (ours: string, said: string): string => ours + API_SAID + said;

/** What an answer means. Codes and statuses nobody has seen are held for a person: never dropped, never repeated blindly. */
export function judge(answer: Answer): Outcome {
	const { ok, code, status, said = `HTTP ${status}`, retryAfterMs, apiMessageId } = answer;
	if (ok && apiMessageId !== undefined) return { kind: 'sent', reason: 'accepted by the API', apiMessageId };
	if (ok)
		return {
			kind: 'unknown',
			reason: 'the API accepted it and named no message, so the thread is read before it counts as sent',
		};
	const rule =
		RULES.find(({ codes }) => code !== undefined && codes?.includes(code)) ??
		RULES.find(({ statuses }) => statuses?.includes(status)) ??
		(status >= 500 ? RULES.find(({ name }) => name === UNAVAILABLE) : undefined);
	const means = rule?.means ?? 'The API gave an answer that the bridge does not know; look at it and replay';
	const reason = withApiWords(means, said);
	const after = retryAfterMs === undefined ? {} : { afterMs: retryAfterMs };
	const name = rule?.name ?? 'unheard-of';
	switch (rule?.then) {
		case 'retry':
			return { kind: 'retry', slow: 'message', name, reason, ...after };
		case 'slow-down':
			return { kind: 'retry', slow: 'everything', name, reason, ...after };
		case 'stop':
			return { kind: 'stop', name, reason, afterMs: retryAfterMs ?? STOPPED_MS };
		case 'failed':
			return { kind: 'failed', name, reason };
		case 'hold-template':
			return { kind: 'hold', cause: 'template', name, reason };
		case 'hold':
		case undefined:
			return { kind: 'hold', cause: 'message', name, reason };
	}
}
