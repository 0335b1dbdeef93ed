import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Arrivals, type Traffic } from './arrivals';
import { STRICT } from './headers';
import { Bodies, type BodyReading } from './read-body';
import { type Accept, handleWebhook, LARGEST_WEBHOOK, type WebhookRequest, webhookRoute } from './webhooks';

export interface ServerOptions {
	accept: Accept;
	/** Everything that is not a webhook. */
	app: RequestListener;
	now: () => Date;
	onError: (error: unknown) => void;
	/** By default LIMITS. */
	limits?: Partial<typeof LIMITS>;
}

/** What a stranger may cost before anything is known of them. */
export const LIMITS = {
	longest: LARGEST_WEBHOOK,
	/** 25 of the largest, and as many as come of the usual. */
	together: 128 * 1024 * 1024,
	/** More than a proxy opens; each costs some 20 kB. What comes beyond is hung up on. */
	connections: 4096,
	/** For the headers; three times as long for the whole request. Shopify gives up after 5 s, so nobody honest needs longer. */
	slowMs: 10_000,
};

export interface RunningServer extends Traffic {
	port: number;
	/** No new connections; resolves when the requests under way are answered, or after `graceMs`. */
	close(graceMs: number): Promise<void>;
}

const SWEEP_MS = 50;

/** Listens; webhooks go straight to `accept`, the rest to the app. */
export async function listen(host: string, port: number, options: ServerOptions): Promise<RunningServer> {
	const arrivals = new Arrivals();
	let closing = false;

	const answer = async (webhook: Omit<WebhookRequest, 'body'>, body: BodyReading, response: ServerResponse) => {
		try {
			if (closing) response.setHeader('connection', 'close');
			await handleWebhook(options.accept, webhook, body, response);
		} catch (error) {
			options.onError(error);
			unavailable(response);
		}
	};
	const limits = { ...LIMITS, ...options.limits };
	const bodies = new Bodies(limits);
	// Node looks for slow senders every 30 s by default, so that its limits would be that much longer.
	const checks = {
		connectionsCheckingInterval: limits.slowMs / 2,
		headersTimeout: limits.slowMs,
		requestTimeout: 3 * limits.slowMs,
	};
	const server = createServer(checks, (request, response) => {
		const route = request.method === 'POST' ? webhookRoute(request.url) : undefined;
		if (!route) {
			options.app(request, response);
			return;
		}
		const { kind, source } = route;
		const receivedAt = options.now();
		arrivals.count(performance.now());
		bodies.read(request, (body) => {
			void answer({ kind, source, headers: request.headers, receivedAt }, body, response);
		});
	});
	server.maxHeadersCount = 100;
	server.maxConnections = limits.connections;
	server.keepAliveTimeout = 65_000;
	await start(server, host, port);
	return {
		port: (server.address() as AddressInfo).port,
		storm: () => arrivals.storm(performance.now()),
		gathering: () => arrivals.gathering(performance.now()),
		lately: () => arrivals.lately(performance.now()),
		close: (graceMs) => {
			closing = true;
			return new Promise((resolve) => {
				const timer = setTimeout(() => {
					server.closeAllConnections();
				}, graceMs);
				// A connection whose last request was under way falls idle only now, and would stay open for another.
				const sweep = setInterval(() => {
					server.closeIdleConnections();
				}, SWEEP_MS);
				server.close(() => {
					clearTimeout(timer);
					clearInterval(sweep);
					resolve();
				});
				server.closeIdleConnections();
			});
		},
	};
}

function unavailable(response: ServerResponse): void {
	if (response.headersSent) {
		response.destroy();
		return;
	}
	const text = JSON.stringify({
		reason: 'store-unavailable',
		detail: 'The event could not be stored. Nothing was accepted; the shop tries again.',
	});
	const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text), 'retry-after': '5' };
	response.writeHead(503, { ...STRICT, ...headers }).end(text);
}

const start = (server: Server, host: string, port: number): Promise<void> =>
	new Promise((resolve, reject) => {
		server.once('error', (cause: NodeJS.ErrnoException) => {
			const why =
				cause.code === 'EADDRINUSE'
					? `Port ${port} on ${host} is taken. Stop what uses it, or set server.port (BRIDGE_PORT in the demo).`
					: `Cannot listen on ${host}:${port} (${cause.message}). Check server.host and server.port.`;
			reject(new Error(why, { cause }));
		});
		server.listen(port, host, () => {
			server.removeAllListeners('error');
			resolve();
		});
	});
