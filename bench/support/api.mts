/**
 * The API of the benches, a process of its own: takes a message after the time that a network would need, and lets threads be
 * read back, each message read at once. It judges nothing, so that its cost does not hide what is measured.
 * Tells its port; then answers what it is asked (`ApiQuestion`).
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

export interface ApiQuestion {
	/** From now on, a message takes this long. */
	latencyMs?: number;
	/** Count anew; threads stay, as they may be read yet. */
	reset?: true;
	/** Tell which orders were taken, and when. */
	orders?: true;
}
/** Times are ms of the machine's monotonic clock (`now`). */
export interface ApiReport {
	taken: number;
	/** Orders of which a message was taken, and of which more than one. */
	orders: number;
	twice: number;
	mostInFlight: number;
	firstAt: number;
	lastAt: number;
	/** By order, when its first message was answered. */
	times?: [name: string, at: number][];
	/** Orders of which more than one message was taken. */
	repeated?: string[];
}

/** ms of a clock that all processes of a machine share, so that times of two of them can be compared. */
export const now = (): number => Number(process.hrtime.bigint()) / 1e6;

const TEMPLATE = {
	_id: 'template-1',
	template_name: 'order_update',
	language: 'en_US',
	status: 'APPROVED',
	category: 'UTILITY',
	message_body: 'Hello {{1}}, we have your order {{2}}. Thank you!',
};

interface Sent {
	id: string;
	body: { contact_no?: string; templateName?: string; templateVariables?: Record<string, string> };
	at: Date;
}

function serve(latency: number): void {
	let latencyMs = latency;
	const sent = new Map<string, Sent[]>();
	let times = new Map<string, number>();
	const repeated = new Set<string>();
	let [taken, inFlight, mostInFlight, firstAt, lastAt] = [0, 0, 0, 0, 0];

	async function take(text: string): Promise<unknown> {
		const body = JSON.parse(text) as Sent['body'];
		const name = body.templateVariables?.['2'];
		const phone = (body.contact_no ?? '').replace(/\D/g, '');
		if (name === undefined || phone === '') throw new Error(`not the message of a bench: ${text}`);
		firstAt ||= now();
		taken += 1;
		mostInFlight = Math.max(mostInFlight, (inFlight += 1));
		const record = { id: `message-${taken}-${phone}`, body, at: new Date() };
		const thread = sent.get(phone);
		if (thread) thread.push(record);
		else sent.set(phone, [record]);
		if (latencyMs > 0) await wait(latencyMs);
		inFlight -= 1;
		lastAt = now();
		if (times.has(name)) repeated.add(name);
		else times.set(name, lastAt);
		return { success: true, data: { _id: record.id, messageId: `wamid.${record.id}`, status: 'sent' } };
	}

	const thread = (phone: string) =>
		(sent.get(phone) ?? []).map(({ id, body, at }) => ({
			_id: id,
			contact_id: phone,
			direction: 'outgoing',
			messageType: 'template',
			templateName: body.templateName,
			templateVariables: body.templateVariables,
			status: 'read',
			createdAt: at.toISOString(),
		}));

	async function answer(request: IncomingMessage): Promise<unknown> {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const url = new URL(request.url ?? '/', 'http://api');
		if (request.method === 'POST' && url.pathname === '/api/whatsapp/send')
			return take(Buffer.concat(chunks).toString());
		const pageOne = (url.searchParams.get('page') ?? '1') === '1';
		switch (url.pathname) {
			case '/api/template':
				return { success: true, data: pageOne ? [TEMPLATE] : [] };
			case '/api/contacts': {
				const phone = url.searchParams.get('search') ?? '';
				return { success: true, data: pageOne && sent.has(phone) ? [{ _id: phone, phone_number: phone }] : [] };
			}
			case '/api/whatsapp/messages':
				return { success: true, data: pageOne ? thread(url.searchParams.get('contact_id') ?? '') : [] };
			default:
				return { success: true, data: [] };
		}
	}

	const server = createServer((request, response) => {
		response.setHeader('content-type', 'application/json');
		answer(request).then(
			(body) => response.end(JSON.stringify(body)),
			(error: unknown) => {
				console.error(error);
				response.writeHead(500).end('{"success":false}');
			},
		);
	});
	server.keepAliveTimeout = 60_000;
	server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));

	process.on('message', (question: ApiQuestion) => {
		latencyMs = question.latencyMs ?? latencyMs;
		const report: ApiReport = { taken, orders: times.size, twice: repeated.size, mostInFlight, firstAt, lastAt };
		process.send?.(question.orders ? { ...report, times: [...times], repeated: [...repeated] } : report);
		if (!question.reset) return;
		times = new Map();
		repeated.clear();
		[taken, mostInFlight, firstAt, lastAt] = [0, 0, 0, 0];
	});
	process.once('disconnect', () => process.exit());
}

if (process.argv[1] === import.meta.filename) serve(Number(process.argv[2] ?? 0));
