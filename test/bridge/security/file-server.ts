import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export const PDF = Buffer.from('%PDF-1.4\n%%EOF\n');

/** A shop's file server, on an address of its own of this machine; `answer` can be changed, every request is noted. */
export class FileServer {
	readonly requests: string[] = [];
	answer: RequestListener = (_request, response) => {
		response.writeHead(200, { 'content-type': 'application/pdf', 'content-length': PDF.length }).end(PDF);
	};
	private constructor(
		private readonly server: Server,
		private readonly host: string,
	) {}

	static async start(host = '127.0.0.1'): Promise<FileServer> {
		const server = createServer();
		const files = new FileServer(server, host);
		server.on('request', (request: IncomingMessage, response) => {
			files.requests.push(`${request.method} ${request.url}`);
			files.answer(request, response);
		});
		await new Promise<void>((resolve) => server.listen(0, host, resolve));
		return files;
	}

	get port(): number {
		return (this.server.address() as AddressInfo).port;
	}
	get url(): string {
		return `http://${this.host}:${this.port}`;
	}
	close(): Promise<void> {
		this.server.closeAllConnections();
		return new Promise((resolve) => {
			this.server.close(() => resolve());
		});
	}
}

export const redirectTo =
	(location: string, status = 302): RequestListener =>
	(_request, response) => {
		response.writeHead(status, { location }).end();
	};
