import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Asked {
	host: string;
	method: string;
	path: string;
	query: URLSearchParams;
	headers: Record<string, string | string[] | undefined>;
	body: string;
}
export interface Given {
	status?: number;
	body: unknown;
}
/** What a host answers; undefined is 404. */
export type Host = (asked: Asked) => Given | undefined;

export interface FakeInternet {
	/** For n8n's environment: all that leaves this machine goes to these hosts, over TLS as always. */
	env: Record<string, string>;
	/** All that was asked, of hosts that there are and of those that there are not. */
	asked: Asked[];
	close(): Promise<void>;
}

/** Shops and Google for nodes whose addresses are fixed: a proxy that ends TLS itself, with a certificate that n8n is told to trust. */
export async function fakeInternet(hosts: Record<string, Host>): Promise<FakeInternet> {
	const folder = mkdtempSync(join(tmpdir(), 'messlo-hosts-'));
	const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
	const names = Object.keys(hosts).map((host) => `DNS:${host}`);
	execFileSync(
		'openssl',
		['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
			.concat(['-keyout', keyFile, '-out', certFile, '-subj', '/CN=messlo-test'])
			.concat(['-addext', `subjectAltName=${names.join()}`]),
		{ stdio: 'pipe' },
	);
	const asked: Asked[] = [];
	const secure = createSecureServer(
		{ key: readFileSync(keyFile), cert: readFileSync(certFile) },
		(request, response) => void answer(request, response),
	);
	const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
		const host = request.headers.host ?? '';
		const url = new URL(request.url ?? '/', `https://${host}`);
		const question: Asked = {
			host,
			method: request.method ?? '',
			path: url.pathname,
			query: url.searchParams,
			headers: request.headers,
			body: Buffer.concat(chunks).toString(),
		};
		asked.push(question);
		const { status = 200, body } = hosts[host]?.(question) ?? { status: 404, body: { error: 'not here' } };
		const file = Buffer.isBuffer(body);
		response
			.writeHead(status, { 'content-type': file ? 'application/octet-stream' : 'application/json' })
			.end(file ? body : JSON.stringify(body));
	};
	const proxy = createServer((_request, response) => response.writeHead(502).end());
	proxy.on('connect', ({ url = '' }, socket) => {
		const [host = ''] = url.split(':');
		if (hosts[host]) {
			socket.write('HTTP/1.1 200 OK\r\n\r\n');
			secure.emit('connection', socket);
			return;
		}
		asked.push({ host, method: 'CONNECT', path: '', query: new URLSearchParams(), headers: {}, body: '' });
		socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
	});
	proxy.listen(0, '127.0.0.1');
	await once(proxy, 'listening');
	const address = proxy.address();
	const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
	return {
		env: {
			HTTP_PROXY: url,
			HTTPS_PROXY: url,
			NO_PROXY: '127.0.0.1,localhost',
			NODE_EXTRA_CA_CERTS: certFile,
		},
		asked,
		async close() {
			proxy.close();
			proxy.closeAllConnections();
			secure.closeAllConnections();
			rmSync(folder, { recursive: true, force: true });
		},
	};
}
