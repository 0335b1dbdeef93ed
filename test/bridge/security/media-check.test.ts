import dns from 'node:dns';
import { createMediaCheck } from '../../../bridge/src/documents/media/media-check';
import { isPublic } from '../../../bridge/src/documents/media/public-address';
import { FileServer, redirectTo } from './file-server';

/** Stands for the internet here; 127.0.0.2 stands for the network inside. */
const OUTSIDE = '127.0.0.1';
const isAllowed = (address: string) => address === OUTSIDE || isPublic(address);
const check = (timeoutMs = 5000) => createMediaCheck({ now: () => new Date(0), isAllowed, timeoutMs });

const outside = new FileServer(OUTSIDE);
const inside = new FileServer('127.0.0.2');
beforeAll(() => Promise.all([outside.listen(), inside.listen()]));
afterAll(() => Promise.all([outside.close(), inside.close()]));
afterEach(() => jest.restoreAllMocks());

/** What the name servers say, one answer after the other. */
function names(...answers: string[][]): jest.SpyInstance {
	let asked = 0;
	return jest.spyOn(dns, 'lookup').mockImplementation(((
		_host: string,
		_options: object,
		done: (...all: unknown[]) => void,
	) => {
		const found = answers[Math.min(asked, answers.length - 1)] ?? [];
		asked += 1;
		done(
			null,
			found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
		);
	}) as unknown as typeof dns.lookup);
}

test.each([301, 302, 303, 307, 308])('a redirect (%s) to an address inside is not followed', async (status) => {
	for (const location of [
		`${inside.url}/secret`,
		`//127.0.0.2:${inside.port}/secret`,
		`http://2130706434:${inside.port}/`,
	]) {
		outside.answer = redirectTo(location, status);
		expect(await check()(`${outside.url}/a.pdf`)).toEqual({
			ok: false,
			reason: expect.stringContaining('leads inside by a redirect') as unknown,
		});
	}
	outside.answer = redirectTo(`http://user:pw@127.0.0.1:${outside.port}/`);
	expect(await check()(`${outside.url}/a.pdf`)).toMatchObject({ ok: false });
	outside.answer = redirectTo('file:///etc/passwd');
	expect(await check()(`${outside.url}/a.pdf`)).toMatchObject({ ok: false });
	expect(inside.requests).toEqual([]);
});

test('a name is refused when any of its addresses is inside', async () => {
	names([OUTSIDE, '127.0.0.2']);
	expect(await check()(`http://files.example:${inside.port}/`)).toMatchObject({
		ok: false,
		reason: expect.stringContaining('files.example is no address of the internet') as unknown,
	});
	names([]);
	expect(await check()(`http://files.example:${inside.port}/`)).toMatchObject({ ok: false });
	expect(inside.requests).toEqual([]);
});

test('a name that changes its address between two looks (DNS rebinding) is checked at each connection', async () => {
	// HEAD goes outside and is refused, so that a GET follows: by then the name says 127.0.0.2.
	const lookup = names([OUTSIDE], ['127.0.0.2']);
	outside.answer = (_request, response) => {
		response.writeHead(405).end();
	};
	const before = outside.requests.length;
	expect(await check()(`http://files.example:${outside.port}/`)).toMatchObject({
		ok: false,
		reason: expect.stringContaining('leads inside') as unknown,
	});
	expect([lookup.mock.calls.length, outside.requests.length - before]).toEqual([2, 1]);
	expect(inside.requests).toEqual([]);
});

test('a server that never answers is given up, and asked again later', async () => {
	outside.answer = () => undefined;
	expect(await check(200)(`${outside.url}/slow`)).toEqual({
		ok: false,
		again: true,
		reason: expect.stringContaining('no answer in time') as unknown,
	});
});

test('a flood of headers and what is no HTTP are no file', async () => {
	outside.answer = (_request, response) => {
		response.writeHead(200, { 'x-long': 'x'.repeat(60_000) }).end();
	};
	expect(await check()(`${outside.url}/flood`)).toMatchObject({ ok: false });
	outside.answer = (request) => void request.socket.end('220 mail.example ESMTP\r\n');
	expect(await check()(`${outside.url}/mail`)).toMatchObject({ ok: false });
});

test.each([
	['8.8.8.8', true],
	['1.1.1.1', true],
	['2606:4700:4700::1111', true],
	['64:ff9b::808:808', true],
	['64:ff9b::a00:1', false],
	['64:ff9b:1::808:808', true],
	['::ffff:8.8.8.8', false],
	['::8.8.8.8', false],
	['4000::1', false],
	['2001:db8::1', false],
	['2001::1', false],
	['100.127.255.255', false],
	['172.32.0.1', true],
	['198.18.0.1', false],
	['0.0.0.0', false],
	['', false],
	['example.com', false],
])('%s is public: %s', (address, expected) => expect(isPublic(address)).toBe(expected));
