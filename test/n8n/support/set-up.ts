import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox, type Sandbox } from '../../../sandbox/src/sandbox';
import { startN8n, type N8nProcess } from './n8n-process.ts';
import { N8nSession } from './n8n-session.ts';
import { pack } from './pack.ts';
import { PACKAGE, remember } from './world.ts';

const running: { n8n?: N8nProcess; sandbox?: Sandbox } = {};

export async function stop(): Promise<void> {
	await running.n8n?.close();
	await running.sandbox?.close();
}

/** One n8n with the package as it would be published, one sandbox, and the credentials that join them. */
export default async function setUp(): Promise<void> {
	try {
		await start();
	} catch (error) {
		// Jest tears nothing down that was not set up whole.
		await stop();
		throw error;
	}
}

async function start(): Promise<void> {
	const { tarball } = pack(join(__dirname, '../../..'), mkdtempSync(join(tmpdir(), 'messlo-pack-')));
	running.sandbox = await startSandbox();
	running.n8n = await startN8n({ runtime: process.env['MESSLO_N8N'], packages: { [PACKAGE]: tarball }, editor: true });
	const session = await N8nSession.open(running.n8n.url);
	const account = { apiKey: 'sandbox-api-key', baseUrl: running.sandbox.url };
	remember({
		session: session.token,
		sandbox: running.sandbox.url,
		credentials: {
			messloApi: await session.createCredential('messloApi', account, 'Messlo'),
			messloLoginApi: await session.createCredential('messloLoginApi', account, 'Messlo Login'),
		},
	});
}
