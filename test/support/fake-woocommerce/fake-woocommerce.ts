import { createServer, type IncomingMessage } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { TestClock } from '../clock';
import { createAuth, type Asked, type FakeKey } from './auth';
import { FAULTS, type FakeAnswer, type FaultName, PHP_NOTICE } from './faults';
import { createOrders } from './orders';
import { createRest } from './rest';
import { createWebhooks } from './webhooks';

export type FakeWooCommerce = Awaited<ReturnType<typeof startFakeWooCommerce>>;

export interface FakeWooCommerceOptions {
	clock: TestClock;
	/** The site's time zone. */
	zone?: string;
	/** The site's folder: "/shop". */
	folder?: string;
	tls?: { key: string; cert: string };
}

export const WOO_KEY = 'ck_0123456789abcdef0123456789abcdef01234567';
export const WOO_KEY_SECRET = 'cs_fedcba9876543210fedcba9876543210fedcba98';

/** A shop on a free port of this machine that behaves as WooCommerce 10 does towards a bridge. Time is the test's. */
export async function startFakeWooCommerce({ clock, zone = 'Asia/Kolkata', folder = '', tls }: FakeWooCommerceOptions) {
	const key: FakeKey = {
		consumerKey: WOO_KEY,
		consumerSecret: WOO_KEY_SECRET,
		permissions: 'read_write',
		mayManage: true,
	};
	const requests: { method: string; path: string; query: Record<string, string>; body: Record<string, unknown> }[] = [];
	const state = {
		fault: undefined as FaultName | 'notice' | 'silent' | 'down' | undefined,
		hidesSite: false as boolean | 'by a page',
	};
	const authenticate = createAuth(key);
	let url = '';

	const webhooks = createWebhooks({ clock, zone, site: () => url, rest: (id) => orders.rest(id) });
	const orders = createOrders({ clock, zone, site: () => url }, webhooks.changed);
	const rest = createRest(orders, webhooks);
	/** Called before each answer: what happens in the shop meanwhile. */
	let meanwhile: ((request: (typeof requests)[number]) => void) | undefined;

	async function answer(request: IncomingMessage, isTls: boolean): Promise<FakeAnswer> {
		const asked = askedOf(request, isTls);
		const path = new URL(asked.address).pathname;
		if (path === `${folder}/wp-json/`) return site(asked);
		if (!path.startsWith(`${folder}/wp-json/wc/v3/`)) return FAULTS['plain permalinks'];
		const body = await text(request);
		const seen = {
			method: asked.method,
			path: path.slice(`${folder}/wp-json/wc/v3/`.length),
			query: Object.fromEntries(asked.query),
			body: (body === '' ? {} : JSON.parse(body)) as Record<string, unknown>,
		};
		requests.push(seen);
		meanwhile?.(seen);
		if (state.fault !== undefined && state.fault in FAULTS) return FAULTS[state.fault as FaultName];
		return authenticate(asked) ?? rest(seen.path, asked, seen.body);
	}

	function site({ authorization }: Asked): FakeAnswer {
		// WordPress takes any Basic credentials for an application password.
		if (authorization !== undefined)
			return { status: 401, body: { code: 'invalid_username', message: 'Unknown username.' } };
		if (state.hidesSite === 'by a page') return FAULTS['coming soon page'];
		if (state.hidesSite) return { status: 401, body: { code: 'rest_login_required', message: 'REST API restricted.' } };
		return { status: 200, body: { name: 'Boutique', timezone_string: zone } };
	}

	const handle = (request: IncomingMessage, response: import('node:http').ServerResponse): void => {
		if (state.fault === 'down') return void request.socket.destroy();
		if (state.fault === 'silent') return;
		void answer(request, tls !== undefined).then(({ status, body, headers = {} }) => {
			const content = typeof body === 'string' ? body : JSON.stringify(body);
			response.writeHead(status, { 'content-type': 'application/json; charset=UTF-8', ...headers });
			response.end(state.fault === 'notice' ? PHP_NOTICE + content : content);
		});
	};
	const server = tls ? createTlsServer(tls, handle) : createServer(handle);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const scheme = tls ? 'https' : 'http';
	url = `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}${folder}`;

	function askedOf(request: IncomingMessage, isTls: boolean): Asked {
		const whole = new URL(request.url ?? '/', `${scheme}://${request.headers.host ?? ''}`);
		return {
			method: request.method ?? 'GET',
			address: whole.origin + whole.pathname,
			query: whole.searchParams,
			authorization: request.headers.authorization,
			isTls,
		};
	}

	return {
		url,
		key,
		state,
		orders,
		webhooks,
		/** What the bridge asked of wc/v3, oldest first. */
		requests,
		meanwhile: (what: typeof meanwhile) => {
			meanwhile = what;
		},
		close: () =>
			new Promise<void>((resolve) => {
				server.closeAllConnections();
				server.close(() => {
					resolve();
				});
			}),
	};
}
