import {
	type ApiRequest,
	buildRequest,
	FieldError,
	type Operation,
	operation,
	readReason,
	succeeded,
	type Values,
} from '../../../catalog';

/** What came of one call. `invalid`: our own values cannot be sent. `not-sent`: nothing left this machine. `no-answer`: it may have arrived. */
export type CallResult =
	| { kind: 'answer'; status: number; ok: boolean; body: unknown; retryAfterMs?: number; durationMs: number }
	| { kind: 'invalid'; reason: string; durationMs: number }
	| { kind: 'not-sent'; reason: string; durationMs: number }
	| { kind: 'no-answer'; reason: string; durationMs: number };

export interface MessloClient {
	/** Calls one row of the catalogue. Never throws for what the network or the API does. */
	call(operationId: string, values: Values): Promise<CallResult>;
	/** The same for calls that only make sense when they work: the body, or an error that says what to do. */
	ask(operationId: string, values: Values): Promise<{ row: Operation; body: unknown }>;
}

export interface ClientOptions {
	baseUrl: string;
	apiKey: string;
	timeoutMs?: number;
	/** For a Retry-After that is a date. */
	clock?: { now(): Date };
}

/** The API keeps answers small; more than this is not an answer of it. */
const LARGEST_ANSWER = 5_000_000;

export function createClient({ baseUrl, apiKey, timeoutMs = 30_000, clock }: ClientOptions): MessloClient {
	const root = baseUrl.replace(/\/+$/, '');

	async function call(operationId: string, values: Values): Promise<CallResult> {
		const started = performance.now();
		let request: ApiRequest;
		try {
			request = buildRequest(operation(operationId), values);
		} catch (error) {
			if (error instanceof FieldError) return { kind: 'invalid', reason: error.message, durationMs: 0 };
			throw error;
		}
		const { method, path, body } = request;
		try {
			const response = await fetch(root + path, {
				method,
				redirect: 'error',
				signal: AbortSignal.timeout(timeoutMs),
				headers: {
					'x-api-key': apiKey,
					accept: 'application/json',
					...(body ? { 'content-type': 'application/json' } : {}),
				},
				...(body ? { body: JSON.stringify(body) } : {}),
			});
			const parsed = await readBody(response);
			const durationMs = performance.now() - started;
			// A page of a proxy or half an answer: whether the API did what it was asked for is not known.
			if (response.ok && !isRecord(parsed))
				return {
					kind: 'no-answer',
					reason: `${response.status} with something that is not the API's JSON`,
					durationMs,
				};
			const retryAfterMs = readRetryAfter(response.headers.get('retry-after'), (clock?.now() ?? new Date()).getTime());
			return {
				kind: 'answer',
				status: response.status,
				ok: succeeded(response.status, parsed),
				body: parsed,
				...(retryAfterMs === undefined ? {} : { retryAfterMs }),
				durationMs,
			};
		} catch (error) {
			const { code, text } = networkCause(error);
			return {
				kind: NEVER_LEFT.has(code) ? 'not-sent' : 'no-answer',
				reason: text,
				durationMs: performance.now() - started,
			};
		}
	}

	return {
		call,
		ask: async (operationId, values) => {
			const row = operation(operationId);
			const result = await call(operationId, values);
			if (result.kind === 'invalid') throw new Error(result.reason);
			if (result.kind !== 'answer')
				throw new Error(
					`${row.label}: the API at ${root} cannot be reached (${result.reason}). Check messlo.baseUrl and the network.`,
				);
			if (!result.ok) {
				const hint = result.status === 401 || result.status === 403 ? ' Check messlo.apiKey.' : '';
				throw new Error(
					`${row.label}: the API answered ${result.status}: ${readReason(result.body) ?? 'no reason given'}.${hint}`,
				);
			}
			return { row, body: result.body };
		},
	};
}

const isRecord = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

/** JSON where it is JSON, else text: the API's failures may be plain text or empty. */
async function readBody(response: Response): Promise<unknown> {
	const chunks: Uint8Array[] = [];
	let size = 0;
	for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
		size += chunk.byteLength;
		if (size > LARGEST_ANSWER) break;
		chunks.push(chunk);
	}
	const text = Buffer.concat(chunks).toString('utf8');
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text;
	}
}

/** Retry-After in both forms of RFC 9110: seconds, or a date (in any of its three spellings, the last of which names no zone and means GMT). */
export function readRetryAfter(header: string | null, now: number): number | undefined {
	if (header === null) return undefined;
	if (/^\d+$/.test(header.trim())) return Number(header) * 1000;
	// JavaScript reads a date into nearly everything: "-5" is the first of May 2001.
	if (!/\b\d\d:\d\d:\d\d\b/.test(header)) return undefined;
	const date = Date.parse(/\d{4}$/.test(header.trim()) ? `${header} GMT` : header);
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** Failures before a byte of the request was written (undici and Node's own codes). */
const NEVER_LEFT = new Set([
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'ENETDOWN',
	'UND_ERR_CONNECT_TIMEOUT',
	'CERT_HAS_EXPIRED',
	'DEPTH_ZERO_SELF_SIGNED_CERT',
	'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
	'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** undici wraps what happened: fetch failed → cause → (for several addresses) the first of its errors. */
function networkCause(error: unknown): { code: string; text: string } {
	const { cause, errors, code, name, message } = (error ?? {}) as Partial<
		Record<'cause' | 'errors' | 'code' | 'name' | 'message', unknown>
	>;
	const inner = cause ?? (Array.isArray(errors) ? (errors[0] as unknown) : undefined);
	if (inner !== undefined) return networkCause(inner);
	if (name === 'TimeoutError') return { code: 'TimeoutError', text: 'no answer in time' };
	const known = typeof code === 'string' ? code : String(name);
	return { code: known, text: `${known}: ${String(message)}` };
}
