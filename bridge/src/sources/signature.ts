import { createHmac, createSecretKey, timingSafeEqual, type KeyObject } from 'node:crypto';

/** Checks a base64 HMAC-SHA256 of the exact bytes. */
export type SignatureCheck = (body: Buffer, signature: string) => boolean;

/**
 * Accepts a signature made with any of the secrets, so one can be rotated. No secret accepts nothing.
 * Key objects are made once: createHmac with text imports the key again on every call.
 */
export function signedWithAny(secrets: readonly string[]): SignatureCheck {
	const keys = secrets.filter((secret) => secret !== '').map((secret) => createSecretKey(Buffer.from(secret)));
	return (body, signature) => keys.some((key) => matches(key, body, signature));
}

/** Compares the text of the signature, not the decoded bytes: Buffer.from(…, 'base64') forgives stray characters. */
function matches(key: KeyObject, body: Buffer, signature: string): boolean {
	const want = Buffer.from(createHmac('sha256', key).update(body).digest('base64'));
	const got = Buffer.from(signature);
	return want.length === got.length && timingSafeEqual(want, got);
}
