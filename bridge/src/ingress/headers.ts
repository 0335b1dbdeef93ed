import type { RequestHandler } from 'express';

/** For answers that are read by programs: a browser that is led here may run, frame, guess and keep nothing. */
export const STRICT = {
	'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
	'x-content-type-options': 'nosniff',
	'referrer-policy': 'no-referrer',
	'x-frame-options': 'DENY',
	'cache-control': 'no-store',
} as const;

/** A PDF is shown by the browser's own viewer, which some browsers forbid under a policy of default-src 'none'. */
export const OF_DOCUMENTS = {
	'content-security-policy': "frame-ancestors 'none'",
	'cache-control': 'private, max-age=300',
	'x-robots-tag': 'noindex',
} as const;

const YEAR_S = 31_536_000;

/** Puts them on every answer; a route that needs others sets them after. `https`: how the bridge is reached. */
export function strictHeaders(https: boolean): RequestHandler {
	const headers = { ...STRICT, ...(https ? { 'strict-transport-security': `max-age=${YEAR_S}` } : {}) };
	return (_request, response, next) => {
		response.set(headers);
		next();
	};
}
