import express, { type ErrorRequestHandler, type Express, type Router } from 'express';
import { OF_DOCUMENTS, strictHeaders } from './headers';

export interface Health {
	ok: boolean;
	/** What was looked at, and what it said. */
	checks: Record<string, string>;
}

export interface AppOptions {
	/** By its token: the PDF, or why not. */
	document(token: string): Promise<{ name: string; content: Uint8Array } | { status: 404 | 410; reason: string }>;
	ready(): Promise<Health>;
	metrics(): Promise<{ type: string; text: string }>;
	admin: Router;
	/** It is reached by https. */
	https: boolean;
	onError: (error: unknown) => void;
}

/** Every route that is not a webhook. */
export function createApp({ document, ready, metrics, admin, https, onError }: AppOptions): Express {
	const app = express();
	app.disable('x-powered-by');
	app.set('etag', false);
	app.use(strictHeaders(https));

	app.get('/healthz', (_request, response) => {
		response.json({ ok: true });
	});
	app.get('/readyz', async (_request, response) => {
		const health = await ready();
		response.status(health.ok ? 200 : 503).json(health);
	});
	app.get('/metrics', async (_request, response) => {
		const { type, text } = await metrics();
		response.type(type).send(text);
	});
	// WhatsApp's servers fetch this, so it asks for no token but the one in the link.
	app.get('/documents/:token.pdf', async (request, response) => {
		const found = await document(String(request.params['token']));
		if ('status' in found) {
			response.status(found.status).json({ reason: found.reason });
			return;
		}
		response
			.set({
				'content-type': 'application/pdf',
				'content-disposition': `inline; filename="document.pdf"; filename*=UTF-8''${encodeURIComponent(found.name)}`,
				...OF_DOCUMENTS,
			})
			.send(Buffer.from(found.content));
	});
	app.use('/api/v1', admin);
	app.all('/webhooks{/*path}', (request, response) => {
		const detail = 'Shops post here: POST /webhooks/<kind>/<source>.';
		// A webhook with a right path never comes here (server.ts), so a POST has a wrong one.
		if (request.method === 'POST') response.status(404).json({ reason: 'not-found', detail });
		else response.status(405).set('allow', 'POST').json({ reason: 'method-not-allowed', detail });
	});
	app.use((request, response) => {
		response.status(404).json({
			reason: 'not-found',
			detail: `There is nothing at ${request.path}. docs/operations.md lists the routes.`,
		});
	});
	app.use(((error: unknown, _request, response, next) => {
		if (response.headersSent) {
			next(error);
			return;
		}
		const status = statusOf(error);
		if (status >= 500) onError(error);
		response.status(status).json({
			reason: status >= 500 ? 'internal-error' : 'bad-request',
			detail:
				status >= 500 ? 'The bridge failed; its log says why.' : String(error instanceof Error ? error.message : error),
		});
	}) satisfies ErrorRequestHandler);
	return app;
}

/** body-parser and the router name the status of a client's fault. */
function statusOf(error: unknown): number {
	const status = typeof error === 'object' && error !== null && 'status' in error ? Number(error.status) : 500;
	return status >= 400 && status < 600 ? status : 500;
}
