import { listen, type RunningServer, type LIMITS } from '../../../bridge/src/ingress/server';
import { TestBridge } from '../../support/bridge';
import { RawConnection, rawRequest } from '../../support/raw-http';
import { shopifyFixture, signedShopify } from '../../support/shopify';

const POST = 'POST /webhooks/shopify/acme HTTP/1.1';
const MB = 1024 * 1024;

let server: RunningServer | undefined;
afterEach(() => server?.close(100));
const taken: number[] = [];

/** The ingress by itself, with limits that a test can reach; it takes whatever is whole. */
async function open(limits: Partial<typeof LIMITS>): Promise<string> {
	taken.length = 0;
	server = await listen('127.0.0.1', 0, {
		accept: ({ body }) => {
			taken.push(body.length);
			return Promise.resolve({ status: 200, body: { received: 'whole' } });
		},
		app: (_request, response) => response.writeHead(200, { 'content-length': 0 }).end(),
		now: () => new Date(),
		onError: (error) => {
			throw error;
		},
		limits,
	});
	return `http://127.0.0.1:${server.port}`;
}

describe('slow senders', () => {
	test.each([
		['of nothing', ''],
		['of half a line', 'POST /webhooks/sho'],
		['of headers without end', `${POST}\r\nhost: x\r\nx-a: b\r\n`],
		['of a body without end', `${POST}\r\nhost: x\r\ncontent-length: 1000\r\n\r\n{`],
	])('%s are hung up on, while others are answered', async (_, text) => {
		const url = await open({ slowMs: 300 });
		const slow = new RawConnection(url);
		await slow.write(text);
		const usual = new RawConnection(url);
		await usual.write(rawRequest(POST, { 'content-length': '2' }, '{}'));
		expect(await usual.answers(1)).toMatchObject([{ status: 200 }]);
		await slow.closed();
		usual.cut();
		expect(taken).toEqual([2]);
	});
});

describe('many at once', () => {
	test('connections beyond the limit are hung up on, and there is room again when some leave', async () => {
		const url = await open({ connections: 5 });
		const all = Array.from({ length: 5 }, () => new RawConnection(url));
		for (const each of all) {
			await each.write(rawRequest('GET / HTTP/1.1', {}));
			expect(await each.answers(1)).toMatchObject([{ status: 200 }]);
		}
		await new RawConnection(url).closed();
		for (const each of all) each.cut();
		const next = async (): Promise<number | undefined> => {
			const connection = new RawConnection(url);
			await connection.write(rawRequest('GET / HTTP/1.1', {}));
			const [answer] = await connection.answers(1);
			connection.cut();
			return answer?.status ?? next();
		};
		expect(await next()).toBe(200);
	});

	test('bodies that are sent and not ended fill no memory: beyond the limit they are refused, small ones are not', async () => {
		const url = await open({ together: 4 * MB });
		const half = rawRequest(POST, { 'content-length': String(2 * MB) }, Buffer.alloc(MB, 'x'));
		const slow = Array.from({ length: 8 }, () => new RawConnection(url));
		for (const each of slow) void each.write(half);
		const refused = await Promise.race(slow.map(async (each) => (await each.answers(1))[0]));
		expect(refused).toMatchObject({ status: 503, headers: { 'retry-after': '5', connection: 'close' } });
		const usual = new RawConnection(url);
		await usual.write(rawRequest(POST, { 'content-length': '2' }, '{}'));
		expect(await usual.answers(1)).toMatchObject([{ status: 200 }]);
		for (const each of slow) each.cut();
		// What they had taken is given back.
		const large = async (): Promise<number | undefined> => {
			const connection = new RawConnection(url);
			void connection.write(rawRequest(POST, { 'content-length': String(MB) }, Buffer.alloc(MB, 'x')));
			const [answer] = await connection.answers(1);
			connection.cut();
			return answer?.status === 503 ? large() : answer?.status;
		};
		expect(await large()).toBe(200);
		expect(taken).toEqual([2, MB]);
		usual.cut();
	});

	test('a body of a hundred thousand pieces is put together as it was', async () => {
		const url = await open({});
		const connection = new RawConnection(url);
		await connection.write(rawRequest(POST, { 'transfer-encoding': 'chunked' }));
		await connection.write('1\r\nx\r\n'.repeat(100_000) + '0\r\n\r\n');
		expect(await connection.answers(1)).toMatchObject([{ status: 200 }]);
		connection.cut();
		expect(taken).toEqual([100_000]);
	});
});

describe('floods and garbage', () => {
	let bridge: TestBridge;
	beforeAll(async () => {
		bridge = await TestBridge.start({ templates: false });
	});
	afterAll(() => bridge.stop());
	const ORDER = shopifyFixture('orders-create.in-cod-optin');

	const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`x-${n}`, 'y']));
	test.each([
		['a header of 20 kB', rawRequest(POST, { 'x-long': 'x'.repeat(20_000) }), 431],
		['2,000 headers', rawRequest(POST, many(2000)), 431],
		['an address of 20 kB', rawRequest(`GET /${'a'.repeat(20_000)} HTTP/1.1`, {}), 431],
		[
			'300 headers before the signature',
			rawRequest(
				POST,
				{ ...many(300), ...signedShopify(ORDER).headers, 'content-length': String(ORDER.length) },
				ORDER,
			),
			431,
		],
		['no HTTP', Buffer.from('\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n', 'latin1'), 400],
		['a method that is none', Buffer.from('FOO /webhooks/shopify/acme HTTP/1.1\r\nhost: x\r\n\r\n'), 400],
		['another version', Buffer.from('GET / HTTP/9.9\r\nhost: x\r\n\r\n'), 400],
		['a header with a zero in it', Buffer.from(`${POST}\r\nhost: x\r\nx-a: \0\r\n\r\n`), 400],
		['an address of another server', rawRequest('GET http://evil.example/api/v1/events HTTP/1.1', {}), 401],
		['a path with dots', rawRequest('GET /documents/../../../../etc/passwd HTTP/1.1', {}), 404],
		['a path that cannot be decoded', rawRequest('GET /documents/%ff%fe.pdf HTTP/1.1', {}), 400],
		['a query of a thousand keys', rawRequest(`GET /api/v1/events?${'a[]=1&'.repeat(1000)} HTTP/1.1`, {}), 401],
	])('%s', async (_, bytes, status) => {
		const connection = new RawConnection(bridge.bridge.url);
		await connection.write(bytes);
		expect(await connection.answers(1)).toMatchObject([{ status }]);
		connection.cut();
		expect((await fetch(`${bridge.bridge.url}/healthz`)).status).toBe(200);
	});

	test('a thousand requests in one breath are answered one by one', async () => {
		const connection = new RawConnection(bridge.bridge.url);
		await connection.write(
			Buffer.concat(Array.from({ length: 1000 }, () => rawRequest(POST, { 'content-length': '2' }, '{}'))),
		);
		expect(new Set((await connection.answers(1000)).map(({ status }) => status))).toEqual(new Set([401]));
		connection.cut();
	});
});
