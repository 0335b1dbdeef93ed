import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';

/** Checks a base64 HMAC-SHA256 of the exact bytes. */
/** `macs`: of this body with each of the secrets, where they are computed already (macs/mac-thread.ts). */
export type SignatureCheck = (body: Buffer, signature: string, macs?: readonly Buffer[]) => boolean;

/** Buffer.from(…, 'base64') forgives stray characters and bits: the last letter holds four bits of the digest and two that are 0. */
const BASE64_OF_32_BYTES = /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/;

/**
 * Accepts a signature made with any of the secrets, so one can be rotated. No secret accepts nothing.
 * Key objects are made once: createHmac with text imports the key again on every call.
 */
export function signedWithAny(secrets: readonly string[]): SignatureCheck {
	const keys = secrets.filter((secret) => secret !== '').map((secret) => createSecretKey(Buffer.from(secret)));
	return (body, signature, macs) => {
		if (!BASE64_OF_32_BYTES.test(signature)) return false;
		const given = Buffer.from(signature, 'base64');
		if (macs) return macs.some((mac) => timingSafeEqual(mac, given));
		return keys.some((key) => timingSafeEqual(createHmac('sha256', key).update(body).digest(), given));
	};
}
