import type { SandboxOptions } from './sandbox';

/** Reads SANDBOX_PORT (8090), SANDBOX_HOST (127.0.0.1), SANDBOX_API_KEY (sandbox-api-key), SANDBOX_APPROVE and SANDBOX_CAMPAIGNS (at-once). */
export function readEnvironment(env: Record<string, string | undefined> = process.env): SandboxOptions {
	const port = env['SANDBOX_PORT'] ?? '8090';
	if (!/^\d{1,5}$/.test(port) || Number(port) > 65535) {
		throw new Error(`SANDBOX_PORT must be a port number from 0 to 65535, but is '${port}'.`);
	}
	const approve = env['SANDBOX_APPROVE'] ?? 'at-once';
	if (approve !== 'at-once' && approve !== 'by-hand') {
		throw new Error(`SANDBOX_APPROVE must be 'at-once' or 'by-hand', but is '${approve}'.`);
	}
	const campaigns = env['SANDBOX_CAMPAIGNS'] ?? 'at-once';
	if (campaigns !== 'at-once' && campaigns !== 'by-hand') {
		throw new Error(`SANDBOX_CAMPAIGNS must be 'at-once' or 'by-hand', but is '${campaigns}'.`);
	}
	return {
		port: Number(port),
		approve,
		campaigns,
		host: env['SANDBOX_HOST'] ?? '127.0.0.1',
		apiKey: env['SANDBOX_API_KEY'] ?? 'sandbox-api-key',
	};
}

/** The demo tells every step, so its bridge logs every step. */
export const bridgeEnvironment = (): NodeJS.ProcessEnv => ({ ...process.env, LOG_LEVEL: 'debug' });
