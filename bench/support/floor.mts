/**
 * The floor of `bench/ack`: the least a durable webhook receiver can do. Bare node:http, HMAC over the body, append to a
 * file, fdatasync shared by all that arrived while the last one ran, then the answer.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { open } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export async function startFloor(file: string, secret: string): Promise<{ port: number; close(): Promise<void> }> {
	const log = await open(file, 'a');
	let waiting: { body: Buffer; done: () => void }[] = [];
	let syncing = false;

	async function sync(): Promise<void> {
		syncing = true;
		while (waiting.length > 0) {
			const batch = waiting;
			waiting = [];
			await log.appendFile(Buffer.concat(batch.map(({ body }) => body)));
			await log.datasync();
			for (const { done } of batch) done();
		}
		syncing = false;
	}

	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const body = Buffer.concat(chunks);
			const want = createHmac('sha256', secret).update(body).digest();
			const got = Buffer.from(String(request.headers['x-shopify-hmac-sha256']), 'base64');
			if (got.length !== want.length || !timingSafeEqual(got, want)) {
				response.writeHead(401).end();
				return;
			}
			waiting.push({
				body,
				done: () => response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}'),
			});
			if (!syncing) void sync();
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		port: (server.address() as AddressInfo).port,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
			await log.close();
		},
	};
}

if (process.argv[1]?.endsWith('floor.mts')) {
	const [file = '', secret = ''] = process.argv.slice(2);
	const { port } = await startFloor(file, secret);
	process.send?.(port);
	process.once('disconnect', () => process.exit());
}
