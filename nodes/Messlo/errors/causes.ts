import { readCode, readReason } from '../../../catalog';
import type { Failed } from '../api/api-failure';

export interface Cause {
	/** For workflows to branch on; the `code` of a failed item. */
	name: string;
	/** Error codes of WhatsApp, HTTP statuses, or words of the API that it goes by. */
	codes?: readonly number[];
	statuses?: readonly number[];
	says?: RegExp;
	what: string;
	fix: string;
	/** Whether the same request may work later, without any change. */
	retryable?: true;
}

/**
 * What makes calls fail, read from the top: codes of WhatsApp, then the API's words, then HTTP statuses.
 * A code says more than a status: the API may wrap any of them in a 400. Its words are not published, so they are matched loosely.
 */
export const CAUSES: readonly Cause[] = [
	{
		name: 'rate-limited',
		codes: [130429, 80007],
		statuses: [429],
		what: 'The API asks to slow down',
		fix: 'Set fewer items per batch and a longer interval under Options → Batching, or run the workflow again later.',
		retryable: true,
	},
	{
		name: 'pair-rate-limited',
		codes: [131056],
		what: 'Too many messages to this person in a short time',
		fix: 'Wait a minute before writing to the same number again.',
		retryable: true,
	},
	{
		name: 'spam-rate-limited',
		codes: [131048],
		what: 'WhatsApp limits this sender because people blocked or reported its messages',
		fix: 'Look at the quality rating of the number in the WhatsApp Manager and send less until it recovers.',
		retryable: true,
	},
	{
		name: 'template-paused',
		codes: [132015, 132016],
		says: /template.{0,40}\b(paused|disabled)\b/i,
		what: 'WhatsApp has paused or disabled this template',
		fix: 'People gave it poor feedback. Edit it, submit it again, or send another approved template.',
	},
	{
		name: 'template-not-approved',
		codes: [132001],
		says: /template.{0,60}(not approved|not been approved|pending|rejected|does not exist|not found)/i,
		what: 'There is no approved template of this name in this language',
		fix: 'Pick the template from the list, which shows approved ones with their language, or run Template → Sync Approval Status.',
	},
	{
		name: 'variable-count',
		codes: [132000],
		says: /number of (parameters|variables|params)/i,
		what: 'The number of values does not match the variables of the template',
		fix: 'Give one value for each {{1}}, {{2}}, … of the approved template: no more, no fewer, none empty.',
	},
	{
		name: 'variable-format',
		codes: [132005, 132007, 132012, 132018],
		what: 'A value does not fit the template',
		fix: 'Values may not hold line breaks, tabs or more than four spaces in a row, nor make the text too long; header media must be of the kind that the template has.',
	},
	{
		name: 'window-closed',
		codes: [131047],
		says: /24.?hours?|re-?engagement|customer service window/i,
		what: 'The person has not written for 24 hours, so free text and media do not go through',
		fix: 'Use Message → Send Template: approved templates can be sent at any time.',
	},
	{
		name: 'media-refused',
		codes: [131051, 131052, 131053],
		says: /media.{0,60}(not reachable|unreachable|download|fetch|upload error|unsupported|too large)/i,
		what: 'WhatsApp could not fetch or use the media',
		fix: 'The address must answer over HTTPS without a login, with the right content type and size. Test it by Template → Validate Media URL.',
	},
	{
		name: 'opted-out',
		codes: [131050],
		what: 'The person has stopped marketing messages from you',
		fix: 'Take them off the list; do not send again.',
	},
	{
		name: 'undeliverable',
		codes: [131026],
		what: 'The number is not on WhatsApp, or cannot get this message',
		fix: 'Check the number with its country code. The person may have to accept the new terms or update WhatsApp.',
	},
	{
		name: 'not-now',
		codes: [131049],
		what: 'WhatsApp held the message back to spare the person too many marketing messages',
		fix: 'Wait at least a day before trying again; more often makes it worse.',
	},
	{
		name: 'same-number',
		codes: [131021],
		what: 'Sender and recipient are the same number',
		fix: 'Choose another recipient.',
	},
	{
		name: 'sender-not-registered',
		codes: [133010],
		what: 'The sender number is not registered on the WhatsApp Business Platform',
		fix: 'Connect it in the Messlo dashboard, then pick it from the list of sender numbers.',
	},
	{
		name: 'billing',
		codes: [131042],
		what: 'WhatsApp refuses for want of payment',
		fix: 'Mend the payment method of the account in the WhatsApp Manager.',
	},
	{
		name: 'wrong-values',
		codes: [100, 131008, 131009],
		what: 'WhatsApp misses a value, or cannot use one',
		fix: 'Compare the fields of this operation with what the API said below.',
	},
	{
		name: 'plan-limit',
		statuses: [402],
		says: /\b(plan|subscription|quota)\b.{0,60}\b(limit|reached|exceed|upgrade|allow|include|expired?)|upgrade your plan|limit (reached|exceeded)/i,
		what: 'The plan of the account does not allow this, or its limit is reached',
		fix: 'See Subscription → Get Usage, delete what is no longer needed, or upgrade the plan in the Messlo dashboard.',
	},
	{
		name: 'wrong-key',
		statuses: [401],
		what: 'Messlo does not accept the API key',
		fix: 'Open the credential and test it. Keys of login apps work for Login only, and keys of the account for all the rest.',
	},
	{
		name: 'forbidden',
		statuses: [403],
		what: 'The API key may not do this',
		fix: 'Check in the Messlo dashboard what the key and the plan allow.',
	},
	{
		name: 'already-exists',
		statuses: [409],
		says: /already (exists|in use|taken)|exists already|duplicate/i,
		what: 'There is one already',
		fix: 'Choose another name, or update the existing record instead.',
	},
	{
		name: 'expired',
		statuses: [410],
		what: 'The login session has expired',
		fix: 'Start a new login; a session lives about ten minutes.',
	},
	{
		name: 'not-found',
		statuses: [404, 405],
		what: 'The API does not find the record',
		fix: 'Pick it from the list. Records of another workspace, and deleted ones, are not found either.',
	},
	{
		name: 'too-large',
		statuses: [413],
		what: 'The request is too large',
		fix: 'Send a smaller file or fewer records at a time.',
	},
	{
		name: 'refused',
		statuses: [400, 415, 422],
		what: 'The API refuses these values',
		fix: 'Mend what the API said below.',
	},
	{
		name: 'not-supported',
		statuses: [501],
		what: 'The API does not offer this operation',
		fix: 'It is not on this server. Check the base URL of the credential.',
	},
	{
		name: 'unavailable',
		statuses: [408, 425, 500, 502, 503, 504, 507, 509, 520, 521, 522, 523, 524, 529],
		what: 'The API had a passing fault',
		fix: 'Try again later. Before repeating a message or campaign, look whether it went out: the API may have taken it.',
		retryable: true,
	},
];

