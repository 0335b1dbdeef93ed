import { ADMIN_TOKEN, TestBridge } from '../../support/bridge';
import { shopifyFixture } from '../../support/shopify';

interface Row {
	id: string;
	source: string;
	topic: string;
	state: string;
	mapping: string;
	order: string;
	to: string;
}

let bridge: TestBridge;
/** Twelve orders of one person, the first of them sent, one held for want of a number, one ignored, one unreadable. */
beforeAll(async () => {
	bridge = await TestBridge.start();
	const order = JSON.parse(shopifyFixture('orders-create.in-cod-optin').toString()) as object;
	for (let id = 1; id <= 12; id += 1) await bridge.post({ ...order, id, name: `#${id}` });
	await bridge.post(shopifyFixture('orders-create.no-phone'));
	await bridge.post(shopifyFixture('customers-redact.sample'), { topic: 'customers/redact' });
	await bridge.post(Buffer.from('{'));
	// The others wait for the person's six seconds.
	await bridge.bridge.drain();
});
afterAll(() => bridge.stop());

async function ask(
	path: string,
	init: RequestInit = {},
): Promise<{ status: number; headers: Headers; body: Record<string, unknown> }> {
	const answer = await fetch(`${bridge.bridge.url}/api/v1${path}`, {
		...init,
		headers: { authorization: `Bearer ${ADMIN_TOKEN}`, ...init.headers },
	});
	return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Record<string, unknown> };
}
const rows = async (path: string): Promise<Row[]> => {
	const { status, body } = await ask(path);
	expect(status).toBe(200);
	return body['items'] as Row[];
};

describe('the token', () => {
	const routes = [
		['GET', '/events'],
		['GET', '/events/evt_1'],
		['GET', '/messages'],
		['GET', '/messages/msg_1'],
		['POST', '/events/evt_1/replay'],
		['POST', '/messages/msg_1/replay'],
		['POST', '/messages/msg_1/cancel'],
		['POST', '/preview'],
		['GET', '/nothing'],
	] as const;
	test.each(routes)('%s %s asks for it', async (method, path) => {
		const answer = await fetch(`${bridge.bridge.url}/api/v1${path}`, { method });
		expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
		expect(await answer.json()).toMatchObject({ reason: 'not-authorised' });
	});

	test.each([
		['another one', 'Bearer wrong'],
		['one that only begins right', `Bearer ${ADMIN_TOKEN.slice(0, -1)}`],
		['one with more after it', `Bearer ${ADMIN_TOKEN}x`],
		['none', 'Bearer '],
		['another scheme', `Basic ${Buffer.from(`admin:${ADMIN_TOKEN}`).toString('base64')}`],
		['no scheme', ADMIN_TOKEN],
	])('%s does not open', async (_, authorization) => {
		expect((await ask('/events', { headers: { authorization } })).status).toBe(401);
	});

	test('opens whatever the case of its scheme; what it shows is not to be cached', async () => {
		const answer = await ask('/events', { headers: { authorization: `bearer ${ADMIN_TOKEN}` } });
		expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
	});

	test('in the address does not open', async () => {
		expect((await fetch(`${bridge.bridge.url}/api/v1/events?token=${ADMIN_TOKEN}`)).status).toBe(401);
	});
});

