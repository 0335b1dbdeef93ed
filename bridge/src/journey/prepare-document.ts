import { randomBytes } from 'node:crypto';
import { nextAttempt } from '../delivery/retry';
import { DocumentError } from '../documents/renderer';
import type { Order } from '../domain';
import type { Message } from '../store/store';
import { newestOrder, readEvent } from './read-event';
import type { Rooms } from './rooms';
import { reasonOf } from '../reason-of';

export type Prepared = { ok: true; mediaUrl?: string } | Unprepared;
/** `again`: try later without a person's help, at `dueAt` where it is told. */
interface Unprepared {
	ok: false;
	reason: string;
	again?: true;
	dueAt?: Date;
}

/** The link of a message's header: made once, kept with the message, so that every attempt sends the same one. */
export async function prepareHeader(rooms: Rooms, message: Message): Promise<Prepared> {
	const { header } = message;
	// Before every attempt: what was good an hour ago may lead elsewhere now.
	const refused = header && 'url' in header ? await lookAtLink(rooms, message, header.url) : undefined;
	if (refused) return refused;
	if (message.mediaUrl !== undefined) return { ok: true, mediaUrl: message.mediaUrl };
	if (header === undefined) return { ok: true };
	const made =
		'url' in header ? { ok: true as const, mediaUrl: header.url } : await makeDocument(rooms, message, header.document);
	// On disk before the call: after a crash the link is what finds the message in the thread.
	if (made.ok) await rooms.store.changeMessage(message.id, ['sending'], { state: 'sending', mediaUrl: made.mediaUrl });
	return made;
}

/** Undefined when the link can be sent. */
async function lookAtLink(rooms: Rooms, message: Message, link: string): Promise<Unprepared | undefined> {
	const { checkMedia, config, clock, random } = rooms;
	if (link.startsWith(`${config.server.publicUrl}/documents/`)) return undefined;
	const verdict = await checkMedia(link);
	if (verdict.ok) return undefined;
	if (!verdict.again) return verdict;
	const dueAt = nextAttempt({ attempts: message.attempts, now: clock.now(), random: random() });
	const { reason } = verdict;
	if (dueAt) return { ok: false, again: true, dueAt, reason: `${reason}; it is tried again by itself` };
	return { ok: false, reason: `${reason}, ${message.attempts} times now. Mend the cause, then replay` };
}

async function makeDocument(
	rooms: Rooms,
	message: Message,
	document: string,
): Promise<{ ok: true; mediaUrl: string } | Unprepared> {
	const { store, renderer, links, clock, config, log, metrics } = rooms;
	const order = await orderOf(rooms, message);
	if (!order)
		return {
			ok: false,
			reason: `the order of this message cannot be read any more, so its ${document} cannot be made. Replay the event`,
		};
	const started = performance.now();
	let content: Uint8Array;
	try {
		content = await renderer.render({ document, order, language: message.language ?? 'en' });
	} catch (error) {
		// The bridge is stopping: nothing was sent, the next start makes it again.
		if (error instanceof DocumentError && error.fault === 'closed')
			return { ok: false, again: true, reason: 'the bridge stopped' };
		const reason = reasonOf(error);
		return { ok: false, reason: `the ${document} could not be made: ${reason} Then replay` };
	}
	const took = performance.now() - started;
	metrics.documents.observe(took / 1000);
	const id = randomBytes(16).toString('hex');
	const now = clock.now();
	const expiresAt = new Date(now.getTime() + config.documents.linkLifetime);
	const name = `${document}-${order.name.replace(/[^\p{L}\p{N}-]+/gu, '') || order.id}.pdf`;
	await store.saveDocument({ id, message: message.id, name, content, createdAt: now, expiresAt });
	const mediaUrl = `${config.server.publicUrl}/documents/${links.sign(id, expiresAt)}.pdf`;
	log.info({
		stage: 'rendered',
		message: message.id,
		event: message.event,
		document,
		bytes: content.byteLength,
		durationMs: Math.round(took),
	});
	return { ok: true, mediaUrl };
}

/** The order as the message's own event tells it, else the newest that the ledger knows. */
async function orderOf(rooms: Rooms, message: Message): Promise<Order | undefined> {
	const event = await rooms.store.event(message.event);
	const reading = event && (await readEvent(rooms, event));
	const own = reading?.kind === 'event' ? reading.order : undefined;
	return own ?? (await newestOrder(rooms, message.source, message.subject));
}
