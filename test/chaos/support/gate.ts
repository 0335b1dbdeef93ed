import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';

/** Where a call to send a message is: it came in, the API has taken it, its answer has left. */
export type Moment = 'asked' | 'taken' | 'answered';

export interface ApiGate {
	url: string;
	/** Called once, at the `nth` time that a call to send is at this moment. What is asked then goes no further if it throws. */
	at(moment: Moment, nth: number, act: () => void): void;
	close(): Promise<void>;
}

/** Stands before the API, or before the bridge, at an address that stays; passes everything on, and sees how far each call has come. */
export async function openGate(behind: () => string): Promise<ApiGate> {
	let armed: { moment: Moment; left: number; act: () => void } | undefined;
	const pass = (moment: Moment, { method, url }: IncomingMessage) => {
		if (method !== 'POST' || url !== '/api/whatsapp/send' || armed?.moment !== moment || (armed.left -= 1) > 0) return;
		const { act } = armed;
		armed = undefined;
		act();
	};
	const serve = async (request: IncomingMessage, response: ServerResponse) => {
		const body = await buffer(request);
		pass('asked', request);
		const { host: _, connection: __, 'content-length': ___, ...headers } = request.headers;
		const answer = await fetch(behind() + (request.url ?? ''), {
			method: request.method ?? 'GET',
			headers: headers as Record<string, string>,
			...(body.length > 0 ? { body: new Uint8Array(body) } : {}),
		});
		pass('taken', request);
		const kept = ['content-type', 'content-length', 'retry-after'].flatMap((name) => {
			const value = answer.headers.get(name);
			return value === null ? [] : [[name, value] as const];
		});
		response.writeHead(answer.status, Object.fromEntries(kept));
		// Chunk by chunk: an answer that breaks off there breaks off here.
		for await (const chunk of (answer.body ?? []) as AsyncIterable<Uint8Array>) response.write(chunk);
		response.end(() => {
			pass('answered', request);
		});
	};
	const server = createServer((request, response) => {
		serve(request, response).catch(() => request.socket.resetAndDestroy());
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	return {
		url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
		at: (moment, nth, act) => {
			armed = { moment, left: nth, act };
		},
		close: async () => {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}
