import { join } from 'node:path';
import { startSandbox, type Sandbox } from '../../../sandbox/src/sandbox';
import { fakeInternet, type FakeInternet } from './fake-internet.ts';
import { startN8n, type N8nProcess } from './n8n-process.ts';
import { N8nSession } from './n8n-session.ts';
import { pack } from './pack.ts';
import { NPM, npmRegistry } from './npm-registry.ts';
import { PACKAGE, remember } from './world.ts';

const running: { n8n?: N8nProcess; sandbox?: Sandbox; internet?: FakeInternet } = {};

export async function stop(): Promise<void> {
	await running.n8n?.close();
	await running.sandbox?.close();
	await running.internet?.close();
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
	const { version, tarball } = pack(join(__dirname, '../../..'));
	running.internet = await fakeInternet({ [NPM]: npmRegistry(PACKAGE, version, tarball) });
	running.sandbox = await startSandbox();
	running.n8n = await startN8n({
		runtime: process.env['MESSLO_N8N'],
		editor: true,
		env: running.internet.env,
	});
	const session = await N8nSession.open(running.n8n.url);
	// What "Install a community node" in n8n's settings does.
	const installed = await session.rest('POST', '/community-packages', { name: PACKAGE, version });
	const account = { apiKey: 'sandbox-api-key', baseUrl: running.sandbox.url };
	remember({
		session: session.token,
		sandbox: running.sandbox.url,
		installed,
		credentials: {
			messloApi: await session.createCredential('messloApi', account, 'Messlo'),
			messloLoginApi: await session.createCredential(
				'messloLoginApi',
				{ ...account, apiKey: 'sandbox-login-key' },
				'Messlo Login',
			),
		},
	});
}
