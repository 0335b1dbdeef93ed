import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { N8nSession } from '../../test/n8n/support/n8n-session.ts';
import { type N8nProcess, startN8n } from '../../test/n8n/support/n8n-process.ts';
import { SET_UPS, type SetUp, shopifyWorkflow } from './n8n-workflow.mts';
import { childrenOf, peakWithChildrenMb } from './processes.mts';
import { SECRET } from './webhooks.mts';

export interface N8nSide {
	port(): number;
	peakMb(): number;
	/** kill -9, its children with it. */
	kill(): Promise<void>;
	/** Starts it again on what it left, until its webhooks are there. */
	restart(): Promise<void>;
	stop(): Promise<void>;
}

/** A real n8n with the workflow in each of its set-ups, switched on. `env` chooses the expression engine. */
export async function startN8nSide(folder: string, api: string, env: Record<string, string>): Promise<N8nSide> {
	const home = mkdtempSync(join(folder, 'n8n-'));
	const start = (): Promise<N8nProcess> => startN8n({ runtime: process.env['MESSLO_N8N'], env, home });
	let n8n = await start();
	const session = await N8nSession.open(n8n.url);
	const crypto = { crypto: await session.createCredential('crypto', { hmacSecret: SECRET }) };
	const key = { name: 'x-api-key', value: 'bench-api-key' };
	const header = { httpHeaderAuth: await session.createCredential('httpHeaderAuth', key) };
	for (const setUp of Object.keys(SET_UPS) as SetUp[])
		await session.activate(await session.createWorkflow(shopifyWorkflow(setUp, api, { crypto, header })));
	return {
		port: () => Number(new URL(n8n.url).port),
		peakMb: () => peakWithChildrenMb(n8n.pid),
		kill: async () => {
			for (const pid of [n8n.pid, ...childrenOf(n8n.pid)]) process.kill(pid, 'SIGKILL');
			await n8n.close();
		},
		restart: async () => {
			n8n = await start();
			// A path that n8n knows says which method it takes; before, it is not there.
			const missing = async () => {
				const asked = Object.keys(SET_UPS).map(async (path) => (await fetch(`${n8n.url}/webhook/${path}`)).text());
				return (await Promise.all(asked)).some((text) => !/POST/.test(text));
			};
			while (await missing()) await new Promise((wait) => setTimeout(wait, 200));
		},
		stop: async () => {
			await n8n.close();
			rmSync(home, { recursive: true, force: true });
		},
	};
}
