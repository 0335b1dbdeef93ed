import { createHmac, timingSafeEqual } from 'node:crypto';

export type LinkReading = { ok: true; document: string } | { ok: false; reason: 'bad-link' | 'expired' };

export interface Links {
	/** The token of a document's link: its id and end, signed. */
	sign(document: string, expiresAt: Date): string;
	read(token: string, now: Date): LinkReading;
}

/**
 * Links that cannot be guessed, changed or used after their end. The bridge checks the signature before it looks anything
 * up, so that guessing costs the guesser more than the store.
 */
export function createLinks(key: string): Links {
	const signature = (text: string) =>
		createHmac('sha256', key).update(text).digest().subarray(0, 16).toString('base64url');
	return {
		sign: (document, expiresAt) => {
			const text = `${document}.${Math.floor(expiresAt.getTime() / 1000).toString(36)}`;
			return `${text}.${signature(text)}`;
		},
		read: (token, now) => {
			const found = /^([a-f0-9]{32}\.([a-z0-9]{1,10}))\.([\w-]{22})$/.exec(token);
			const [, text = '', end = '', given = ''] = found ?? [];
			// Compared as text: several last characters decode to the same bytes.
			if (!found || !timingSafeEqual(Buffer.from(signature(text)), Buffer.from(given)))
				return { ok: false, reason: 'bad-link' };
			if (Number.parseInt(end, 36) * 1000 < now.getTime()) return { ok: false, reason: 'expired' };
			return { ok: true, document: text.split('.')[0] ?? '' };
		},
	};
}
