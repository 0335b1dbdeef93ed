import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestClock } from '../clock';
import { SHOPIFY_SECRET, SHOPIFY_SHOP } from '../shopify';
import { createBucket } from './bucket';
import { execute } from './execute';
import { parseDocument, type Value } from './graphql-document';
import { createHooks } from './hooks';
import { createOrders } from './orders';
import { resolvers } from './resolvers';
import { costOf } from './schema';

export const FAKE_ADMIN_TOKEN = 'shpat_fake_0123456789';
export const FAKE_CLIENT = { id: 'fake-client-id', secret: SHOPIFY_SECRET };
/** Shopify's: tokens of the client credentials grant last a day, and no query may cost more than 1,000 points. */
const TOKEN_LASTS_S = 86_399;
const MOST_EXPENSIVE = 1000;

export type FakeShopify = Awaited<ReturnType<typeof startFakeShopify>>;

/** A small shop on a free port: the Admin API's GraphQL as far as it is used, tokens, costs, and signed webhooks. */
export async function startFakeShopify(clock: TestClock, domain = SHOPIFY_SHOP) {
	const hooks = createHooks(domain, SHOPIFY_SECRET, clock);
	const shelf = createOrders(hooks, clock);
	const bucket = createBucket(clock);
	const granted = new Map<string, number>([[FAKE_ADMIN_TOKEN, Infinity]]);
	const faults = {
		/** Every request is answered with this status. */
		status: undefined as number | undefined,
		/** Fields that the key may not see, by "Type.field", with the scope they need; "" for none. */
		denied: new Map<string, string>(),
		refusedTopics: new Set<string>(),
		/** Operations that fail inside Shopify, by name. */
		broken: new Set<string>(),
		/** What is answered to operations of this name, word for word. */
		verbatim: new Map<string, object>(),
	};
	/** Names of the operations asked for, tokens as "token". */
	const asked: string[] = [];
	const behind: Promise<void>[] = [];
	const roots = resolvers(
		{ name: 'Kaveri Handlooms', domain },
		hooks,
		shelf,
		faults.refusedTopics,
		(work) => void behind.push(work),
	);

	function graphql(body: { query: string; variables?: Record<string, Value> }): object {
		const variables = body.variables ?? {};
		try {
			const document = parseDocument(body.query);
			asked.push(document.name);
			const cost = costOf(document, variables);
			const verbatim = faults.verbatim.get(document.name);
			if (verbatim) return verbatim;
			const extensions = { cost: { requestedQueryCost: cost, throttleStatus: bucket.status() } };
			const fault = (message: string, code: string, more: object = {}) => ({
				errors: [{ message, extensions: { code, ...more } }],
				extensions,
			});
			if (cost > MOST_EXPENSIVE)
				return fault(`Query cost is ${cost}, which exceeds the single query max cost limit`, 'MAX_COST_EXCEEDED');
			if (!bucket.holds(cost)) return fault('Throttled', 'THROTTLED');
			if (faults.broken.has(document.name)) return fault('Internal error', 'INTERNAL_SERVER_ERROR');
			let denial: object | undefined;
			const onField = (type: string, field: string) => {
				const scope = faults.denied.get(`${type}.${field}`);
				if (scope === undefined) return;
				denial = fault(
					scope === ''
						? `This app is not approved to access the ${type} object.`
						: `Access denied for ${field} field. Required access: \`${scope}\` access scope.`,
					'ACCESS_DENIED',
					scope === '' ? {} : { requiredAccess: `\`${scope}\` access scope.` },
				);
			};
			const data = execute({ document, variables, onField }, roots);
			bucket.take(objectsIn(data));
			return denial ? { ...denial, data: null } : { data, extensions };
		} catch (error) {
			return { errors: [{ message: error instanceof Error ? error.message : String(error) }] };
		}
	}

	function grant(body: Record<string, unknown>): { status: number; body: object } {
		asked.push('token');
		if (
			body['client_id'] !== FAKE_CLIENT.id ||
			body['client_secret'] !== FAKE_CLIENT.secret ||
			body['grant_type'] !== 'client_credentials'
		)
			return { status: 400, body: { error: 'invalid_request', error_description: 'client_id or client_secret' } };
		const token = `shpat_granted_${granted.size}`;
		granted.set(token, clock.now().getTime() + TOKEN_LASTS_S * 1000);
		return { status: 200, body: { access_token: token, scope: 'read_orders,write_orders', expires_in: TOKEN_LASTS_S } };
	}

	async function answer(request: IncomingMessage): Promise<{ status: number; body: object; retryAfter?: string }> {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const body = JSON.parse(Buffer.concat(chunks).toString() || '{}') as Record<string, unknown>;
		if (faults.status !== undefined)
			return {
				status: faults.status,
				body: { errors: 'Unavailable' },
				...(faults.status === 429 ? { retryAfter: '7.0' } : {}),
			};
		if (request.url === '/admin/oauth/access_token') return grant(body);
		if (!/^\/admin\/api\/20\d\d-\d\d\/graphql\.json$/.test(request.url ?? ''))
			return { status: 404, body: { errors: 'Not Found' } };
		const until = granted.get(String(request.headers['x-shopify-access-token']));
		if (until === undefined || until <= clock.now().getTime())
			return {
				status: 401,
				body: { errors: '[API] Invalid API key or access token (unrecognized login or wrong password)' },
			};
		const answered = graphql(body as { query: string });
		// So that a test need not wait for them.
		await Promise.all(behind.splice(0));
		return { status: 200, body: answered };
	}

	const server = createServer((request: IncomingMessage, response: ServerResponse) => {
		void answer(request).then(({ status, body, retryAfter }) => {
			response.writeHead(status, {
				'content-type': 'application/json',
				...(retryAfter === undefined ? {} : { 'retry-after': retryAfter }),
			});
			response.end(JSON.stringify(body));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

	return {
		url,
		domain,
		hooks,
		bucket,
		faults,
		asked,
		...shelf,
		/** Every token is refused from now on, as when the app is installed anew. */
		revoke: (): void => granted.clear(),
		/** The source's keys, for its line in the configuration. */
		keys: (key = `adminToken: ${FAKE_ADMIN_TOKEN}`): string => `apiUrl: "${url}", ${key}`,
		stop: () =>
			new Promise<void>((resolve) => {
				server.close(() => {
					resolve();
				});
				server.closeAllConnections();
			}),
	};
}

/** The cost of an answer: a point for each object in it. */
const objectsIn = (value: unknown): number =>
	typeof value !== 'object' || value === null
		? 0
		: Object.values(value).reduce((sum: number, each) => sum + objectsIn(each), Array.isArray(value) ? 0 : 1);