describe('lists', () => {
	test.each(['events', 'messages'])(
		'the cursor of %s walks through all, newest first, none missing and none twice',
		async (list) => {
			const all = (await rows(`/${list}?limit=200`)).map(({ id }) => id);
			expect(all).toHaveLength(list === 'events' ? 15 : 13);
			const walked: string[] = [];
			let next: unknown;
			for (let page = 0; page === 0 || (next !== null && page < 20); page += 1) {
				const { body } = await ask(`/${list}?limit=4${page === 0 ? '' : `&cursor=${String(next)}`}`);
				walked.push(...(body['items'] as Row[]).map(({ id }) => id));
				next = body['next'];
			}
			expect(walked).toEqual(all);
			expect((await ask(`/${list}?limit=200`)).body['next']).toBeNull();
		},
	);

	test('events by source, state and part of a text', async () => {
		expect(await rows('/events?source=acme')).toHaveLength(15);
		expect(await rows('/events?source=boutique')).toEqual([]);
		expect((await rows('/events?state=ignored')).map(({ topic }) => topic)).toEqual(['customers/redact']);
		expect(await rows('/events?state=unreadable')).toMatchObject([{ topic: 'orders/create' }]);
		expect(await rows('/events?q=REDACT')).toHaveLength(1);
		expect(await rows('/events?q=orders&state=mapped')).toHaveLength(13);
	});

	test('messages by event, order, number and state', async () => {
		expect(await rows('/messages?order=7')).toMatchObject([{ order: '7', mapping: 'cod-confirmation' }]);
		expect(await rows('/messages?event=evt_3')).toMatchObject([{ order: '3' }]);
		expect(await rows('/messages?state=held')).toMatchObject([{ to: null }]);
		expect(await rows('/messages?state=held&order=7')).toEqual([]);
		const [{ to } = { to: '' }] = await rows('/messages?order=7');
		for (const number of [to, to.slice(1), to.replace('+91', '+91 ')])
			expect(await rows(`/messages?to=${encodeURIComponent(number)}`)).toHaveLength(12);
		// A plus that nobody encoded arrives as a space.
		expect(await rows(`/messages?to=${to}`)).toHaveLength(12);
		expect(await rows('/messages?to=%2B4915112345678')).toEqual([]);
	});

	test.each([
		['/events?state=sent', 'state'],
		['/events?limit=0', 'limit'],
		['/events?limit=201', 'limit'],
		['/events?limit=many', 'limit'],
		['/events?q=', 'q'],
		['/events?order=1', 'order'],
		['/events?source=a&source=b', 'source'],
		['/events?cursor=12', 'cursor'],
		['/events?cursor=msg_1', 'cursor'],
		['/messages?state=stored', 'state'],
		['/messages?limit=1.5', 'limit'],
		['/messages?to=abc', 'to'],
		['/messages?event=msg_1', 'event'],
		['/messages?cursor=evt_1', 'cursor'],
		['/messages?colour=red', 'colour'],
	])('%s: a bad request that names %s', async (path, field) => {
		const { status, body } = await ask(path);
		expect([status, body['reason']]).toEqual([400, 'bad-request']);
		expect(body['detail']).toMatch(new RegExp(`(at |")${field}\\b`));
	});
});

describe('one', () => {
	test('event, with its body, headers and messages; nothing of its signature', async () => {
		const { body } = await ask('/events/evt_1');
		expect(body).toMatchObject({
			id: 'evt_1',
			source: 'acme',
			topic: 'orders/create',
			event: 'order.created',
			order: '1',
			state: 'mapped',
			reason: null,
			duplicates: 0,
			headers: { 'x-shopify-topic': 'orders/create' },
			messages: [{ id: 'msg_1', state: 'sent' }],
		});
		expect(JSON.stringify(body['headers'])).not.toContain('hmac');
		expect((JSON.parse(String(body['body'])) as { name: string }).name).toBe('#1');
	});

	test('message, with every key of the design and its attempts', async () => {
		const { body } = await ask('/messages/msg_1');
		expect(Object.keys(body).sort()).toEqual(
			(
				'apiMessageId attempts createdAt deliveredAt dueAt event id language mapping mayHaveArrived mediaUrl order readAt reason sentAt source ' +
				'state template to variables'
			).split(' '),
		);
		expect(body).toMatchObject({ id: 'msg_1', attempts: [{ status: 200, outcome: 'sent' }] });
		expect(body['apiMessageId']).toEqual(expect.any(String));
	});

	test.each([
		'/events/evt_404',
		'/events/msg_1',
		'/events/1',
		'/messages/msg_404',
		'/messages/evt_1',
		'/messages/%27',
		'/nothing',
	])('%s is not there', async (path) => {
		expect(await ask(path)).toMatchObject({ status: 404, body: { reason: 'not-found' } });
	});

	test.each([
		'/events/evt_404/replay',
		'/messages/msg_404/replay',
		'/messages/msg_404/cancel',
		'/messages/evt_1/cancel',
		'/events/evt_1/cancel',
	])('POST %s finds nothing to act on', async (path) => {
		expect(await ask(path, { method: 'POST' })).toMatchObject({ status: 404, body: { reason: 'not-found' } });
	});
});
