import ipaddr from 'ipaddr.js';

/** Wrong tokens that one address may show in a window; then nothing from there is looked at until the window ends. */
export const TRIES = { most: 20, windowMs: 60_000 };
/** Addresses remembered; an attacker with more than these still has only `most` tries from each. */
const MOST_ADDRESSES = 10_000;

interface Window {
	since: number;
	count: number;
}

/**
 * Counts failed tries by remote address: the connection's own, as anybody can write what they like into X-Forwarded-For. Behind a
 * proxy all tries come from one address and are counted together.
 */
export class FailedTries {
	private readonly windows = new Map<string, Window>();

	constructor(private readonly now: () => Date) {}

	/** For how many seconds nothing from this address is looked at; 0 when it may try. */
	waitFor(address: string): number {
		const window = this.windows.get(blockOf(address));
		const age = window ? this.now().getTime() - window.since : 0;
		if (!window || window.count < TRIES.most || !isOpen(age)) return 0;
		return Math.ceil((TRIES.windowMs - age) / 1000);
	}

	count(address: string): void {
		const [block, now] = [blockOf(address), this.now().getTime()];
		const known = this.windows.get(block);
		this.windows.delete(block);
		this.windows.set(
			block,
			known && isOpen(now - known.since) ? { ...known, count: known.count + 1 } : { since: now, count: 1 },
		);
		const [oldest] = this.windows.keys();
		if (this.windows.size > MOST_ADDRESSES && oldest !== undefined) this.windows.delete(oldest);
	}
}

/** A clock that was set back ends it too: else nobody would get in until it is as late again. */
const isOpen = (age: number): boolean => age >= 0 && age < TRIES.windowMs;

/** Who has one address of IPv6 has 2^64 of them: those of one network count as one. */
function blockOf(address: string): string {
	if (!ipaddr.isValid(address)) return address;
	const given = ipaddr.process(address);
	return given instanceof ipaddr.IPv6 ? given.parts.slice(0, 4).join(':') : given.toString();
}
