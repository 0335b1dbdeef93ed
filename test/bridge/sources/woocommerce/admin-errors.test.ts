import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { createLogger } from '../../../../bridge/src/log';
import type { ShopAdmin } from '../../../../bridge/src/sources/shop-admin';
import { ShopError } from '../../../../bridge/src/sources/shop-error';
import { WOO_KEY, WOO_KEY_SECRET } from '../../../support/fake-woocommerce/fake-woocommerce';
import type { FaultName } from '../../../support/fake-woocommerce/faults';
import { ADDRESS, adminOf, all, openFakeShop, SECRET } from './admin-shop';

let open: Awaited<ReturnType<typeof openFakeShop>>;
beforeEach(async () => {
	open = await openFakeShop();
});
afterEach(() => open.shop.close());

async function errorOf(asking: Promise<unknown>): Promise<unknown> {
	return asking.then(
		() => new Error('nothing was thrown'),
		(error: unknown) => error,
	);
}

const FAULTS: [FaultName | 'notice', ShopError['kind'], string][] = [
	['no WooCommerce', 'refused', "Settings → Permalinks is not 'Plain'"],
	['plain permalinks', 'refused', "Settings → Permalinks is not 'Plain'"],
	['firewall', 'refused', 'let /wp-json/wc/ through'],
	['server error', 'later', 'It said: There has been a critical error on this website.'],
	['maintenance', 'later', 'is in trouble itself'],
	['too many', 'later', 'had too many requests'],
	['coming soon page', 'later', 'answered with a page instead of data'],
	['notice', 'later', 'set WP_DEBUG_DISPLAY to false'],
	['moved', 'refused', 'sends requests on to https://www.boutique.example. →'],
	['no such order', 'gone', 'woocommerce_rest_shop_order_invalid_id'],
	['bad parameter', 'rejected', '400 rest_invalid_param'],
];

test.each(FAULTS)('%s: %s, and what to do', async (fault, kind, words) => {
	open.shop.state.fault = fault;
	const error = await errorOf(open.admin.whoAmI());
	expect(error).toBeInstanceOf(ShopError);
	expect(error).toMatchObject({ kind, message: expect.stringContaining(words) });
	expect((error as Error).message).toContain(new URL(open.shop.url).host);
});

test('what the shop says of when to ask again is kept', async () => {
	open.shop.state.fault = 'too many';
	expect(await errorOf(open.admin.whoAmI())).toMatchObject({ retryAfterMs: 7000 });
	open.shop.state.fault = 'maintenance';
	expect(await errorOf(open.admin.whoAmI())).toMatchObject({ retryAfterMs: 600_000 });
});

describe('keys', () => {
	test('a wrong secret', async () => {
		const error = await errorOf(adminOf(open.shop.url, { consumerSecret: 'cs_other' }).whoAmI());
		expect(error).toMatchObject({ kind: 'refused', message: expect.stringContaining('does not take the key') });
	});
	test('a wrong key', async () => {
		const error = await errorOf(adminOf(open.shop.url, { consumerKey: 'ck_other' }).whoAmI());
		expect(error).toMatchObject({ kind: 'refused', message: expect.stringContaining('make a new key') });
	});
	test('the key of a user who may not manage the shop', async () => {
		open.shop.key.mayManage = false;
		const error = await errorOf(open.admin.whoAmI());
		expect(error).toMatchObject({
			kind: 'refused',
			message: expect.stringContaining('401 woocommerce_rest_cannot_view'),
		});
	});
	test('a key that may only read cannot register webhooks, and says which right is missing', async () => {
		open.shop.key.permissions = 'read';
		const { refused, created } = await open.admin.subscribe(ADDRESS);
		expect(created).toEqual([]);
		expect(refused).toHaveLength(4);
		expect(refused[0]?.reason).toContain('make a key with Read/Write'.replace('make', 'Make'));
	});
});

describe('no answer', () => {
	test('a shop that is silent is not waited for without end', async () => {
		open.shop.state.fault = 'silent';
		const error = await errorOf(adminOf(open.shop.url, { timeoutMs: 200 }).whoAmI());
		expect(error).toMatchObject({ kind: 'later', message: expect.stringContaining('did not answer within 0.2 s') });
	});
	test('a shop that hangs up', async () => {
		open.shop.state.fault = 'down';
		expect(await errorOf(open.admin.whoAmI())).toMatchObject({ kind: 'later' });
	});
	test('a shop that is not there', async () => {
		const { port } = await freePort();
		const error = await errorOf(adminOf(`https://127.0.0.1:${port}`).whoAmI());
		expect(error).toMatchObject({ kind: 'later', message: expect.stringContaining('cannot be reached') });
	});
	test('when the bridge stops, it is asked no further', async () => {
		open.shop.orders.place();
		open.shop.state.fault = 'silent';
		const ending = new AbortController();
		const asking = errorOf(all(open.admin.changedSince(new Date(0), ending.signal)));
		setImmediate(() => {
			ending.abort();
		});
		expect(await asking).toMatchObject({ name: 'AbortError' });
	});
});

describe('key and secrets', () => {
	const ways: [string, (admin: ShopAdmin) => Promise<unknown>][] = [
		['whoAmI', (admin) => admin.whoAmI()],
		['subscribe', (admin) => admin.subscribe(ADDRESS)],
		['changedSince', (admin) => all(admin.changedSince(new Date(0)))],
		['latest', (admin) => admin.latest(5)],
		['annotate', (admin) => admin.annotate('727', { note: 'Sent' })],
	];
	const faults = [...FAULTS.map(([fault]) => fault), 'down' as const];

	test.each(ways)('%s: they are in no error and in no line of the log, whatever goes wrong', async (_name, ask) => {
		const errors: unknown[] = [];
		for (const fault of faults) {
			open.shop.state.fault = fault;
			errors.push(await errorOf(ask(open.admin)));
		}
		open.shop.state.fault = undefined;
		errors.push(await errorOf(ask(adminOf(open.shop.url, { consumerSecret: `${WOO_KEY_SECRET}x` }))));
		const { port } = await freePort();
		// Over https axios keeps the secret in the error's config; http to a TLS client is a protocol error.
		for (const url of [`https://127.0.0.1:${port}`, open.shop.url.replace('http:', 'https:')])
			errors.push(await errorOf(ask(adminOf(url))));

		let written = '';
		const log = createLogger('debug', { write: (line: string) => void (written += line) });
		for (const error of errors) {
			log.error({ err: error }, 'A source cannot be looked at');
			log.error(error);
			written += inspect(error, { depth: 20, showHidden: true, getters: true });
			written += JSON.stringify(error) + JSON.stringify(Object.getOwnPropertyDescriptors(error));
		}
		expect(errors).toHaveLength(faults.length + 3);
		expect(errors.every((error) => error instanceof ShopError)).toBe(true);
		for (const secret of [
			WOO_KEY,
			WOO_KEY_SECRET,
			SECRET,
			Buffer.from(`${WOO_KEY}:${WOO_KEY_SECRET}`).toString('base64'),
		])
			expect(written).not.toContain(secret);
		expect(written).not.toMatch(/oauth_|cs_|ck_/);
	});
});

async function freePort(): Promise<{ port: number }> {
	const server = createServer().listen(0, '127.0.0.1');
	await new Promise((resolve) => server.once('listening', resolve));
	const { port } = server.address() as AddressInfo;
	await new Promise((resolve) => server.close(resolve));
	return { port };
}
