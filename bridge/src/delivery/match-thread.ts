/** What we sent, as far as a thread can show it. */
export interface Sent {
	template: string;
	variables: Record<string, string>;
	mediaUrl?: string;
	/** The attempt began then, by our clock. */
	since: Date;
	/** API ids of other messages of ours to the same person: those are not this one. */
	others: ReadonlySet<string>;
}

/** What the thread shows of a message (messlo/thread.ts). */
export interface Seen {
	ids: string[];
	outgoing?: boolean;
	text?: string;
	template?: string;
	variables?: Record<string, string>;
	mediaUrl?: string;
	at?: Date;
}

/** The two clocks may differ by this much. */
const CLOCK_SKEW_MS = 120_000;

/**
 * Finds a message of ours in a thread. `undecided` when something left at that time and the thread does not show enough to
 * tell whether it is this one: then a person decides, for both sending again and not sending may be wrong.
 */
export function matchThread(
	sent: Sent,
	thread: readonly Seen[],
): { kind: 'found'; id?: string } | { kind: 'absent' } | { kind: 'undecided' } {
	const verdicts = thread
		.filter((seen) => seen.outgoing !== false && !seen.ids.some((id) => sent.others.has(id)))
		.map((seen) => ({ seen, verdict: compare(sent, seen), fits: isOfThatTime(sent, seen) }));
	const same = verdicts.find(({ verdict, fits }) => verdict === 'same' && fits);
	if (same) return { kind: 'found', ...(same.seen.ids[0] === undefined ? {} : { id: same.seen.ids[0] }) };
	// The same of another time: sent before by somebody else, or our clock was wrong.
	const undecided = verdicts.some(({ verdict, fits }) => verdict === 'same' || (verdict === 'unclear' && fits));
	return { kind: undecided ? 'undecided' : 'absent' };
}

const isOfThatTime = ({ since }: Sent, { at }: Seen): boolean =>
	at === undefined || at.getTime() >= since.getTime() - CLOCK_SKEW_MS;

function compare(sent: Sent, seen: Seen): 'same' | 'other' | 'unclear' {
	// A document link is ours alone: unguessable and made for one message.
	if (sent.mediaUrl !== undefined && seen.mediaUrl !== undefined)
		return sent.mediaUrl === seen.mediaUrl ? 'same' : 'other';
	if (seen.template !== undefined && seen.template !== sent.template) return 'other';
	const values = Object.values(sent.variables);
	if (seen.variables !== undefined)
		return Object.entries(sent.variables).every(([key, value]) => String(seen.variables?.[key]) === value)
			? 'same'
			: 'other';
	if (seen.text !== undefined && values.length > 0)
		return values.every((value) => seen.text?.includes(value)) ? 'same' : 'other';
	return seen.template !== undefined && values.length === 0 ? 'same' : 'unclear';
}
