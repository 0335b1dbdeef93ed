import type { Change } from '../feed';
import type { Cells } from './state';

export const QUEUED: Cells = ['queued', '', '', ''];
export const EMPTY: Cells = ['', '', '', ''];
/** For a row that had a status before, and of which the ledger knows nothing (any more). */
export const FORGOTTEN: Cells = [
	'not known',
	'',
	'',
	"it was dealt with before, and what became of it is no longer in the ledger. Write 'send' into the status cell to send it again",
];

/** What the states of the ledger are called in a sheet. */
const WORDS: Record<string, string> = {
	stored: 'queued',
	mapped: 'queued',
	waiting: 'queued',
	sending: 'queued',
	sent: 'sent',
	delivered: 'delivered',
	read: 'read',
	held: 'held',
	unknown: 'being checked',
	failed: 'failed',
	skipped: 'skipped',
	cancelled: 'cancelled',
	ignored: 'not sent',
	unreadable: 'not sent',
};

/** What became of a row, as its four cells: status, message id, time, and why in plain words. */
export function cellsOf(changes: readonly Change[], timezone: string): Cells {
	const words = changes.map(({ state }) => WORDS[state] ?? state);
	const alike = new Set(words).size <= 1;
	const named = changes.map(({ message }, index) => `${message?.mapping ?? ''}: ${words[index] ?? ''}`);
	const times = changes.flatMap(({ message }) => message?.readAt ?? message?.deliveredAt ?? message?.sentAt ?? []);
	const latest = times.sort((a, b) => b.getTime() - a.getTime())[0];
	const reasons = changes.flatMap(({ reason, state }) =>
		reason === undefined || QUIET.has(state) ? [] : inSheet(reason),
	);
	return [
		alike ? (words[0] ?? 'queued') : named.join(', '),
		changes.flatMap(({ message }) => message?.apiMessageId ?? []).join(', '),
		latest ? timeText(latest, timezone) : '',
		[...new Set(reasons)].join('; '),
	];
}

/** Why a message was sent needs no saying. */
const QUIET = new Set(['sent', 'delivered', 'read']);

/** The ledger speaks to whoever has the dashboard; here a row is sent again by its status cell. */
const inSheet = (reason: string): string =>
	reason
		.replace(/, then replay/g, ", then write 'send' into the status cell")
		.replace(/\. Replay it\b/g, ". Write 'send' into the status cell");

/** "2026-11-20 14:35:12" */
export const timeText = (time: Date, timeZone: string): string =>
	new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(time);
