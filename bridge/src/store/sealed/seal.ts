import { createCipheriv, createDecipheriv, createHmac, createSecretKey, hkdfSync, randomFillSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

/** What a sealed value is; each has a key of its own, and a value that is moved from one to another does not open. */
export type Purpose =
	'body' | 'headers' | 'person' | 'values' | 'link' | 'reason' | 'document' | 'key' | 'setting' | 'cursor' | 'shared';

/** A sealed value does not open: it was changed, or sealed with another key. */
export class SealBroken extends Error {
	constructor(purpose: Purpose) {
		super(
			`A sealed value of the ledger (${purpose}) does not open: it was changed by something other than the bridge, or the disk spoilt it. Bring back a backup, or replay the event from the shop.`,
		);
		this.name = 'SealBroken';
	}
}

/** Seals with AES-256-GCM. What is not sealed, written before there was a key, opens as it is. */
export interface Seal {
	text(purpose: Purpose, plain: string): string;
	openText(purpose: Purpose, stored: string): string;
	/** Always the same for the same text, so that it can be looked up; who sees the ledger sees which are equal. */
	same(purpose: Purpose, plain: string): string;
	bytes(purpose: Purpose, plain: Uint8Array): Buffer;
	openBytes(purpose: Purpose, stored: Uint8Array): Buffer;
	/** Digest that nobody makes without the key: 24 hexadecimal digits. */
	digest(text: string): string;
}

/** Before the sealed text; neither JSON nor a number with plus begins so. */
const TEXT_MARK = 'sealed:1:';
/** Before sealed bytes; JSON does not begin with 0, nor does a PDF. */
const BYTES_MARK = Buffer.from([0, 0x53, 0x4c, 1]);
const NONCE = 12;
const TAG = 16;

export const isSealedText = (stored: string): boolean => stored.startsWith(TEXT_MARK);
export const isSealedBytes = (stored: Uint8Array): boolean =>
	stored.length >= BYTES_MARK.length && BYTES_MARK.every((byte, index) => stored[index] === byte);

/** `key`: 32 bytes. */
export function createSeal(key: Uint8Array): Seal {
	const subkey = (info: string): KeyObject =>
		createSecretKey(new Uint8Array(hkdfSync('sha256', key, new Uint8Array(), `messlo-bridge ledger ${info}`, 32)));
	const keys = new Map<string, KeyObject>();
	const keyFor = (info: string): KeyObject => {
		const made = keys.get(info) ?? subkey(info);
		keys.set(info, made);
		return made;
	};

	function encrypt(purpose: Purpose, plain: Uint8Array, nonce: Uint8Array, mark: Uint8Array): Buffer {
		const cipher = createCipheriv('aes-256-gcm', keyFor(purpose), nonce, { authTagLength: TAG });
		cipher.setAAD(Buffer.from(purpose));
		return Buffer.concat([mark, nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
	}
	function decrypt(purpose: Purpose, sealed: Uint8Array): Buffer {
		if (sealed.length < NONCE + TAG) throw new SealBroken(purpose);
		const decipher = createDecipheriv('aes-256-gcm', keyFor(purpose), sealed.subarray(0, NONCE), {
			authTagLength: TAG,
		});
		decipher.setAAD(Buffer.from(purpose));
		decipher.setAuthTag(sealed.subarray(sealed.length - TAG));
		const plain = decipher.update(sealed.subarray(NONCE, sealed.length - TAG));
		try {
			return Buffer.concat([plain, decipher.final()]);
		} catch {
			throw new SealBroken(purpose);
		}
	}
	const asText = (purpose: Purpose, plain: string, nonce: Uint8Array): string =>
		TEXT_MARK + encrypt(purpose, Buffer.from(plain), nonce, NOTHING).toString('base64url');
	const hmac = (info: string, text: string): Buffer => createHmac('sha256', keyFor(info)).update(text).digest();

	return {
		text: (purpose, plain) => asText(purpose, plain, randomFillSync(Buffer.allocUnsafe(NONCE))),
		openText: (purpose, stored) =>
			isSealedText(stored)
				? decrypt(purpose, Buffer.from(stored.slice(TEXT_MARK.length), 'base64url')).toString('utf8')
				: stored,
		same: (purpose, plain) => asText(purpose, plain, hmac(`${purpose} nonce`, plain).subarray(0, NONCE)),
		bytes: (purpose, plain) => encrypt(purpose, plain, randomFillSync(Buffer.allocUnsafe(NONCE)), BYTES_MARK),
		openBytes: (purpose, stored) =>
			isSealedBytes(stored) ? decrypt(purpose, stored.subarray(BYTES_MARK.length)) : Buffer.from(stored),
		digest: (text) => hmac('digest', text).toString('hex').slice(0, 24),
	};
}

const NOTHING = new Uint8Array();
