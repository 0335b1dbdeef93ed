import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestBridge } from '../../support/bridge';
import { MINUTE, SECOND } from '../../support/clock';
import { shopifyFixtureWith } from '../../support/shopify';
import { FileServer, redirectTo } from './file-server';

const folder = mkdtempSync(join(tmpdir(), 'messlo-links-'));
writeFileSync(
	join(folder, 'file.yaml'),
	`on: order.created
template: checkout_invoice
language: { fallback: en_US }
variables: { '1': there, '2': '{{ order.name }}', '3': '{{ order.total }}' }
header: { url: '{{ payload.note }}' }
`,
);
afterAll(() => {
	rmSync(folder, { recursive: true });
});

const files = new FileServer();
let bridge: TestBridge;
let orders = 0;
async function order(link: string) {
	orders += 1;
	const name = `#L${orders}`;
	await bridge.post(shopifyFixtureWith('orders-create.in-phone-only-in-shipping', { id: orders, name, note: link }));
	await bridge.drain();
	return newest();
}
async function newest() {
	const [message] = await bridge.messages();
	return { id: message?.id, state: message?.state, reason: message?.reason ?? '', mediaUrl: message?.mediaUrl };
}
beforeAll(async () => {
	await files.listen();
});
afterAll(() => files.close());
beforeEach(() => {
	files.requests.length = 0;
});
afterEach(() => jest.restoreAllMocks());

describe('links that an order gives', () => {
	beforeAll(async () => {
		bridge = await TestBridge.start({ messages: folder });
	});
	afterAll(() => bridge.stop());

	test('lead nowhere inside, however the address is written; nothing is asked and nothing is sent', async () => {
		const { port } = files;
		const hosts = [
			'127.0.0.1',
			'127.1',
			'2130706433',
			'0x7f000001',
			'0177.0.0.1',
			'127.0.0.1.',
			'①②⑦.0.0.1',
			'0',
			'localhost',
			'LOCALHOST.',
			'[::1]',
			'[::]',
			'[::ffff:127.0.0.1]',
			'[::127.0.0.1]',
			'[64:ff9b::7f00:1]',
			'[2002:7f00:1::]',
			'10.1.2.3',
			'172.16.0.1',
			'192.168.1.1',
			'169.254.169.254',
			'100.64.0.1',
			'168.63.129.16',
			'224.0.0.1',
			'240.0.0.1',
			'255.255.255.255',
			'[fe80::1]',
			'[fd00:ec2::254]',
			'[ff02::1]',
			'[fec0::1]',
		];
		for (const host of hosts) {
			const { state, reason, mediaUrl } = await order(`http://${host}:${port}/a.pdf`);
			expect([host, state, mediaUrl]).toEqual([host, 'held', null]);
			expect(reason).toMatch(host === 'LOCALHOST.' ? /leads (inside|nowhere)/ : /leads inside/);
			expect(reason).toContain('then replay');
		}
		expect(files.requests).toEqual([]);
		expect(await bridge.taken()).toEqual([]);
	});

	test('carry no password, and nothing but http', async () => {
		expect((await order('https://user:pass@files.example/a.pdf')).reason).toContain('a user name or password');
		expect((await order('http://:secret@127.0.0.1/a.pdf')).reason).not.toContain('secret');
		for (const link of [
			'ftp://files.example/a.pdf',
			'file:///etc/passwd',
			'javascript:alert(1)',
			'http://',
			'https://%/',
		])
			expect(await order(link)).toMatchObject({ state: 'held', mediaUrl: null });
		expect(await bridge.taken()).toEqual([]);
	});

	test("the bridge's own documents need no look", async () => {
		const own = `${bridge.bridge.url}/documents/sample-invoice.pdf`;
		expect(await order(own)).toMatchObject({ state: 'sent', mediaUrl: own });
	});
});

