import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { STRICT } from './headers';
import type { BodyReading } from './read-body';

/** What the shop is told. `detail` is for the person who reads the shop's delivery log. */
export interface WebhookAnswer {
	status: number;
	body:
		{ event: string; duplicate: boolean } | { received: string } | { reason: string; detail: string; event?: string };
}

export interface WebhookRequest {
	kind: string;
	source: string;
	headers: IncomingHttpHeaders;
	body: Buffer;
	receivedAt: Date;
}

/** Verifies, stores, answers: the first half of the journey. */
export type Accept = (request: WebhookRequest) => Promise<WebhookAnswer>;

/** A 120-line order is 217 kB; the default of 100 kB in most frameworks refuses it. */
export const LARGEST_WEBHOOK = 5 * 1024 * 1024;

/**
 * One webhook. Written on node:http, not on Express's middleware, because it is the only hot route: see docs/adr/0003.
 * The answer is sent after the event is on disk, never before.
 */
export async function handleWebhook(
	accept: Accept,
	webhook: Omit<WebhookRequest, 'body'>,
	body: BodyReading,
	response: ServerResponse,
): Promise<void> {
	if (typeof body !== 'string') {
		send(response, await accept({ ...webhook, body }));
		return;
	}
	response.setHeader('connection', 'close');
	if (body === 'no-room') response.setHeader('retry-after', '5');
	send(response, REFUSED[body]);
}

const REFUSED: Record<Exclude<BodyReading, Buffer>, WebhookAnswer> = {
	'too-large': {
		status: 413,
		body: {
			reason: 'too-large',
			detail: `The body is larger than ${LARGEST_WEBHOOK / 1024 / 1024} MB. Choose fewer fields for this webhook.`,
		},
	},
	'no-room': {
		status: 503,
		body: { reason: 'busy', detail: 'Too much is being received at once. Nothing was accepted; send it again later.' },
	},
};

function send(response: ServerResponse, { status, body }: WebhookAnswer): void {
	const text = JSON.stringify(body);
	const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
	// What a shop is told on the hot path needs no more; a refusal may be looked at in a browser.
	response.writeHead(status, status === 200 ? headers : { ...STRICT, ...headers });
	response.end(text);
}

/** "/webhooks/shopify/acme?x" → {kind: "shopify", source: "acme"}; undefined for any other path. */
export function webhookRoute(url: string | undefined): { kind: string; source: string } | undefined {
	const found = /^\/webhooks\/([a-z-]{1,40})\/([^/?#]{1,200})\/?(?:[?#]|$)/.exec(url ?? '');
	if (!found?.[1] || !found[2]) return undefined;
	try {
		return { kind: found[1], source: decodeURIComponent(found[2]) };
	} catch {
		return undefined;
	}
}
