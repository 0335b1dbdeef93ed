import { createHash, timingSafeEqual } from 'node:crypto';
import type { RequestHandler } from 'express';
import { FailedTries } from './failed-tries';

/**
 * Lets in who shows the admin token as a bearer token; compared in constant time, whatever its length. No cookie and no password that
 * a browser would send by itself opens anything, so another site's page can do nothing in the name of who is looking at it.
 */
export function requireToken(adminToken: string, now: () => Date): RequestHandler {
	const want = digest(adminToken);
	const tries = new FailedTries(now);
	return (request, response, next) => {
		const address = request.socket.remoteAddress ?? '';
		const wait = tries.waitFor(address);
		if (wait > 0) {
			const detail = `Too many wrong tokens came from this address. Try again in ${wait} s.`;
			response.status(429).set('retry-after', String(wait)).json({ reason: 'too-many-tries', detail });
			return;
		}
		const given = /^Bearer (.+)$/i.exec(request.get('authorization') ?? '')?.[1] ?? '';
		if (adminToken !== '' && timingSafeEqual(digest(given), want)) {
			next();
			return;
		}
		// A request without any token is no guess.
		if (given !== '') tries.count(address);
		response.status(401).set('www-authenticate', 'Bearer').json({
			reason: 'not-authorised',
			detail: 'Send the header Authorization: Bearer <server.adminToken of the configuration>.',
		});
	};
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
