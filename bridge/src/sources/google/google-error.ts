/** What Google answered, in words for whoever can mend it. It has no cause: Google's own errors carry the whole request, with people's data. */
export class GoogleError extends Error {
	override readonly name = 'GoogleError';
	constructor(
		message: string,
		/** HTTP status; undefined when no answer came. */
		readonly status: number | undefined,
		/** Google's word: notFound, fullSyncRequired, PERMISSION_DENIED. */
		readonly reason: string | undefined,
		/** Set when it was too much for now: ask again after this. */
		readonly retryAfterMs?: number,
	) {
		super(message);
	}
}

export interface Asked {
	/** What was asked for, as it stands in a sentence: "the calendar 'clinic'". */
	what: string;
	/** Who asks; undefined where a person agreed (OAuth). */
	email: string | undefined;
	now: Date;
}

/** What the error of a client package (GaxiosError) means. Anything that is not one is given back as it is. */
export function googleErrorOf(error: unknown, asked: Asked): unknown {
	if (!('config' in fieldsOf(error))) return error;
	const { status, body, headers, message } = partsOf(error);
	const { reason, said } = whySo(body, message);
	const limited = retryAfter(status, reason, headers, asked.now);
	if (limited !== undefined) {
		const text = `Google asks to slow down at ${asked.what} (${reason ?? status}). It is asked again in ${Math.ceil(limited / 1000)} s; nothing is lost`;
		return new GoogleError(text, status, reason, limited);
	}
	return new GoogleError(adviceFor(status, reason, said, asked), status, reason);
}

const LIMITS = new Set([
	'rateLimitExceeded',
	'userRateLimitExceeded',
	'quotaExceeded',
	'dailyLimitExceeded',
	'RESOURCE_EXHAUSTED',
]);
const A_MINUTE_MS = 60_000;
const AN_HOUR_MS = 3_600_000;

/** Quotas are by the minute, those named quotaExceeded and dailyLimitExceeded longer; a time that Google names wins. */
function retryAfter(
	status: number | undefined,
	reason: string | undefined,
	headers: Headers | undefined,
	now: Date,
): number | undefined {
	if (status !== 429 && !(status === 403 && reason !== undefined && LIMITS.has(reason))) return undefined;
	const named = headers?.get('retry-after') ?? '';
	const ms = /^\d+$/.test(named) ? Number(named) * 1000 : Date.parse(named) - now.getTime();
	if (ms > 0) return Math.min(ms, AN_HOUR_MS);
	return reason === 'quotaExceeded' || reason === 'dailyLimitExceeded' ? AN_HOUR_MS : A_MINUTE_MS;
}

function adviceFor(
	status: number | undefined,
	reason: string | undefined,
	said: string,
	{ what, email }: Asked,
): string {
	const share =
		email === undefined ? 'the Google account that agreed to the connection' : `the service account's address ${email}`;
	if (reason === 'invalid_grant' || reason === 'invalid_client' || reason === 'unauthorized_client')
		return email === undefined
			? `Google does not accept the credentials any more (${said}). Run: messlo-bridge connect google. While the app of your OAuth client is "in testing", Google ends every agreement after 7 days: publish it`
			: `Google does not accept the key of ${email} (${said}). See that the clock of this machine is right and the key was not deleted; else download a new key`;
	if (status === undefined) return `Google cannot be reached for ${what} (${said}). It is tried again`;
	if (status === 401)
		return `Google does not accept the credentials for ${what} (${said}). Run: messlo-bridge connect google`;
	if (reason === 'accessNotConfigured' || reason === 'SERVICE_DISABLED')
		return `The Google API for ${what} is switched off in your Google Cloud project. Switch it on there (APIs & Services → Library), then wait a minute. Google says: ${said}`;
	if (reason === 'insufficientPermissions' || reason === 'ACCESS_TOKEN_SCOPE_INSUFFICIENT')
		return `The connection to Google does not cover ${what}. Connect again and tick every box: messlo-bridge connect google`;
	if (status === 403)
		return `Google refuses access to ${what}. Share it with ${share}; it may need the right to edit. Google says: ${said}`;
	if (status === 404)
		return `Google knows no such thing as ${what}, or it is not shared. See that the id is right, and share it with ${share}`;
	if (status === 400) return `Google cannot read what was asked of ${what}: ${said}`;
	return `Google answered ${status} for ${what}: ${said}`;
}

/** Calendar and Drive name the reason in errors[0].reason; Sheets in status and in details[].reason; the token endpoint in error itself. */
function whySo(body: unknown, message: string): { reason?: string; said: string } {
	const error = fieldsOf(body)['error'];
	if (typeof error === 'string') {
		const description = textOf(fieldsOf(body)['error_description']);
		return { reason: error, said: description === undefined ? error : `${error}: ${description}` };
	}
	const { errors, details, status, message: inside } = fieldsOf(error);
	const first = [...listOf(details), ...listOf(errors)].map((each) => textOf(fieldsOf(each)['reason'])).find(Boolean);
	const reason = first ?? textOf(status);
	return { ...(reason === undefined ? {} : { reason }), said: textOf(inside) ?? message };
}

function partsOf(error: unknown) {
	const { response, code, message } = fieldsOf(error);
	const { status, data, headers } = fieldsOf(response);
	return {
		status: typeof status === 'number' ? status : undefined,
		body: data,
		headers: headers instanceof Headers ? headers : undefined,
		// Of connections that failed, the message is "fetch failed" and the code tells: ECONNREFUSED, TimeoutError.
		message: [textOf(code), textOf(message)].filter(Boolean).join(': '),
	};
}

const fieldsOf = (value: unknown): Record<string, unknown> =>
	typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
