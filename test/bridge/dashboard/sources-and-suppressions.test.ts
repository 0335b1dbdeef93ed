import { ADMIN_TOKEN, TestBridge } from '../../support/bridge';
import { SECOND } from '../../support/clock';

let bridge: TestBridge;
beforeAll(async () => {
	bridge = await TestBridge.start();
	await bridge.drain();
});
afterAll(() => bridge.stop());

async function ask(method: string, path: string, body?: object, token = ADMIN_TOKEN) {
	const answer = await fetch(`${bridge.bridge.url}/api/v1${path}`, {
		method,
		headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
		...(body === undefined ? {} : { body: JSON.stringify(body) }),
	});
	return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

test.each([
	['GET', '/sources'],
	['POST', '/sources/acme/look'],
	['GET', '/suppressions'],
	['POST', '/suppressions'],
	['DELETE', '/suppressions/+919876543210'],
])('%s %s asks for the token', async (method, path) => {
	expect((await ask(method, path, undefined, 'wrong')).status).toBe(401);
});

describe('sources', () => {
	test('are listed with how they are looked at', async () => {
		const { status, body } = await ask('GET', '/sources');
		expect([status, body]).toEqual([
			200,
			{
				items: [
					{ id: 'acme', kind: 'shopify', feed: null },
					{
						id: '@replies',
						kind: 'messlo',
						feed: {
							lastLook: '2026-11-20T09:00:00.000Z',
							nextLook: '2026-11-20T09:00:30.000Z',
							fault: null,
							progress: { reads: 'on', seen: '2026-11-20T08:59:59.999Z' },
						},
					},
				],
			},
		]);
	});

	test('can be looked at now', async () => {
		const looks = async () => (await bridge.control<unknown[]>('GET', 'requests?operation=listChats')).length;
		const before = await looks();
		bridge.clock.advance(SECOND);
		await bridge.drain();
		expect(await looks()).toBe(before);
		expect(await ask('POST', '/sources/@replies/look')).toMatchObject({ status: 202, body: { source: '@replies' } });
		await bridge.drain();
		expect(await looks()).toBe(before + 1);
		expect(await ask('POST', '/sources/acme/look')).toMatchObject({
			status: 409,
			body: { reason: 'nothing-to-fetch' },
		});
		expect(await ask('POST', '/sources/nobody/look')).toMatchObject({ status: 404, body: { reason: 'not-found' } });
	});

	test('say why the last look failed, without a secret', async () => {
		await bridge.control('POST', 'faults', [{ operation: 'listChats', status: 503, times: 1 }]);
		await ask('POST', '/sources/@replies/look');
		await bridge.drain();
		const items = (await ask('GET', '/sources')).body['items'] as { feed: { fault: string } | null }[];
		expect(items[1]?.feed?.fault).toContain('The list of chats cannot be read: the API answered 503');
		expect(JSON.stringify(items)).not.toContain('sandbox-api-key');
		await bridge.later(5 * SECOND);
		expect(
			((await ask('GET', '/sources')).body['items'] as { feed: { fault: null } | null }[])[1]?.feed?.fault,
		).toBeNull();
	});
});

describe('suppressions', () => {
	test('are added, listed page by page, and removed; numbers are written however a person does', async () => {
		const entry = { phone: '+91 98765-43210', scope: 'all', reason: 'called us' };
		expect(await ask('POST', '/suppressions', entry)).toEqual({
			status: 200,
			body: { ...entry, phone: '+919876543210', at: bridge.clock.now().toISOString() },
		});
		for (let number = 1; number <= 4; number += 1)
			expect((await ask('POST', '/suppressions', { phone: `91987654320${number}` })).body).toMatchObject({
				scope: 'marketing',
				reason: 'by hand',
			});
		const walked: string[] = [];
		for (let next: unknown = ''; next !== null && walked.length < 20;) {
			const page = await ask('GET', `/suppressions?limit=2${next === '' ? '' : `&cursor=${String(next)}`}`);
			walked.push(...(page.body['items'] as { phone: string }[]).map(({ phone }) => phone));
			next = page.body['next'];
		}
		expect(walked).toEqual([4, 3, 2, 1].map((number) => `+91987654320${number}`).concat('+919876543210'));

		expect(await ask('DELETE', '/suppressions/919876543210')).toMatchObject({
			status: 200,
			body: { suppressed: false },
		});
		expect(await ask('DELETE', '/suppressions/%2B919876543210')).toMatchObject({ status: 404 });
		expect(bridge.logLines.join('\n')).not.toMatch(/91987654/);
		expect(bridge.logLines.join('\n')).toContain('"stage":"suppressed","to":"+91…10"');
	});

	test('of all messages stay so when only marketing is asked for', async () => {
		await ask('POST', '/suppressions', { phone: '+919876543299', scope: 'all', reason: 'first' });
		expect((await ask('POST', '/suppressions', { phone: '+919876543299' })).body).toMatchObject({
			scope: 'all',
			reason: 'first',
		});
	});

	test.each([
		['no number', {}],
		['no such scope', { phone: '+919876543210', scope: 'some' }],
		['a number in words', { phone: 'my phone' }],
		['another key', { phone: '+919876543210', note: 'x' }],
	])('with %s is refused', async (_, body) => {
		expect(await ask('POST', '/suppressions', body)).toMatchObject({ status: 400, body: { reason: 'bad-request' } });
	});
	test('with a wrong cursor is refused', async () => {
		expect((await ask('GET', '/suppressions?cursor=evt_1')).status).toBe(400);
	});
});
