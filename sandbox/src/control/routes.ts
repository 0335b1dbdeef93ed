import { Router } from 'express';
import type { Fault } from '../faults';
import { createState } from '../state';
import type { Recipient } from '../records';
import type { Contract } from '../openapi/read-contract';
import { Refusal } from '../refusal';
import { historyAt } from '../whatsapp/progress';
import { shownMessage } from '../handlers/inbox';
import { contactById } from '../handlers/contacts';
import type { World } from '../world';
import { bodyOf, listOf } from './check-body';
import { mediaPath } from './media-path';
import { receive, type Inbound } from './receive';
import { CLOCK, FAULT, INBOUND, KEY, NUMBER, TEMPLATE } from './schemas';
import { seedTemplate, type TemplateSeed } from './seed-template';

const readFaults = listOf<Fault>(FAULT);
const readClock = bodyOf<{ advanceMs: number } | { set: string }>(CLOCK);
const readTemplates = listOf<TemplateSeed>(TEMPLATE);
const readNumber = bodyOf<Recipient & { contact_no: string }>(NUMBER);
const readInbound = bodyOf<Inbound>(INBOUND);
const readKey = bodyOf<{ revoked: boolean }>(KEY);

/** What tests and people use to see and to steer the sandbox, without a key. */
export function controlRoutes(world: World, contract: Contract): Router {
	const routes = Router();

	routes.get('/requests', (request, response) => {
		const operation = request.query['operation'];
		response.json(world.journal.list(typeof operation === 'string' ? operation : undefined));
	});

	routes.get('/messages', (_request, response) => {
		const now = world.clock.now();
		const shown = world.state.messages.map((message) => ({
			...shownMessage(message, now),
			contact_no: contactById(world.state, message.contact_id).phone_number,
			whatsapp_phone_number: world.state.numbers.find(({ _id }) => _id === message.number_id)?.digits,
			header: message.header,
			footer: message.footer,
			buttons: message.buttons,
			...(message.media && { media: { ...message.media, bytes: undefined, href: mediaPath(message._id) } }),
			history: historyAt(message, now),
		}));
		response.json(shown);
	});

	routes.get('/messages/:id/media', (request, response) => {
		const media = world.state.messages.find(({ _id }) => _id === request.params.id)?.media;
		if (!media) throw new Refusal(404, `Message ${request.params.id} has no media`);
		response.type(media.type).set({
			'X-Content-Type-Options': 'nosniff',
			'Content-Disposition': `inline; filename*=UTF-8''${encodeURIComponent(media.name)}`,
		});
		response.send(media.bytes);
	});

	routes.get('/faults', (_request, response) => void response.json(world.faults.list()));
	routes.post('/faults', (request, response) => {
		const faults = readFaults(request);
		for (const { operation } of faults) requireOperation(contract, operation);
		for (const fault of faults) world.faults.add(fault);
		response.json(world.faults.list());
	});
	routes.delete('/faults', (_request, response) => {
		world.faults.clear();
		response.json([]);
	});

	routes.get('/clock', (_request, response) => void response.json({ now: world.clock.now().toISOString() }));
	routes.post('/clock', (request, response) => {
		const move = readClock(request);
		if ('advanceMs' in move) world.clock.advance(move.advanceMs);
		else world.clock.set(new Date(move.set));
		world.changed();
		response.json({ now: world.clock.now().toISOString() });
	});

	routes.post('/reset', (_request, response) => {
		world.state = createState();
		world.journal.clear();
		world.faults.clear();
		world.clock.reset();
		world.changed();
		response.json({ success: true });
	});

	routes.get('/templates', (_request, response) => void response.json(world.state.templates));
	routes.post('/templates', (request, response) => {
		response.json(readTemplates(request).map((seed) => seedTemplate(world, seed)));
	});

	routes.post('/numbers', (request, response) => {
		const { contact_no: digits, ...recipient } = readNumber(request);
		world.state.recipients.set(digits, recipient);
		response.json({ contact_no: digits, ...recipient });
	});

	routes.post('/inbound', (request, response) => {
		response.json(shownMessage(receive(world, readInbound(request)), world.clock.now()));
	});

	routes.post('/key', (request, response) => {
		world.state.keyRevoked = readKey(request).revoked;
		response.json({ revoked: world.state.keyRevoked });
	});

	return routes;
}

function requireOperation({ operations }: Contract, id: string | undefined): void {
	if (id === undefined || operations.some((operation) => operation.id === id)) return;
	throw new Refusal(400, `body.operation ${id} is not an operationId of the contract, such as sendMessage`);
}
