import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SECOND } from '../../../support/clock';
import { mysqlDate } from '../../../support/fake-woocommerce/site-time';
import { WOO_KEY, WOO_KEY_SECRET } from '../../../support/fake-woocommerce/fake-woocommerce';
import { ADDRESS, openFakeShop, SECRET } from './admin-shop';

/** The shop that the other tests trust, held against what WooCommerce's source says. */
let open: Awaited<ReturnType<typeof openFakeShop>>;
let bridge: Server;
let status: number;
const got: { headers: Record<string, unknown>; body: string }[] = [];

beforeEach(async () => {
	[status, got.length] = [200, 0];
	open = await openFakeShop();
	bridge = createServer((request, response) => {
		void text(request).then((body) => {
			got.push({ headers: request.headers, body });
			response.writeHead(status).end();
		});
	}).listen(0, '127.0.0.1');
	await new Promise((resolve) => bridge.once('listening', resolve));
	open.shop.webhooks.setTarget(`http://127.0.0.1:${(bridge.address() as AddressInfo).port}`);
	await open.admin.subscribe(ADDRESS);
});
afterEach(async () => {
	await open.shop.close();
	bridge.close();
});

test('a new webhook sends a ping: a form, unsigned', () => {
	expect(got.map(({ body }) => body)).toEqual([141, 142, 143, 144].map((id) => `webhook_id=${id}`));
	expect(got[0]?.headers).toMatchObject({ 'content-type': 'application/x-www-form-urlencoded' });
	expect(JSON.stringify(got[0]?.headers)).not.toContain('x-wc-');
});

test('a delivery is signed over the bytes as PHP writes them', async () => {
	const id = open.shop.orders.place({ billing: { first_name: 'आशा', address_1: '12/4 Lake Road' } });
	await open.shop.webhooks.runQueue();
	const { headers, body } = got.at(-1) ?? { headers: {}, body: '' };
	expect(headers).toMatchObject({
		'content-type': 'application/json',
		'x-wc-webhook-topic': 'order.created',
		'x-wc-webhook-source': `${open.shop.url}/`,
		'x-wc-webhook-signature': createHmac('sha256', SECRET).update(body).digest('base64'),
	});
	expect(body).toContain('"first_name":"\\u0906\\u0936\\u093e"');
	expect(body).toContain('"address_1":"12\\/4 Lake Road"');
	expect(JSON.parse(body)).toEqual(open.shop.orders.rest(id));
});

test('what is queued is merged, and says how things stand when it is sent', async () => {
	const { shop, clock } = open;
	const id = shop.orders.place();
	clock.advance(SECOND);
	shop.orders.pay(id);
	shop.orders.complete(id);
	await shop.webhooks.runQueue();
	const sent = got.slice(4).map(({ headers, body }) => [headers['x-wc-webhook-topic'], JSON.parse(body).status]);
	expect(sent).toEqual([
		['order.created', 'completed'],
		['order.updated', 'completed'],
	]);
});

test('two orders that one webhook sends in one second share a delivery id', async () => {
	open.shop.orders.place();
	open.shop.orders.place();
	await open.shop.webhooks.runQueue();
	open.clock.advance(SECOND);
	open.shop.orders.place();
	await open.shop.webhooks.runQueue();
	const [one, two, three] = open.shop.webhooks.log.map(({ deliveryId }) => deliveryId);
	expect(one).toBe(two);
	expect(three).not.toBe(one);
});

test('the seventh failure in a row switches a webhook off, a success between starts the count again', async () => {
	const { webhooks, orders } = open.shop;
	const [hook] = webhooks.all;
	const fail = async (times: number) => {
		for (let time = 0; time < times; time += 1) {
			orders.place();
			await webhooks.runQueue(() => 'lost');
		}
	};
	await fail(6);
	orders.place();
	await webhooks.runQueue();
	await fail(6);
	expect(hook?.status).toBe('active');
	await fail(1);
	expect(hook?.status).toBe('disabled');
	const sent = webhooks.log.length;
	orders.place();
	await webhooks.runQueue();
	expect(webhooks.log).toHaveLength(sent);
	// Made active again, it still has its failures: the next one switches it off at once.
	await open.admin.subscribe(ADDRESS);
	expect(hook?.status).toBe('active');
	await fail(1);
	expect(hook?.status).toBe('disabled');
});

test.each([
	[202, 0],
	[302, 0],
	[303, 1],
	[404, 1],
	[503, 1],
])('an answer %s counts as %s failures', async (answer, failures) => {
	status = answer;
	open.shop.orders.place();
	await open.shop.webhooks.runQueue();
	expect(open.shop.webhooks.all[0]?.failures).toBe(failures);
});

test('the key is asked for: Basic not over http, a signature only once', async () => {
	const list = `${open.shop.url}/wp-json/wc/v3/orders`;
	const basic = Buffer.from(`${WOO_KEY}:${WOO_KEY_SECRET}`).toString('base64');
	const code = async (url: string, headers = {}) =>
		((await (await fetch(url, { headers })).json()) as { code?: string }).code;
	expect(await code(list)).toBe('woocommerce_rest_cannot_view');
	expect(await code(list, { authorization: `Basic ${basic}` })).toBe('woocommerce_rest_cannot_view');
	const query = new URLSearchParams({
		oauth_consumer_key: WOO_KEY,
		oauth_nonce: 'once',
		oauth_signature_method: 'HMAC-SHA256',
		oauth_timestamp: String(Math.floor(Date.now() / 1000)),
	});
	const base = ['GET', encodeURIComponent(list), encodeURIComponent(query.toString())].join('&');
	query.set('oauth_signature', createHmac('sha256', `${WOO_KEY_SECRET}&`).update(base).digest('base64'));
	expect(await code(`${list}?${query}`)).toBeUndefined();
	expect(await code(`${list}?${query}`)).toBe('woocommerce_rest_authentication_error');
	expect(await code(`${list}?${query}&status=trash`)).toBe('woocommerce_rest_authentication_error');
});

test("WordPress reads a date on the site's clock, whatever it is compared with", () => {
	expect(mysqlDate('2026-11-20T09:00:00', 'Asia/Kolkata')).toBe('2026-11-20T09:00:00');
	expect(mysqlDate('2026-11-20T09:00:00Z', 'Asia/Kolkata')).toBe('2026-11-20T14:30:00');
	expect(mysqlDate('2027-03-28T02:30:00', 'Europe/Berlin')).toBe('2027-03-28T03:30:00');
});
