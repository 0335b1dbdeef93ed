import { once } from 'node:events';
import { createServer } from 'node:http';
import express, { type ErrorRequestHandler } from 'express';
import { SandboxClock, type Clock } from './clock';
import { controlRoutes } from './control/routes';
import { dispatcher } from './dispatch';
import { Faults } from './faults';
import { hookRoutes } from './hooks';
import { Journal } from './journal';
import { readContract } from './openapi/read-contract';
import { OpenPhones } from './phone/open-phones';
import { phoneRoutes } from './phone/routes';
import { contractFile } from './project-root';
import { Refusal } from './refusal';
import { createState } from './state';
import type { Settings, World } from './world';

export interface SandboxOptions extends Partial<Settings> {
	/** 0 (the default) takes a free port. */
	port?: number;
	host?: string;
	clock?: Clock;
	contractFile?: string;
}

export interface Sandbox {
	url: string;
	port: number;
	/** Ends all connections and timers. */
	close(): Promise<void>;
}

const DEFAULTS: Settings = {
	apiKey: 'sandbox-api-key',
	loginKey: 'sandbox-login-key',
	approve: 'at-once',
	campaigns: 'at-once',
	deliveryMs: { delivered: 300, read: 900 },
	mediaTimeoutMs: 5000,
};

/** Starts the stand-in for the Messlo API, with its control API under /__sandbox/ and its phone page at /. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const { port = 0, host = '127.0.0.1', clock, contractFile: file = contractFile(), ...settings } = options;
	const contract = readContract(file);
	const phones = new OpenPhones();
	const all = { ...DEFAULTS, ...settings };
	const world: World = {
		url: '',
		settings: all,
		clock: new SandboxClock(clock),
		state: createState(all),
		journal: new Journal(),
		faults: new Faults(),
		changed: (inMs) => phones.changed(inMs),
	};
	const app = express().disable('x-powered-by').disable('etag');
	app.use(express.raw({ type: () => true, limit: '110mb' }));
	app.use('/__sandbox', controlRoutes(world, contract));
	app.use('/hooks', hookRoutes(world));
	app.use(phoneRoutes(world, phones));
	app.use(dispatcher(contract, world));
	app.use(failed);

	const server = createServer(app);
	server.listen(port, host);
	await once(server, 'listening');
	const address = server.address();
	const taken = typeof address === 'object' && address !== null ? address.port : port;
	world.url = `http://${host.includes(':') ? `[${host}]` : host}:${taken}`;
	return {
		url: world.url,
		port: taken,
		async close() {
			phones.close();
			const closed = once(server, 'close');
			server.close();
			server.closeAllConnections();
			await closed;
		},
	};
}

const failed: ErrorRequestHandler = (error: unknown, _request, response, next) => {
	if (response.headersSent) {
		next(error);
		return;
	}
	if (error instanceof Refusal) response.status(error.status).set(error.headers).json(error.body);
	else {
		console.error(error);
		const message = error instanceof Error ? error.message : String(error);
		response.status(500).json({ success: false, message: `The sandbox failed: ${message}` });
	}
};
