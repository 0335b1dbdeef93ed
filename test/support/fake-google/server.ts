import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestClock } from '../clock';
import { createTokens } from './tokens';

/** One request to an API, its token found good. */
export interface FakeRequest {
	method: string;
	/** After the prefix of its API: /calendars/clinic%40x/events */
	path: string;
	query: URLSearchParams;
	/** The JSON sent; undefined where there was none. */
	body: unknown;
	/** Who asks: the service account's address, or the client id of an OAuth client. */
	account: string;
	/** Of the token. */
	scopes: readonly string[];
}
export interface FakeAnswer {
	status: number;
	/** An object is sent as JSON. */
	body?: unknown;
	headers?: Record<string, string>;
}
/** One API of Google, as its module plays it. */
export interface FakeApi {
	/** Name in the log and for quotas and faults: sheets. */
	name: string;
	/** What its addresses begin with: /v4/spreadsheets */
	prefix: string;
	/** Which quota a request draws on; by default GET is `read` and all else `write`. */
	quotaOf?(request: FakeRequest): string;
	/** What it answers over quota; by default 429 RESOURCE_EXHAUSTED. */
	overQuota?(): FakeAnswer;
	handle(request: FakeRequest): FakeAnswer | Promise<FakeAnswer>;
}

export interface LoggedRequest extends Pick<FakeRequest, 'method' | 'path' | 'body' | 'account'> {
	api: string;
	query: Record<string, string>;
	at: Date;
	/** What was answered; 0 when the connection was cut. */
	status: number;
}

export type FakeGoogle = Awaited<ReturnType<typeof startFakeGoogle>>;

const MINUTE_MS = 60_000;
const EXHAUSTED = {
	error: { code: 429, message: 'Quota exceeded for quota metric', status: 'RESOURCE_EXHAUSTED' },
};
const UNAUTHENTICATED = {
	error: {
		code: 401,
		message: 'Request had invalid authentication credentials.',
		errors: [{ message: 'Invalid Credentials', domain: 'global', reason: 'authError' }],
		status: 'UNAUTHENTICATED',
	},
};

/** Google on a free port, for `rootUrl`: tokens as it gives them, quotas by the minute of the clock, a log of all requests. */
export async function startFakeGoogle({ clock, apis }: { clock: TestClock; apis: readonly FakeApi[] }) {
	const folder = mkdtempSync(join(tmpdir(), 'fake-google-'));
	const tokens = createTokens(clock);
	const requests: LoggedRequest[] = [];
	const quotas = new Map<string, number>();
	const drawn = new Map<string, number>();
	const faults: { api: string; answer: FakeAnswer | 'cut'; times: number; when: (request: FakeRequest) => boolean }[] =
		[];
	let away = false;

	async function answerOf(api: FakeApi, request: FakeRequest): Promise<FakeAnswer | 'cut'> {
		const fault = faults.find((each) => each.api === api.name && each.times > 0 && each.when(request));
		if (fault) {
			fault.times -= 1;
			return fault.answer;
		}
		const kind = `${api.name}/${api.quotaOf?.(request) ?? (request.method === 'GET' ? 'read' : 'write')}`;
		const minute = `${kind}@${Math.floor(clock.now().getTime() / MINUTE_MS)}`;
		if ((drawn.get(minute) ?? 0) >= (quotas.get(kind) ?? Number.POSITIVE_INFINITY))
			return api.overQuota?.() ?? { status: 429, body: EXHAUSTED };
		drawn.set(minute, (drawn.get(minute) ?? 0) + 1);
		return api.handle(request);
	}

	async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
		const bytes = await bytesOf(incoming);
		const url = new URL(incoming.url ?? '/', 'http://fake');
		if (away) return void incoming.socket.destroy();
		if (url.pathname === '/token') return send(response, tokens.grant(new URLSearchParams(bytes.toString())));
		const api = apis.find(({ prefix }) => url.pathname.startsWith(prefix));
		if (!api)
			return send(response, { status: 404, body: `The requested URL ${url.pathname} was not found on this server.` });
		const holder = tokens.holderOf(incoming.headers.authorization);
		const request: FakeRequest = {
			method: incoming.method ?? '',
			path: url.pathname.slice(api.prefix.length),
			query: url.searchParams,
			body: bytes.length === 0 ? undefined : (JSON.parse(bytes.toString()) as unknown),
			account: holder?.account ?? '',
			scopes: holder?.scopes ?? [],
		};
		const answer = holder ? await answerOf(api, request) : { status: 401, body: UNAUTHENTICATED };
		const { method, path, body, account } = request;
		const status = answer === 'cut' ? 0 : answer.status;
		requests.push({
			api: api.name,
			method,
			path,
			query: Object.fromEntries(request.query),
			body,
			account,
			at: clock.now(),
			status,
		});
		if (answer === 'cut') incoming.socket.destroy();
		else send(response, answer);
	}

	const server = createServer((incoming, response) => {
		handle(incoming, response).catch((error: unknown) => {
			send(response, { status: 500, body: String(error) });
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		tokens,
		/** Every request to an API, oldest first; those for tokens are in `tokens.granted`. */
		requests,
		/** How many requests an API had; `what` is a part of "GET /path". */
		calls: (api: string, what = '') =>
			requests.filter((each) => each.api === api && `${each.method} ${each.path}`.includes(what)).length,
		/** Requests a minute: quota('sheets', 'read', 60). */
		quota: (api: string, kind: string, perMinute: number) => void quotas.set(`${api}/${kind}`, perMinute),
		/** The next requests of an API that fit get this answer, or have their connection cut. */
		fail: (api: string, answer: FakeAnswer | 'cut', { times = 1, when = (_: FakeRequest): boolean => true } = {}) =>
			void faults.push({ api, answer, times, when }),
		/** While true, every connection is cut. */
		outage: (on: boolean) => {
			away = on;
		},
		/** Path of a new credentials file; what is in it, with changes. */
		credentials: (kind: 'service-account' | 'oauth' = 'service-account', changes: object = {}): string => {
			const path = join(folder, `${kind}-${Math.random().toString(36).slice(2)}.json`);
			const file = kind === 'oauth' ? tokens.oauth : tokens.serviceAccount;
			writeFileSync(path, JSON.stringify({ ...file, ...changes }));
			return path;
		},
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

async function bytesOf(incoming: IncomingMessage): Promise<Buffer> {
	const parts: Buffer[] = [];
	for await (const part of incoming) parts.push(part as Buffer);
	return Buffer.concat(parts);
}

function send(response: ServerResponse, { status, body, headers }: FakeAnswer): void {
	const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
	const type = typeof body === 'object' ? 'application/json; charset=UTF-8' : 'text/html; charset=UTF-8';
	response.writeHead(status, { 'content-type': type, ...headers });
	response.end(text);
}
