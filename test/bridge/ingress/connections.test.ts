import { GroupCommit } from '../../../bridge/src/store/sqlite/group-commit';
import { Journal } from '../../../bridge/src/store/sqlite/intake/journal';
import { TestBridge } from '../../support/bridge';
import { RawConnection, rawRequest } from '../../support/raw-http';
import { shopifyFixture, signedShopify } from '../../support/shopify';

const ORDER = shopifyFixture('orders-create.in-phone-only-in-shipping');
const LIMIT = 5 * 1024 * 1024;
const POST = 'POST /webhooks/shopify/acme HTTP/1.1';

let bridge: TestBridge;
beforeAll(async () => {
	bridge = await TestBridge.start({ templates: false });
});
afterAll(() => bridge.stop());
afterEach(() => jest.restoreAllMocks());

const stored = async (): Promise<number> => Object.values(await counts()).reduce((sum, count) => sum + count, 0);
/** Events by state, as /metrics tells them. */
async function counts(): Promise<Record<string, number>> {
	const text = await (await fetch(`${bridge.bridge.url}/metrics`)).text();
	const rows = text.matchAll(/^messlo_bridge_ledger\{table="events",state="(\w+)"\} (\d+)$/gm);
	return Object.fromEntries([...rows].map(([, state = '', count]) => [state, Number(count)]));
}

let deliveries = 0;
/** A right webhook as bytes. */
function webhook(body: Buffer = ORDER, headers: Record<string, string> = {}): Buffer {
	deliveries += 1;
	const signed = signedShopify(body, { webhookId: `raw-${deliveries}`, eventId: `raw-${deliveries}` });
	return rawRequest(POST, { ...signed.headers, 'content-length': String(body.length), ...headers }, body);
}

async function over(write: (connection: RawConnection) => Promise<void>, answers: number) {
	const connection = new RawConnection(bridge.bridge.url);
	await write(connection);
	const got = await connection.answers(answers);
	connection.cut();
	return got.map(({ status, headers, body }) => ({
		status,
		headers,
		body: JSON.parse(body) as Record<string, unknown>,
	}));
}

describe('large bodies', () => {
	const filled = (size: number): Buffer =>
		Buffer.from(`{"id":${size},"note":"${'x'.repeat(size - 19 - String(size).length)}"}`.padEnd(size));

	test('five megabytes are taken whole', async () => {
		const body = filled(LIMIT);
		expect(body).toHaveLength(LIMIT);
		const answer = await bridge.post(body);
		expect(answer).toMatchObject({ status: 200 });
		const kept = await bridge.admin<{ body: string }>(`/events/${String(answer.body['event'])}`);
		expect(Buffer.from(kept.body).equals(body)).toBe(true);
	});

	test('a byte more is too large, and the shop reads why though it was still sending', async () => {
		const before = await stored();
		const body = filled(LIMIT + 1);
		const [answer] = await over((connection) => connection.write(webhook(body)), 1);
		expect(answer).toMatchObject({ status: 413, headers: { connection: 'close' }, body: { reason: 'too-large' } });
		expect(answer?.body['detail']).toContain('5 MB');
		expect(await bridge.post(body)).toMatchObject({ status: 413 });
		expect(await stored()).toBe(before);
	});

	test('a length that is announced and never sent is refused at once', async () => {
		const announced = webhook(ORDER, { 'content-length': '99999999999' });
		expect(await over((connection) => connection.write(announced), 1)).toMatchObject([{ status: 413 }]);
	});

	test('chunks without end are refused when they pass the limit, not when memory is full', async () => {
		const { 'content-length': _, ...headers } = signedShopify(ORDER).headers;
		const connection = new RawConnection(bridge.bridge.url);
		await connection.write(rawRequest(POST, { ...headers, 'transfer-encoding': 'chunked' }));
		const chunk = Buffer.concat([Buffer.from('100000\r\n'), Buffer.alloc(0x100000, 'x'), Buffer.from('\r\n')]);
		for (let sent = 0; sent < 6; sent += 1) void connection.write(chunk);
		expect(await connection.answers(1)).toMatchObject([{ status: 413 }]);
		await connection.closed();
	});
});

