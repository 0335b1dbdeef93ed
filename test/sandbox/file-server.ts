import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** Serves files for headers of messages, and counts who asks. */
export async function serveFiles(answers: Record<string, Answer>) {
	const asked: string[] = [];
	const server = createServer((request, response) => {
		asked.push(request.url ?? '');
		const answer = answers[request.url ?? ''];
		if (answer) answer(request, response);
		else response.writeHead(404).end();
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	if (typeof address !== 'object' || address === null) throw new Error('no port');
	return {
		url: `http://127.0.0.1:${address.port}`,
		asked,
		close: async () => {
			server.close();
			server.closeAllConnections();
			await once(server, 'close');
		},
	};
}

/** Answers 200 with these bytes. */
export const file =
	(type: string, bytes: Buffer | string, headers: Record<string, string> = {}): Answer =>
	(_request, response) =>
		response.writeHead(200, { 'content-type': type, ...headers }).end(bytes);