const UNREACHABLE: Cause = {
	name: 'unreachable',
	what: 'The API cannot be reached',
	fix: 'Check the base URL of the credential, the network and the proxy of n8n. Nothing was sent.',
	retryable: true,
};

const NO_ANSWER: Cause = {
	name: 'no-answer',
	what: 'The API did not answer',
	fix: 'The request may have been carried out. Look before repeating a message or campaign.',
	retryable: true,
};

const UNKNOWN: Cause = {
	name: 'unknown',
	what: 'The API answered that it did not work',
	fix: 'See what the API said below.',
};

/** The row of the table that a failure belongs to. */
export function causeOf(failed: Failed): Cause {
	if (failed.kind === 'silence') return failed.sent ? NO_ANSWER : UNREACHABLE;
	const code = readCode(failed.body);
	const said = readReason(failed.body) ?? '';
	return (
		CAUSES.find(({ codes }) => code !== undefined && codes?.includes(code)) ??
		(failed.status < 500 && failed.status !== 401 && failed.status !== 429
			? CAUSES.find(({ says }) => says?.test(said))
			: undefined) ??
		CAUSES.find(({ statuses }) => statuses?.includes(failed.status)) ??
		(failed.status >= 500 ? CAUSES.find(({ name }) => name === 'unavailable') : undefined) ??
		UNKNOWN
	);
}
