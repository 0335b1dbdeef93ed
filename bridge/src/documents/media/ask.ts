import dns from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';

export interface Answer {
	status: number;
	headers: http.IncomingHttpHeaders;
}

/** The address is not one that the bridge asks. */
export class InsideError extends Error {}

/** Finds the addresses of a name; with a literal address there is nothing to find, and it is looked at itself. */
export type AddressRule = (address: string) => boolean;

/**
 * Asks for the head of an answer and reads no body. Names are resolved as the connection is made and every address that is found has
 * to pass `isAllowed`, so what was checked is what is connected to (DNS rebinding finds nothing). No proxy, no cookies, no redirects.
 * Throws InsideError, or what node:http throws.
 */
export function askForHead(
	url: URL,
	method: 'HEAD' | 'GET',
	isAllowed: AddressRule,
	signal: AbortSignal,
): Promise<Answer> {
	const host = url.hostname.replace(/^\[|\]$/g, '');
	if (isLiteral(host) && !isAllowed(host)) return Promise.reject(new InsideError());
	return new Promise((resolve, reject) => {
		const request = (url.protocol === 'https:' ? https : http).request(
			{
				host,
				...(url.port === '' ? {} : { port: url.port }),
				path: url.pathname + url.search,
				method,
				// Of a GET the first byte would do: not every server takes HEAD, and addresses signed for GET refuse it.
				headers: { 'user-agent': 'messlo-bridge', accept: '*/*', ...(method === 'GET' ? { range: 'bytes=0-0' } : {}) },
				agent: false,
				lookup: lookupAllowed(isAllowed),
				maxHeaderSize: 16_384,
				signal,
			},
			({ statusCode = 0, headers }) => {
				resolve({ status: statusCode, headers });
				request.destroy();
			},
		);
		request.on('error', reject);
		request.end();
	});
}

const isLiteral = (host: string): boolean => host.includes(':') || /^\d+(\.\d+){3}$/.test(host);

function lookupAllowed(isAllowed: AddressRule): LookupFunction {
	return (host, options, callback) => {
		dns.lookup(host, { ...options, all: true }, (error, found) => {
			const [first] = error ? [] : found;
			if (error) callback(error, '');
			else if (!first || found.some(({ address }) => !isAllowed(address))) callback(new InsideError(), '');
			else if (options.all) callback(null, found);
			else callback(null, first.address, first.family);
		});
	};
}
