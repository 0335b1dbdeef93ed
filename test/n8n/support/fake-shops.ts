import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Host } from './fake-internet.ts';

interface Subscription {
	id: number;
	topic: string;
	address: string;
	secret?: string;
}

/** A Shopify shop's Admin API, as far as webhooks go. */
export function fakeShopify(): { host: Host; subscriptions: Subscription[] } {
	const subscriptions: Subscription[] = [];
	const host: Host = ({ method, path, body, headers }) => {
		if (headers['x-shopify-access-token'] !== 'shpat_of_a_test')
			return { status: 401, body: { errors: 'unknown token' } };
		if (!/^\/admin\/api\/2024-07\/+webhooks/.test(path)) return undefined;
		if (method === 'GET') return { body: { webhooks: subscriptions } };
		if (method === 'DELETE') {
			subscriptions.length = 0;
			return { body: {} };
		}
		const { webhook } = JSON.parse(body) as { webhook: { topic: string; address: string } };
		const made = { id: 901_431_978 + subscriptions.length, ...webhook };
		subscriptions.push(made);
		return { status: 201, body: { webhook: made } };
	};
	return { host, subscriptions };
}

/** A WooCommerce shop's REST API, as far as webhooks go. It has an address of its own. */
export async function fakeWooCommerce() {
	const subscriptions: Subscription[] = [];
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const known = request.headers.authorization === `Basic ${Buffer.from('ck_test:cs_test').toString('base64')}`;
			const answer = (status: number, body: unknown) =>
				response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
			if (!known) answer(401, { code: 'woocommerce_rest_cannot_view' });
			else if (!request.url?.startsWith('/wp-json/wc/v3/webhooks')) answer(404, {});
			else if (request.method === 'GET') answer(200, []);
			else if (request.method === 'DELETE') answer(200, subscriptions.pop() ?? {});
			else {
				const asked = JSON.parse(Buffer.concat(chunks).toString()) as {
					topic: string;
					delivery_url: string;
					secret: string;
				};
				const made = { id: 142, topic: asked.topic, address: asked.delivery_url, secret: asked.secret };
				subscriptions.push(made);
				answer(201, made);
			}
		});
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	return {
		url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
		subscriptions,
		close(): void {
			server.close();
			server.closeAllConnections();
		},
	};
}

/** A Google spreadsheet with one tab, and the service account that may read and write it. */
export function fakeSheet(
	tab: string,
	rows: string[][],
): { hosts: Record<string, Host>; account: Record<string, unknown> } {
	const { privateKey } = generateKeyPairSync('rsa', {
		modulusLength: 2048,
		publicKeyEncoding: { type: 'spki', format: 'pem' },
		privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
	});
	const sheets: Host = ({ method, path, body, headers }) => {
		if (headers['authorization'] !== 'Bearer token-of-google') return { status: 401, body: { error: { code: 401 } } };
		if (path.endsWith('/values:batchUpdate')) {
			const { data } = JSON.parse(body) as { data: { range: string; values: string[][] }[] };
			for (const { range, values } of data) {
				const [, column = 'A', row = '1'] = /!([A-Z])(\d+)/.exec(range) ?? [];
				const cells = rows[Number(row) - 1] ?? [];
				cells[column.charCodeAt(0) - 65] = values[0]?.[0] ?? '';
			}
			return { body: { totalUpdatedCells: data.length } };
		}
		if (method === 'GET' && path.includes('/values/'))
			return { body: { range: tab, majorDimension: 'ROWS', values: rows } };
		const gridProperties = { rowCount: 1000, columnCount: 26 };
		return { body: { sheets: [{ properties: { sheetId: 0, title: tab, index: 0, gridProperties } }] } };
	};
	return {
		hosts: {
			'oauth2.googleapis.com': () => ({
				body: { access_token: 'token-of-google', expires_in: 3600, token_type: 'Bearer' },
			}),
			'sheets.googleapis.com': sheets,
		},
		account: { email: 'broadcast@test.iam.gserviceaccount.com', privateKey, region: 'us-east4', inpersonate: false },
	};
}