describe('links that may be asked', () => {
	beforeAll(async () => {
		bridge = await TestBridge.start({ messages: folder, yaml: 'documents: { privateUrls: true }' });
	});
	afterAll(() => bridge.stop());
	const original = files.answer;
	const usual = () => {
		files.answer = original;
	};
	afterEach(usual);

	test('are looked at and sent', async () => {
		const link = `${files.url}/bill.pdf?sign=1`;
		expect(await order(link)).toMatchObject({ state: 'sent', mediaUrl: link });
		expect(files.requests[0]).toBe('HEAD /bill.pdf?sign=1');
		expect((await bridge.taken())[0]).toMatchObject({ mediaUrl: link });
	});

	test('where HEAD is not taken, the first byte is asked for', async () => {
		files.answer = (request, response) => {
			if (request.method === 'HEAD') response.writeHead(403).end();
			else original(request, response);
		};
		expect(await order(`${files.url}/signed.pdf`)).toMatchObject({ state: 'sent' });
		expect(files.requests.slice(0, 2)).toEqual(['HEAD /signed.pdf', 'GET /signed.pdf']);
	});

	test('that lead nowhere are held with what to do, and go out when that is mended', async () => {
		files.answer = (_request, response) => {
			response.writeHead(404).end();
		};
		const { id, state, reason } = await order(`${files.url}/gone.pdf`);
		expect(state).toBe('held');
		expect(reason).toContain('answered 404');
		usual();
		await bridge.admin(`/messages/${id}/replay`, { method: 'POST' });
		await bridge.drain();
		expect(await newest()).toMatchObject({ id, state: 'sent' });
	});

	test.each([
		['a page', { 'content-type': 'text/html; charset=utf-8' }, 'not to a file'],
		['data', { 'content-type': 'application/problem+json' }, 'not to a file'],
		['too large a file', { 'content-type': 'video/mp4', 'content-length': '200000000' }, '200 MB'],
	])('that lead to %s are held', async (_, headers, words) => {
		files.answer = (_request, response) => {
			response.writeHead(200, headers).end();
		};
		const { state, reason } = await order(`${files.url}/other`);
		expect([state, reason]).toEqual(['held', expect.stringContaining(words)]);
	});

	test('redirects are followed five times, and no more', async () => {
		files.answer = (request, response) => {
			const left = Number(request.url?.slice(2));
			if (left > 0) redirectTo(`/r${left - 1}`)(request, response);
			else original(request, response);
		};
		expect(await order(`${files.url}/r5`)).toMatchObject({ state: 'sent' });
		const { state, reason } = await order(`${files.url}/r6`);
		expect([state, reason]).toEqual(['held', expect.stringContaining('in circles')]);
	});

	test('a fault that may pass is tried again by itself, with growing waits', async () => {
		files.answer = (_request, response) => {
			response.writeHead(503).end();
		};
		const { id, state, reason } = await order(`${files.url}/later.pdf`);
		expect([state, reason]).toEqual(['waiting', expect.stringContaining('it is tried again by itself')]);
		const asked = files.requests.length;
		await bridge.later(SECOND / 2);
		expect(files.requests.length).toBe(asked);
		files.answer = (request) => void request.socket.destroy();
		await bridge.later(5 * SECOND);
		expect(await newest()).toMatchObject({ state: 'waiting' });
		usual();
		await bridge.later(MINUTE);
		expect(await newest()).toMatchObject({ id, state: 'sent' });
	});

	test('one that has left is looked at again before it is sent again', async () => {
		await bridge.control('POST', 'faults', [{ operation: 'sendMessage', status: 503 }]);
		expect(await order(`${files.url}/twice.pdf`)).toMatchObject({ state: 'waiting' });
		files.answer = (_request, response) => {
			response.writeHead(410).end();
		};
		await bridge.later(2 * MINUTE);
		const { state, reason } = await newest();
		expect([state, reason]).toEqual(['held', expect.stringContaining('answered 410')]);
	});

	test('a thousand messages with one picture ask for it once a minute', async () => {
		const link = `${files.url}/banner.pdf`;
		for (let n = 0; n < 5; n += 1) await order(link);
		expect(files.requests.filter((each) => each === 'HEAD /banner.pdf')).toHaveLength(1);
		await bridge.later(2 * MINUTE);
		await order(link);
		expect(files.requests.filter((each) => each === 'HEAD /banner.pdf')).toHaveLength(2);
	});
});
