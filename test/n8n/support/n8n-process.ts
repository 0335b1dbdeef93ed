import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { until } from './until.ts';

export interface N8nOptions {
	/** Where n8n is installed: MESSLO_N8N, as scripts/with-n8n.mjs sets it. */
	runtime: string | undefined;
	/** Community packages by name, as `npm pack` made them. */
	packages?: Record<string, Buffer>;
	/** With the editor; without, it starts 2 to 4 s earlier. */
	editor?: boolean;
	/** Added to Node's own options, such as a limit of memory. */
	env?: Record<string, string>;
	/** What an n8n before left, which this one goes on with; stays when it is closed. By default a fresh home. */
	home?: string;
}

export interface N8nProcess {
	url: string;
	pid: number;
	/** What n8n printed so far. */
	log(): string;
	close(): Promise<void>;
}

/** A whole n8n on a fresh home and a free port, with the packages as a user's installation leaves them there. */
export async function startN8n({
	runtime,
	packages = {},
	editor = false,
	env = {},
	home: given,
}: N8nOptions): Promise<N8nProcess> {
	if (!runtime)
		throw new Error('No n8n at hand. Start this with "node scripts/with-n8n.mjs …", or run "npm run test:n8n".');
	const home = given ?? mkdtempSync(join(tmpdir(), 'messlo-n8n-'));
	for (const [name, tarball] of Object.entries(packages)) {
		const folder = join(home, '.n8n/nodes/node_modules', name);
		mkdirSync(folder, { recursive: true });
		execFileSync('tar', ['-xz', '-C', folder, '--strip-components=1'], { input: tarball });
	}
	const port = await freePort();
	const url = `http://127.0.0.1:${port}`;
	const child = spawn(process.execPath, [join(runtime, 'node_modules/n8n/bin/n8n'), 'start'], {
		cwd: home,
		stdio: ['ignore', 'pipe', 'pipe'],
		env: {
			PATH: process.env['PATH'],
			HOME: home,
			N8N_USER_FOLDER: home,
			N8N_PORT: String(port),
			N8N_LISTEN_ADDRESS: '127.0.0.1',
			N8N_HOST: '127.0.0.1',
			WEBHOOK_URL: `${url}/`,
			N8N_RUNNERS_BROKER_PORT: String(await freePort()),
			N8N_ENCRYPTION_KEY: 'key-of-a-test',
			N8N_SECURE_COOKIE: 'false',
			N8N_DIAGNOSTICS_ENABLED: 'false',
			N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
			N8N_TEMPLATES_ENABLED: 'false',
			N8N_VERIFIED_PACKAGES_ENABLED: 'false',
			N8N_DISABLE_UI: String(!editor),
			// Each of these tries to call home at the start.
			N8N_DISABLED_MODULES: 'mcp-registry,instance-ai,chat-hub,insights,source-control,agents',
			GENERIC_TIMEZONE: 'UTC',
			NODE_COMPILE_CACHE: join(runtime, '.compile-cache'),
			...env,
		},
	});
	let log = '';
	for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (log += String(chunk)));
	const ended = once(child, 'exit');
	// A test run that is broken off leaves no n8n behind.
	const kill = (): void => void child.kill('SIGKILL');
	process.once('exit', kill);
	const close = async (): Promise<void> => {
		child.kill('SIGTERM');
		await ended;
		process.off('exit', kill);
		if (given === undefined) rmSync(home, { recursive: true, force: true });
	};
	try {
		await until(
			'n8n to be ready',
			async () => {
				if (child.exitCode !== null) throw new Error(`n8n ended with ${child.exitCode}.`);
				const answer = await fetch(`${url}/healthz/readiness`).catch(() => undefined);
				return answer?.ok ? true : undefined;
			},
			180_000,
		);
	} catch (cause) {
		await close();
		throw new Error(`n8n did not start:\n${log}`, { cause });
	}
	return { url, pid: child.pid ?? 0, log: () => log, close };
}
