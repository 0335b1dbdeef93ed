import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

export const PDF = Buffer.from('%PDF-1.4\n%%EOF\n');

/** A shop's file server, on an address of its own of this machine; `answer` can be changed, every request is noted. */
export class FileServer {
	readonly requests: string[] = [];
	answer: RequestListener = (_request, response) => {
		response.writeHead(200, { 'content-type': 'application/pdf', 'content-length': PDF.length }).end(PDF);
	};
	private readonly server = createServer((request, response) => {
		this.requests.push(`${request.method} ${request.url}`);
		this.answer(request, response);
	});

	constructor(private readonly host = '127.0.0.1') {}

	listen(): Promise<void> {
		return new Promise((resolve) => {
			this.server.listen(0, this.host, resolve);
		});
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
