import { type Bucket, fill, fullBucket, waitFor } from './bucket';
import { afterAttempt, type Circuit, CLOSED, opensAt, permits, withoutProbe, withProbe } from './circuit';

/** How fast the account and each of its senders may send, and which senders may: one small value that all processes share. */
export interface Rates {
	account: Bucket;
	senders: Record<string, { bucket: Bucket; circuit: Circuit }>;
}

export interface Limits {
	perSecond: number;
	senderPerSecond: number;
}

/** One number for one mapping: what asks for places. */
export interface Wish {
	sender: string;
	mapping: string;
	/** So many messages at most. */
	places: number;
}

export type Grant<W extends Wish = Wish> = W & {
	/** Its one message shows whether the sender may send again. */
	probe: boolean;
};

/** WhatsApp takes one message in six seconds from one number to one person; more are refused with 131056. */
export const PAIR_MS = 6_000;

/** As a text; what cannot be read begins anew. */
export function readRates(text: string | undefined, { perSecond }: Limits, now: number): Rates {
	if (text !== undefined) {
		try {
			return JSON.parse(text) as Rates;
		} catch {
			// It is made anew below; it only says how fast.
		}
	}
	return { account: fullBucket(perSecond, now), senders: {} };
}

const senderOf = (rates: Rates, sender: string, { senderPerSecond }: Limits, now: number) =>
	rates.senders[sender] ?? { bucket: fullBucket(senderPerSecond, now), circuit: CLOSED };

/**
 * Gives at most so many places to who may send, in turns of one each, so that whoever asks for many leaves the others theirs.
 * `next`: when it is worth asking again for those that got less than they asked for.
 */
export function takePlaces<W extends Wish>(
	rates: Rates,
	wishes: readonly W[],
	most: number,
	limits: Limits,
	now: number,
): { rates: Rates; grants: Grant<W>[]; next?: number } {
	const account = fill(rates.account, limits.perSecond, now);
	const senders = { ...rates.senders };
	const grants = wishes.map((wish): Grant<W> => ({ ...wish, places: 0, probe: false }));
	const waits: number[] = [];
	const take = (wish: Wish, grant: Grant): boolean => {
		const { bucket: before, circuit } = senderOf({ account, senders }, wish.sender, limits, now);
		const bucket = fill(before, limits.senderPerSecond, now);
		const permit = grant.probe ? 'none' : permits(circuit, wish.mapping, now);
		const wait = Math.max(waitFor(account, limits.perSecond), waitFor(bucket, limits.senderPerSecond));
		senders[wish.sender] = { bucket, circuit };
		if (permit === 'none') waits.push(opensAt(circuit, now) ?? now);
		else if (wait > 0) waits.push(now + wait);
		if (permit === 'none' || wait > 0) return false;
		account.tokens -= 1;
		const probe = permit === 'one';
		senders[wish.sender] = {
			bucket: { ...bucket, tokens: bucket.tokens - 1 },
			circuit: probe ? withProbe(circuit, now) : circuit,
		};
		grant.places += 1;
		grant.probe = probe;
		return true;
	};
	let left = most;
	for (let before = left + 1; left > 0 && left < before;) {
		before = left;
		for (const [index, wish] of wishes.entries()) {
			const grant = grants[index];
			if (left > 0 && grant && grant.places < wish.places && !grant.probe && take(wish, grant)) left -= 1;
		}
	}
	const next = waits.length > 0 ? { next: Math.min(...waits) } : {};
	return { rates: { account, senders }, grants: grants.filter(({ places }) => places > 0), ...next };
}

/** Gives back places that no message was found for. */
export function giveBack(rates: Rates, unused: readonly Grant[]): Rates {
	const senders = { ...rates.senders };
	let { tokens } = rates.account;
	for (const { sender, places, probe } of unused) {
		const own = senders[sender];
		if (!own) continue;
		tokens += places;
		senders[sender] = {
			bucket: { ...own.bucket, tokens: own.bucket.tokens + places },
			circuit: probe ? withoutProbe(own.circuit) : own.circuit,
		};
	}
	return { account: { ...rates.account, tokens }, senders };
}

/** What an attempt says about its sender, noted. */
export function noteAttempt(
	rates: Rates,
	sender: string,
	attempt: Parameters<typeof afterAttempt>[1],
	limits: Limits,
	now: number,
): Rates {
	const own = senderOf(rates, sender, limits, now);
	return {
		...rates,
		senders: { ...rates.senders, [sender]: { ...own, circuit: afterAttempt(own.circuit, attempt, now) } },
	};
}
