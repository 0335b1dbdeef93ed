import express, { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { EVENT_STATES, MESSAGE_STATES } from '../domain';
import { showEvent, showEventRow, showMessage, showMessageRow } from './show';
import { peopleApi, type PeopleLedger } from './people';
import { limit, parse, phone } from './parse';
import { requireJson } from './require-json';
import { requireToken } from './require-token';
import { type SourceActions, sourcesApi } from './sources';
import { type SuppressionActions, suppressionsApi, type SuppressionLedger } from './suppressions';
import type { AdminActions, AdminLedger, PreviewRequest } from './admin-ledger';

const text = z.string().min(1).max(200).optional();
const id = (prefix: string) =>
	z.string().regex(new RegExp(`^${prefix}_\\d{1,15}$`), `is no id of that kind, such as ${prefix}_42`);
const eventQuery = z.strictObject({
	source: text,
	state: z.enum(EVENT_STATES).optional(),
	q: text,
	cursor: id('evt').optional(),
	limit,
});
const messageQuery = z.strictObject({
	event: id('evt').optional(),
	order: text,
	to: phone.optional(),
	state: z.enum(MESSAGE_STATES).optional(),
	cursor: id('msg').optional(),
	limit,
});
const mapping = z.string().min(1);
const previewOfEvent = z.strictObject({ mapping, event: z.string().min(1) });
const previewOfPayload = z.strictObject({
	mapping,
	source: z.string().min(1),
	topic: z.string().min(1),
	payload: z.record(z.string(), z.unknown(), 'give the payload of a webhook, or the id of an event as "event"'),
});

/** `/api/v1`: the ledger to look at, and the few things a person may do to it. */
export function adminApi(
	adminToken: string,
	ledger: AdminLedger & PeopleLedger & SuppressionLedger,
	actions: AdminActions & SourceActions & SuppressionActions,
	now: () => Date,
): Router {
	const router = Router();
	router.use(requireToken(adminToken, now), requireJson);

	router.get('/events', async (request, response) => {
		const query = parse(eventQuery, request.query, response);
		if (!query) return;
		const { items, next } = await ledger.events(query);
		response.json({ items: items.map(showEventRow), next: next ?? null });
	});
	router.get('/events/:id', async (request, response) => {
		const event = await ledger.event(idOf(request));
		if (!event) return missing(response, 'event', idOf(request));
		const { items } = await ledger.messages({ event: event.id, limit: 200 });
		response.json({ ...showEvent(event), messages: items.map(showMessageRow) });
	});
	router.get('/messages', async (request, response) => {
		const query = parse(messageQuery, request.query, response);
		if (!query) return;
		const { items, next } = await ledger.messages(query);
		response.json({ items: items.map(showMessageRow), next: next ?? null });
	});
	router.get('/messages/:id', async (request, response) => {
		const message = await ledger.message(idOf(request));
		if (!message) return missing(response, 'message', idOf(request));
		response.json(showMessage(message));
	});
	const act =
		(what: 'replayEvent' | 'replayMessage' | 'cancelMessage' | 'messageArrived') =>
		async (request: Request, response: Response) => {
			const done = await actions[what](idOf(request));
			response.status(done.status).json(done.body);
		};
	router.post('/events/:id/replay', act('replayEvent'));
	router.post('/messages/:id/replay', act('replayMessage'));
	router.post('/messages/:id/cancel', act('cancelMessage'));
	router.post('/messages/:id/arrived', act('messageArrived'));
	router.use('/people', peopleApi(ledger, phone));
	router.use('/sources', sourcesApi(actions));
	router.use('/suppressions', suppressionsApi(ledger, actions));
	router.post('/preview', express.json({ limit: '5mb' }), async (request, response) => {
		const given: unknown = request.body ?? {};
		const ofEvent = typeof given === 'object' && given !== null && 'event' in given;
		const body = parse<PreviewRequest>(ofEvent ? previewOfEvent : previewOfPayload, given, response);
		if (!body) return;
		const done = await actions.preview(body);
		response.status(done.status).json(done.body);
	});
	return router;
}

const idOf = (request: Request): string => String(request.params['id']);

function missing(response: Response, what: string, id: string): void {
	response.status(404).json({ reason: 'not-found', detail: `There is no ${what} '${id}'.` });
}
