import { createHash, timingSafeEqual } from 'node:crypto';
import type { RequestHandler } from 'express';

/** Lets in who shows the admin token as a bearer token; compared in constant time, whatever its length. */
export function requireToken(adminToken: string): RequestHandler {
	const want = digest(adminToken);
	return (request, response, next) => {
		const given = /^Bearer (.+)$/i.exec(request.get('authorization') ?? '')?.[1] ?? '';
		if (timingSafeEqual(digest(given), want)) {
			next();
			return;
		}
		response.status(401).set('www-authenticate', 'Bearer').json({
			reason: 'not-authorised',
			detail: 'Send the header Authorization: Bearer <server.adminToken of the configuration>.',
		});
	};
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
