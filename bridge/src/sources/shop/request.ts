import type { IncomingHttpHeaders } from 'node:http';
import { parseExact } from '../exact-json';

/** One header; undefined when it is missing, empty or came as a list. */
export const headerValue = (headers: IncomingHttpHeaders, name: string): string | undefined => {
	const given = headers[name];
	return typeof given === 'string' && given !== '' ? given : undefined;
};

/** The headers worth storing, for replays and for people. */
export function keepHeaders(headers: IncomingHttpHeaders, names: readonly string[]): Record<string, string> {
	const kept: Record<string, string> = {};
	for (const name of names) {
		const given = headerValue(headers, name);
		if (given !== undefined) kept[name] = given;
	}
	return kept;
}

export const isJson = (contentType: string | undefined): boolean =>
	/^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(contentType ?? '');

/** The last thing in it that is no white space is a brace: a body that was not cut off. */
export function endsWithBrace(body: Buffer): boolean {
	let last = body.length - 1;
	while (last > 0 && (body[last] ?? 0) <= 0x20) last -= 1;
	return body[last] === 0x7d;
}

/** The body as an object; undefined when it is none. Text in it is not decoded: good for ids, dates and words of ASCII. */
export function parseObject(body: Buffer): Record<string, unknown> | undefined {
	try {
		// As latin1, which is valid JSON exactly when the UTF-8 text is, and stays a one-byte string.
		const payload = parseExact(body.toString('latin1'));
		return isObject(payload) ? payload : undefined;
	} catch {
		return undefined;
	}
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
