/** What an attempt means for the message: named by what happens next. */
export type Outcome =
	| { kind: 'sent'; apiMessageId?: string; reason: string }
	/** `sender`: all that this sender sends waits, `pair`: what it sends to this person. */
	| { kind: 'retry'; slow: 'message' | 'pair' | 'sender'; afterMs?: number; name: string; reason: string }
	| { kind: 'unknown'; reason: string }
	| { kind: 'hold'; name: string; cause: 'template' | 'message'; reason: string }
	| { kind: 'failed'; name: string; reason: string }
	/** The sender cannot send now: this message waits and all its others with it. */
	| { kind: 'stop'; afterMs?: number; name: string; reason: string };

/** One answer of the API, read: what the rules below look at. */
export interface Answer {
	status: number;
	ok: boolean;
	/** It says `success: true`: where the id of a message stands in a true answer is assumed, not known (contract/). */
	yes?: boolean;
	code?: number;
	said?: string;
	retryAfterMs?: number;
	apiMessageId?: string;
}

/** The API, or a gateway before it, had a fault. The message may have been taken all the same. */
export const UNAVAILABLE = 'unavailable';

interface Rule {
	codes?: readonly number[];
	/** Codes from the first to the second. */
	range?: readonly [number, number];
	statuses?: readonly number[];
	name: string;
	then: 'retry' | 'slow-pair' | 'slow-down' | 'hold' | 'hold-template' | 'failed' | 'stop';
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
		codes: [4, 80007, 130429, 131048],
		name: 'rate-limited',
		then: 'slow-down',
		means: 'Too many messages at once; sending slows down and goes on by itself',
	},
	{
		codes: [131056],
		name: 'pair-rate-limited',
		then: 'slow-pair',
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
		codes: [100, 131008, 131009, 132000, 132005, 132007, 132012, 132018, 135000],
		name: 'wrong-values',
		then: 'hold',
		means: 'The values do not fit the template; mend the mapping and replay the message',
	},
	{
		codes: [132068],
		name: 'flow-blocked',
		then: 'hold',
		means: 'WhatsApp has blocked the flow behind a button of this template; mend the flow and replay the message',
	},
	{
		codes: [132069],
		name: 'flow-throttled',
		then: 'retry',
		means: 'WhatsApp lets few messages with this flow through; it is tried again by itself, less and less often',
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
		codes: [131021],
		name: 'own-number',
		then: 'failed',
		means: 'The number is the one that sends',
	},
	{
		codes: [130497],
		name: 'country-restricted',
		then: 'failed',
		means: 'WhatsApp does not let this account send to the country of the number',
	},
	{
		codes: [130472, 131049],
		name: 'not-now',
		then: 'failed',
		means:
			'WhatsApp did not deliver it to keep the person from too many marketing messages, or for an experiment of its own',
	},
	{
		codes: [131030],
		name: 'not-on-test-list',
		then: 'hold',
		means: 'A test number sends only to the numbers on its list; add this one in the WhatsApp Manager, then replay',
	},
	{
		codes: [131042],
		statuses: [402],
		name: 'billing',
		then: 'stop',
		means: 'WhatsApp refuses for want of payment; mend the payment method in the WhatsApp Manager',
	},
	{
		codes: [368, 131031],
		name: 'account-blocked',
		then: 'stop',
		means:
			'WhatsApp has blocked the account for a breach of its policies; see the WhatsApp Manager and ask for a review',
	},
	{
		codes: [33, 131037, 131045, 133000, 133005, 133006, 133008, 133009, 133010, 133015, 133016],
		name: 'sender-not-ready',
		then: 'stop',
		means:
			'The sending number is not registered at WhatsApp, or its name is not approved; mend that in the WhatsApp Manager',
	},
	{
		codes: [0, 3, 10, 190, 131005],
		range: [200, 299],
		statuses: [401, 403],
		name: 'not-authorised',
		then: 'stop',
		means:
			'The API refuses the key, or WhatsApp the account behind it; check messlo.apiKey and the connection of the number',
	},
	{
		statuses: [429],
		name: 'rate-limited',
		then: 'slow-down',
		means: 'The API asks to slow down; sending goes on by itself',
	},
	{
		codes: [1, 2, 131000, 131016, 131057, 133004],
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

const API_SAID = '. The API said: ';

/** A reason in our own words. The API's may repeat what it was given, names and numbers too: they belong in the ledger, not in a log. */
export const inOwnWords = (reason: string): string => reason.split(API_SAID)[0] ?? '';

/** The API's words, after ours. */
export const withApiWords = (ours: string, said: string): string => ours + API_SAID + said;

/** What an outcome of this name means for a sender. */
export const meansOf = (name: string): string =>
	RULES.find((rule) => rule.name === name)?.means ?? 'The API cannot be reached, or does not answer';

const isAbout = ({ codes, range: [first, last] = [1, 0] }: Rule, code: number): boolean =>
	codes?.includes(code) === true || (code >= first && code <= last);

/** Why a message that the API took came to nothing, by WhatsApp's code. It did not arrive, so sending it again would be no second one. */
export function whyFailed(code: number | undefined, said = 'no cause given'): string {
	const rule = code === undefined ? undefined : RULES.find((each) => isAbout(each, code));
	const passing = rule?.then === 'retry' || rule?.then === 'slow-down' || rule?.then === 'slow-pair';
	const means = passing ? '; what was in the way passes by itself: replay it' : rule ? `. ${rule.means}` : '';
	return withApiWords(`WhatsApp could not deliver it${means}`, said);
}

/** What an answer means. Codes and statuses nobody has seen are held for a person: never dropped, never repeated blindly. */
export function judge(answer: Answer): Outcome {
	const { ok, code, status, said = `HTTP ${status}`, retryAfterMs, apiMessageId } = answer;
	if (ok && (apiMessageId !== undefined || answer.yes))
		return { kind: 'sent', reason: 'accepted by the API', ...(apiMessageId === undefined ? {} : { apiMessageId }) };
	if (ok)
		return {
			kind: 'unknown',
			reason:
				'the API answered neither yes nor with the id of a message, so the thread is read before it counts as sent',
		};
	const rule =
		(code === undefined ? undefined : RULES.find((each) => isAbout(each, code))) ??
		RULES.find(({ statuses }) => statuses?.includes(status)) ??
		(status >= 500 ? RULES.find(({ name }) => name === UNAVAILABLE) : undefined);
	const means = rule?.means ?? 'The API gave an answer that the bridge does not know; look at it and replay';
	const reason = withApiWords(means, said);
	const after = retryAfterMs === undefined ? {} : { afterMs: retryAfterMs };
	const name = rule?.name ?? 'unheard-of';
	switch (rule?.then) {
		case 'retry':
			return { kind: 'retry', slow: 'message', name, reason, ...after };
		case 'slow-pair':
			return { kind: 'retry', slow: 'pair', name, reason, ...after };
		case 'slow-down':
			return { kind: 'retry', slow: 'sender', name, reason, ...after };
		case 'stop':
			return { kind: 'stop', name, reason, ...after };
		case 'failed':
			return { kind: 'failed', name, reason };
		case 'hold-template':
			return { kind: 'hold', cause: 'template', name, reason };
		case 'hold':
		case undefined:
			return { kind: 'hold', cause: 'message', name, reason };
	}
}
