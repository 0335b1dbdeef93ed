import type { Failed } from './api-failure';

/** Failures before a byte of the request was written. */
const NEVER_LEFT = new Set([
	...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN', 'ERR_INVALID_URL'],
	...['CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN'],
	...['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'ERR_TLS_CERT_ALTNAME_INVALID', 'EPROTO'],
]);

/** What an error of the HTTP client says about the connection; n8n wraps it, sometimes twice. */
export function silence(error: unknown, baseUrl: string): Failed {
	const code = findCode(error);
	return {
		kind: 'silence',
		host: baseUrl,
		reason: code ?? (error instanceof Error ? error.message : String(error)),
		sent: code === undefined || !NEVER_LEFT.has(code),
	};
}

function findCode(error: unknown, depth = 0): string | undefined {
	if (typeof error !== 'object' || error === null || depth > 4) return undefined;
	const { code, cause, errorResponse, errors } = error as Partial<
		Record<'code' | 'cause' | 'errorResponse' | 'errors', unknown>
	>;
	if (typeof code === 'string' && /^[A-Z][A-Z_]+$/.test(code)) return code;
	const [first] = Array.isArray(errors) ? (errors as unknown[]) : [];
	return [cause, errorResponse, first].map((inner) => findCode(inner, depth + 1)).find((found) => found !== undefined);
}
