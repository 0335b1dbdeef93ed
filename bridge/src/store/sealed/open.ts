import { randomBytes } from 'node:crypto';
import type { Store } from '../store';
import { createSeal, SealBroken } from './seal';
import { sealedStore } from './store';

/** Keys of 32 bytes: the one to seal with, and earlier ones that a ledger may still be sealed with. */
export interface StoreKeys {
	key?: Uint8Array;
	oldKeys?: readonly Uint8Array[];
}

/** The setting that says how the ledger is sealed: empty when it is not; else the ledger's own key, sealed with `store.key`. */
const SETTING = 'sealed';
const PLAIN = '';
/** A ledger that was begun without a key: what it holds from then is not sealed. */
const MIXED = 'mixed ';

/**
 * The ledger as `store.key` says: sealed with a random key of its own, which is kept in it under `store.key`. Another `store.key` seals only that
 * one anew, and nothing else has to be written again. Refuses a key that does not open it, and a sealed ledger without a key.
 */
export async function sealedAsAsked(store: Store, { key, oldKeys = [] }: StoreKeys): Promise<Store> {
	const stored = await store.setting(SETTING, () => PLAIN);
	if (key === undefined) {
		if (stored === PLAIN) return store;
		throw new Error(
			'The ledger is sealed, and there is no key. Set store.key to the key that it was sealed with: store.key: "${BRIDGE_STORE_KEY}".',
		);
	}
	if (stored === PLAIN) {
		const begun = Object.values((await store.counts()).events).some((count) => count > 0);
		const made = (begun ? MIXED : '') + wrapped(key, randomBytes(32));
		await store.replaceSetting(SETTING, PLAIN, made);
		// Another process may have been first: what stands there now is what counts.
		return sealedAsAsked(store, { key, oldKeys });
	}
	const mixed = stored.startsWith(MIXED);
	const [mark, sealed] = mixed ? [MIXED, stored.slice(MIXED.length)] : ['', stored];
	const own = unwrapped(key, sealed);
	const ledgerKey = own ?? oldKeys.map((old) => unwrapped(old, sealed)).find((found) => found !== undefined);
	if (ledgerKey === undefined)
		throw new Error(
			'The ledger is sealed with another key than store.key. Give it the right one; if the key was changed, name the one before under store.oldKeys.',
		);
	if (own === undefined) await store.replaceSetting(SETTING, stored, mark + wrapped(key, ledgerKey));
	const made = sealedStore(store, { seal: createSeal(ledgerKey), mixed });
	if (mixed) await sealSuppressions(store, made);
	return made;
}

const wrapped = (key: Uint8Array, ledgerKey: Uint8Array): string =>
	createSeal(key).text('setting', Buffer.from(ledgerKey).toString('base64'));

function unwrapped(key: Uint8Array, sealed: string): Buffer | undefined {
	try {
		return Buffer.from(createSeal(key).openText('setting', sealed), 'base64');
	} catch (error) {
		if (error instanceof SealBroken) return undefined;
		throw error;
	}
}

/** Who wants no messages is looked up by number: those from before the key are sealed now, the oldest first. */
async function sealSuppressions(store: Store, sealed: Store): Promise<void> {
	const plain = [];
	let cursor: string | undefined;
	do {
		const page = await store.suppressions({ cursor, limit: 200 });
		plain.push(...page.items.filter(({ phone }) => phone.startsWith('+')));
		cursor = page.next;
	} while (cursor !== undefined);
	for (const entry of plain.reverse()) {
		await sealed.suppress(entry);
		await store.unsuppress(entry.phone);
	}
}
