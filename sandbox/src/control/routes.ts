import { Router, type Response } from 'express';
import type { Fault } from '../faults';
import { contactById, createState, numberById } from '../state';
import type { Media, Message, Recipient } from '../records';
import type { Contract } from '../openapi/read-contract';
import { Refusal } from '../refusal';
import { historyAt } from '../whatsapp/progress';
import { runDueCampaigns } from '../handlers/campaigns';
import { shownMessage } from '../handlers/inbox';
import type { World } from '../world';
import { bodyOf, listOf } from './check-body';
import { mediaPath } from './media-path';
import { seedDemo } from '../demo-account/seed';
import { receive, type Inbound } from './receive';
import { CLOCK, FAULT, FILE, INBOUND, KEY, NUMBER, TEMPLATE } from './schemas';
import { seedTemplate, type TemplateSeed } from './seed-template';

const readFaults = listOf<Fault>(FAULT);
const readClock = bodyOf<{ advanceMs: number } | { set: string }>(CLOCK);
const readTemplates = listOf<TemplateSeed>(TEMPLATE);
const readNumber = bodyOf<Recipient & { contact_no: string }>(NUMBER);
const readInbound = bodyOf<Inbound>(INBOUND);
const readFiles = listOf<{ url: string; type: string; base64: string }>(FILE);
const readKey = bodyOf<{ revoked: boolean }>(KEY);

/** What tests and people use to see and to steer the sandbox, without a key. */
export function controlRoutes(world: World, contract: Contract): Router {
	const routes = Router();

	routes.get('/requests', (request, response) => {
		const operation = request.query['operation'];
		response.json(world.journal.list(typeof operation === 'string' ? operation : undefined));
	});

	routes.get('/messages', async (_request, response) => {
		await runDueCampaigns(world);
		const now = world.clock.now();
		const shown = world.state.messages.map((message) => ({
			...shownMessage(message, now),
			contact_no: contactById(world.state, message.contact_id).phone_number,
			whatsapp_phone_number: world.state.numbers.find(({ _id }) => _id === message.number_id)?.digits,
			header: message.header,
			footer: message.footer,
			buttons: message.buttons,
			...(message.media && { media: withoutBytes(message.media, mediaPath(message._id)) }),
			...(message.cards && {
				cards: message.cards.map(({ media, ...card }, index) => ({
					...card,
					...(media && { media: withoutBytes(media, mediaPath(message._id, index)) }),
				})),
			}),
			...(message.offer && { offer: message.offer }),
			...(message.sentBy !== undefined && { sentBy: message.sentBy }),
			history: historyAt(message, now),
		}));
		response.json(shown);
	});

	const messageOf = (id: string): Message | undefined => world.state.messages.find(({ _id }) => _id === id);
	routes.get('/messages/:id/media', ({ params: { id } }, response) => {
		serveMedia(response, messageOf(id)?.media, `Message ${id}`);
	});
	routes.get('/messages/:id/cards/:card/media', ({ params: { id, card } }, response) => {
		serveMedia(response, messageOf(id)?.cards?.[Number(card)]?.media, `Card ${card} of message ${id}`);
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
	routes.post('/clock', async (request, response) => {
		const move = readClock(request);
		if ('advanceMs' in move) world.clock.advance(move.advanceMs);
		else world.clock.set(new Date(move.set));
		await runDueCampaigns(world);
		world.changed();
		response.json({ now: world.clock.now().toISOString() });
	});

	routes.post('/reset', (_request, response) => {
		world.state = createState(world.settings);
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

	routes.post('/inbound', async (request, response) => {
		const message = await receive(world, readInbound(request));
		response.json(shownMessage(message, world.clock.now()));
	});

	routes.get('/calls', (_request, response) => void response.json(world.state.calls));

	routes.get('/logins', (_request, response) => {
		response.json(
			world.state.logins.map(({ id, text, number_id, expiresAt, verified }) => ({
				sessionId: id,
				text,
				whatsapp_phone_number: numberById(world.state, number_id).digits,
				expires_at: expiresAt.toISOString(),
				verified: verified !== undefined,
			})),
		);
	});

	routes.post('/files', (request, response) => {
		for (const { url, type, base64 } of readFiles(request)) {
			world.state.files.set(url, { type, bytes: Buffer.from(base64, 'base64') });
		}
		response.json([...world.state.files.keys()]);
	});

	routes.post('/demo', (_request, response) => {
		seedDemo(world);
		response.json({ success: true });
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

const withoutBytes = ({ bytes: _, ...media }: Media, href: string): Record<string, unknown> => ({ ...media, href });

function serveMedia(response: Response, media: Media | undefined, what: string): void {
	if (!media) throw new Refusal(404, `${what} has no media`);
	response.type(media.type).set({
		'X-Content-Type-Options': 'nosniff',
		'Content-Disposition': `inline; filename*=UTF-8''${encodeURIComponent(media.name)}`,
	});
	response.send(media.bytes);
}
