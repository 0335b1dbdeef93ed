import { SKEW_MS } from './bucket';
import { askedMs } from './retry';

/**
 * Whether a sender may send. Closed, everything leaves. Open, nothing does until `until`; then one message at a time is tried (the probe), and
 * one that the API takes closes it.
 */
export interface Circuit {
	/** Messages that failed one after the other while it was closed, with their mappings. */
	failed: { message: string; mapping: string }[];
	open?: Opening;
}

export interface Opening {
	/** Name of the outcome: not-authorised, billing, rate-limited, unavailable … */
	name: string;
	/** `stop`: the API refuses this sender. `slow`: it asks to wait. `failing`: it cannot be reached, or has faults. */
	kind: Trouble['kind'];
	/** Since when, and until when nothing leaves; ms since 1970. */
	since: number;
	until: number;
	/** When `until` was set. */
	at: number;
	/** Waits so far: they grow. */
	waits: number;
	/** Mappings that were tried. Of another one, a message may be tried at once: perhaps only a template is at fault. */
	mappings: string[];
	/** A message that is being tried; the process that has it may die, so it counts until `until`. */
	probe?: { at: number; until: number };
}

/** What an attempt says about its sender. */
export type Trouble = { kind: 'stop' | 'slow' | 'failing'; name: string; afterMs?: number };

export const CIRCUIT = {
	/** So many different messages in a row: one that the API stumbles over is not the sender's fault. */
	failures: 5,
	/** Waits before a probe, in ms; the last one repeats. */
	waitsMs: [1_000, 2_000, 5_000, 10_000, 20_000, 40_000, 60_000],
	/** A refused key or an unpaid account is mended by a person: asking more often than this helps nobody. */
	stoppedMs: 60_000,
	/** Longer than any attempt takes, its document included. */
	probeMs: 120_000,
} as const;

export const CLOSED: Circuit = { failed: [] };

/** What of a mapping may leave now: everything, one message as a probe, or nothing. */
export function permits({ open }: Circuit, mapping: string, now: number): 'all' | 'one' | 'none' {
	if (!open) return 'all';
	if (open.probe && within(now, open.probe)) return 'none';
	if (!within(now, open)) return 'one';
	return open.kind === 'failing' && !open.mappings.includes(mapping) ? 'one' : 'none';
}

/** When something may leave that may not now; undefined while it is closed. */
export function opensAt({ open }: Circuit, now: number): number | undefined {
	if (!open) return undefined;
	const { probe } = open;
	return probe && within(now, probe) ? probe.until : within(now, open) ? open.until : now;
}

/** A clock that is before `at` was set back: the time is over as far as anybody can tell, and a probe will show. */
const within = (now: number, { at, until }: { at: number; until: number }): boolean =>
	now < until && now >= at - SKEW_MS;

/** A probe leaves. */
export function withProbe(circuit: Circuit, now: number): Circuit {
	return circuit.open
		? { ...circuit, open: { ...circuit.open, probe: { at: now, until: now + CIRCUIT.probeMs } } }
		: circuit;
}

/** No attempt came of the probe: another message may be one. */
export function withoutProbe({ failed, open }: Circuit): Circuit {
	if (!open) return { failed };
	const { probe: _, ...rest } = open;
	return { failed, open: rest };
}

/** After an attempt. While it is open, only probes count: what was under way before says nothing new, unless it names a longer wait. */
export function afterAttempt(
	circuit: Circuit,
	attempt: { message: string; mapping: string; probe: boolean; trouble?: Trouble },
	now: number,
): Circuit {
	const { message, mapping, probe, trouble } = attempt;
	const { open } = circuit;
	if (!trouble) return open && !probe ? circuit : CLOSED;
	if (open && probe) return { failed: [], open: opened(trouble, now, open, mapping) };
	if (open) {
		const worse =
			trouble.kind === 'stop' ? open.kind !== 'stop' : trouble.kind === 'slow' && trouble.afterMs !== undefined;
		const longer = opened(trouble, now, { ...open, waits: open.waits - 1 }, mapping);
		return worse && longer.until > open.until ? { failed: [], open: longer } : circuit;
	}
	if (trouble.kind !== 'failing') return { failed: [], open: opened(trouble, now, undefined, mapping) };
	const failed = [...circuit.failed.filter((each) => each.message !== message), { message, mapping }];
	if (failed.length < CIRCUIT.failures) return { failed };
	const mappings = [...new Set(failed.map((each) => each.mapping))];
	return { failed: [], open: { ...opened(trouble, now, undefined, mapping), mappings } };
}

function opened(trouble: Trouble, now: number, before: Opening | undefined, mapping: string): Opening {
	const waits = before?.waits ?? 0;
	const own =
		trouble.kind === 'stop' ? CIRCUIT.stoppedMs : (CIRCUIT.waitsMs[Math.min(waits, CIRCUIT.waitsMs.length - 1)] ?? 0);
	const wait = trouble.afterMs === undefined ? own : askedMs(trouble.afterMs);
	return {
		name: trouble.name,
		kind: trouble.kind,
		since: before?.since ?? now,
		at: now,
		until: now + wait,
		waits: waits + 1,
		mappings: [...new Set([...(before?.mappings ?? []), mapping])],
	};
}