describe('odd clients', () => {
	test('several webhooks on one connection, one after the other, are each answered', async () => {
		const connection = new RawConnection(bridge.bridge.url);
		for (let n = 0; n < 5; n += 1) {
			await connection.write(webhook());
			expect(await connection.answers(1)).toMatchObject([{ status: 200 }]);
		}
		connection.cut();
	});

	test('several webhooks sent without waiting are answered in their order', async () => {
		const bad = rawRequest(
			POST,
			{ ...signedShopify(ORDER, { secret: 'no' }).headers, 'content-length': String(ORDER.length) },
			ORDER,
		);
		const health = rawRequest('GET /healthz HTTP/1.1', {});
		const answers = await over(
			(connection) => connection.write(Buffer.concat([webhook(), bad, webhook(), health, webhook()])),
			5,
		);
		expect(answers.map(({ status }) => status)).toEqual([200, 401, 200, 200, 200]);
		const ids = [0, 2, 4].map((n) => Number(String(answers[n]?.body['event']).slice(4)));
		expect(ids).toEqual([...ids].sort((a, b) => a - b));
	});

	test('a body that comes a few bytes at a time is put together', async () => {
		const bytes = webhook();
		const [answer] = await over(async (connection) => {
			for (let at = 0; at < bytes.length; at += 997) await connection.write(bytes.subarray(at, at + 997));
		}, 1);
		expect(answer).toMatchObject({ status: 200, body: { duplicate: false } });
	});

	test('a shop that hangs up in the middle of a body leaves nothing behind', async () => {
		const before = await stored();
		for (let n = 0; n < 20; n += 1) {
			const connection = new RawConnection(bridge.bridge.url);
			await connection.write(webhook().subarray(0, -100 * (n + 1)));
			connection.cut();
			await connection.closed();
		}
		expect(await stored()).toBe(before);
		expect((await bridge.post(ORDER)).status).toBe(200);
	});

	test.each([
		['two lengths', { 'content-length': '2', 'transfer-encoding': 'chunked' }],
		['a length that is no number', { 'content-length': '-1' }],
	])('%s are refused', async (_, headers) => {
		const { headers: signed } = signedShopify(Buffer.from('{}'));
		const connection = new RawConnection(bridge.bridge.url);
		await connection.write(rawRequest(POST, { ...signed, ...headers }, '{}'));
		expect(await connection.answers(1)).toMatchObject([{ status: 400 }]);
	});
});

describe('when the store cannot take it', () => {
	const failing = () => {
		const error = new Error('disk I/O error');
		jest.spyOn(Journal.prototype, 'append').mockRejectedValue(error);
		jest.spyOn(GroupCommit.prototype, 'write').mockRejectedValue(error);
	};

	test('the shop is told to come again, and the same delivery is accepted then', async () => {
		const before = await stored();
		failing();
		const request = webhook();
		const [refused] = await over((connection) => connection.write(request), 1);
		expect(refused).toMatchObject({
			status: 503,
			headers: { 'retry-after': '5' },
			body: { reason: 'store-unavailable' },
		});
		expect(JSON.stringify(refused)).not.toContain('disk I/O');
		jest.restoreAllMocks();
		expect(bridge.logLines.at(-1)).toContain('disk I/O error');
		expect(await stored()).toBe(before);
		expect(await over((connection) => connection.write(request), 1)).toMatchObject([
			{ status: 200, body: { duplicate: false } },
		]);
	});

	test('what would be kept as unreadable is not answered as kept', async () => {
		failing();
		expect(await bridge.post(Buffer.from('{'))).toMatchObject({ status: 503, body: { reason: 'store-unavailable' } });
	});

	test('what is refused needs no store', async () => {
		failing();
		expect(await bridge.post(ORDER, { secret: 'not-ours' })).toMatchObject({ status: 401 });
	});

	test('readyz says so, and healthz stays alive', async () => {
		failing();
		bridge.clock.advance(60_000);
		const ready = await fetch(`${bridge.bridge.url}/readyz`);
		expect([ready.status, await ready.json()]).toMatchObject([503, { ok: false, checks: { store: 'disk I/O error' } }]);
		expect((await fetch(`${bridge.bridge.url}/healthz`)).status).toBe(200);
	});
});
