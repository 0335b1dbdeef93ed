/**
 * The API of `bench/n8n`, a process of its own: takes messages after the time that a network would need, and leaves all
 * other questions (which templates are there?) to a sandbox. That would judge each message too, at 3 ms each: more than a
 * node may take. Tells its port; then answers every message with how many it took since the last one.
 */
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

interface Sandbox {
	url: string;
}
const load = createRequire(import.meta.url);
const built = resolve(import.meta.dirname, '../sandbox/dist/sandbox/src/sandbox.js');
const { startSandbox } = load(built) as { startSandbox(): Promise<Sandbox> };
const sandbox = await startSandbox();
await fetch(`${sandbox.url}/__sandbox/demo`, { method: 'POST' });

const latencyMs = Number(process.argv[2] ?? 0);
const ANSWER = JSON.stringify({
	success: true,
	data: { messageId: 'wamid.HBgMOTE5ODAwMDAwMDAwFQIAERgSQTU', status: 'sent' },
});
let [taken, inFlight, mostInFlight] = [0, 0, 0];

const server = createServer(async (request, response) => {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	response.setHeader('content-type', 'application/json');
	if (request.method === 'POST' && request.url === '/api/whatsapp/send') {
		const body = JSON.parse(Buffer.concat(chunks).toString()) as { messageType?: string; templateVariables?: object };
		if (body.messageType !== 'template' || Object.keys(body.templateVariables ?? {}).length !== 2)
			throw new Error(`not the message of this bench: ${JSON.stringify(body)}`);
		taken += 1;
		mostInFlight = Math.max(mostInFlight, (inFlight += 1));
		if (latencyMs > 0) await wait(latencyMs);
		inFlight -= 1;
		response.end(ANSWER);
		return;
	}
	const answer = await fetch(sandbox.url + (request.url ?? ''), { headers: { 'x-api-key': 'sandbox-api-key' } });
	response.writeHead(answer.status).end(await answer.text());
}).listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));

process.on('message', () => {
	process.send?.({ taken, mostInFlight });
	[taken, mostInFlight] = [0, 0];
});
