import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MINUTE, SECOND } from '../../support/clock';
import { BUYER, RepliesBridge, SECRET } from './replies-bridge';

let shop: RepliesBridge;
afterEach(() => shop.stop());

describe('POST /webhooks/messlo/replies', () => {
	test('and the inbox, with the same message: once, whichever comes first and by whichever of its names', async () => {
		shop = await RepliesBridge.start();
		const asked = await shop.codOrder();
		const tap = await shop.taps('Yes, send it', asked);
		expect(await shop.posts({ from: BUYER, text: 'Yes, send it', id: tap.wa_message_id })).toMatchObject({
			status: 200,
			body: { duplicate: false },
		});
		expect(
			await shop.posts({ senderNumber: `+${BUYER}`, message: 'Yes, send it', messageId: tap.wa_message_id }),
		).toMatchObject({
			status: 200,
			body: { duplicate: true },
		});
		await shop.bridge.drain();
		await shop.bridge.later(MINUTE);
		expect((await shop.replies()).map(({ order }) => order)).toEqual(['6310000001042']);

		const stop = await shop.writes('stop');
		await shop.bridge.later(MINUTE);
		expect(await shop.posts({ from: BUYER, text: 'stop', id: stop._id })).toMatchObject({ body: { duplicate: true } });
		const start = await shop.writes('start');
		await shop.posts({ from: BUYER, text: 'start', id: start._id });
		await shop.bridge.drain();
		await shop.bridge.later(MINUTE);
		expect((await shop.events('@replies')).map(({ duplicates }) => duplicates)).toEqual([1, 1, 2]);
		expect((await shop.templatesSent()).filter((name) => name === 'cod_thanks')).toHaveLength(1);
	});

	test('is what the flow of docs/replies.md posts: its words and taps count at once', async () => {
		shop = await RepliesBridge.start();
		const page = readFileSync(join(__dirname, '../../../docs/replies.md'), 'utf8');
		const body = /\| body\s+\| `(\{.*?\})`/.exec(page)?.[1];
		const api = {
			url: `${shop.bridge.bridge.url}/webhooks/messlo/replies`,
			method: 'POST',
			headers: { 'X-Bridge-Secret': SECRET },
			body,
		};
		const nodes = [
			{ id: 'n0', type: 'trigger', parameters: { event_type: 'message_received' } },
			{ id: 'n1', type: 'api', parameters: api },
		];
		const connections = [{ id: 'c0', source: 'n0', target: 'n1', sourceHandle: 'src', targetHandle: 'tgt' }];
		const ask = async (method: string, path: string, json: object) => {
			const headers = { 'x-api-key': 'sandbox-api-key', 'content-type': 'application/json' };
			const answer = await fetch(shop.bridge.sandbox.url + path, { method, headers, body: JSON.stringify(json) });
			return (await answer.json()) as { data: { _id: string } };
		};
		const { data } = await ask('POST', '/api/automation', { name: 'Replies', nodes, connections });
		await ask('PATCH', `/api/automation/${data._id}/toggle`, { is_active: true });

		const asked = await shop.codOrder();
		const looks = await shop.calls('listChats');
		await shop.taps('Yes, send it', asked);
		await shop.writes('stop');
		await shop.writes('where is my parcel?');
		await shop.bridge.drain();
		expect(await shop.calls('listChats')).toBe(looks + 1);
		expect((await shop.replies()).map(({ order }) => order)).toEqual(['6310000001042']);
		expect(await shop.suppressed()).toHaveLength(1);
		await shop.bridge.later(MINUTE);
		expect((await shop.events('@replies')).map(({ state }) => state)).toEqual(['ignored', 'mapped', 'mapped']);
		expect(await shop.replies()).toHaveLength(1);
	});

	test('looks the tapped message up in the chat, when the flow does not name it', async () => {
		shop = await RepliesBridge.start();
		const first = await shop.codOrder(6310000001001);
		shop.bridge.clock.advance(MINUTE);
		await shop.codOrder(6310000001002);
		const tap = await shop.taps('Cancel my order', first);
		await shop.posts({ from: BUYER, text: 'Cancel my order', id: tap.wa_message_id });
		await shop.bridge.drain();
		expect((await shop.replies()).map(({ order }) => order)).toEqual(['6310000001001']);
	});

	test('that names no message only makes the look at the inbox come sooner', async () => {
		shop = await RepliesBridge.start();
		await shop.bridge.later(SECOND);
		const looks = await shop.calls('listChats');
		await shop.writes('stop');
		expect(await shop.posts({ from: BUYER, text: 'stop', id: '{{messageId}}' })).toEqual({
			status: 200,
			body: { received: 'looked-for' },
		});
		await shop.bridge.drain();
		expect([await shop.calls('listChats'), (await shop.suppressed()).length]).toEqual([looks + 1, 1]);
	});

	test('while threads cannot be read waits, and is done without them after ten minutes', async () => {
		shop = await RepliesBridge.start('replies: { every: off, secret: flow-secret-of-tests }');
		await shop.codOrder();
		await shop.bridge.later(MINUTE);
		await shop.bridge.control('POST', 'faults', [{ operation: 'listMessages', status: 503, times: 'always' }]);
		await shop.posts({ from: BUYER, button_text: 'Yes, send it', id: 'abc' });
		await shop.bridge.drain();
		expect(await shop.replies()).toEqual([]);
		expect((await shop.events('@replies'))[0]).toMatchObject({ state: 'stored' });
		await shop.bridge.bridge.stop();
		await shop.bridge.startBridge();
		for (let minute = 0; minute < 16; minute += 1) await shop.bridge.later(MINUTE);
		expect((await shop.replies()).map(({ order }) => order)).toEqual(['6310000001042']);
	});

	test('that cannot be settled does not keep the inbox from being looked at', async () => {
		shop = await RepliesBridge.start();
		await shop.codOrder();
		await shop.bridge.later(MINUTE);
		const chats = await shop.bridge.control<{ contact_id: string }[]>('GET', 'messages');
		const match = { contact_id: chats[0]?.contact_id };
		await shop.bridge.control('POST', 'faults', [{ operation: 'listMessages', match, status: 500, times: 'always' }]);
		await shop.posts({ from: BUYER, text: 'Yes, send it', id: 'wamid.tap' });
		await shop.writes('stop', '919800000001');
		await shop.bridge.later(MINUTE);
		expect(await shop.suppressed()).toMatchObject([{ phone: '+919800000001' }]);
		expect(await shop.replies()).toEqual([]);
	});

	test('takes the shape in which WhatsApp itself writes a tap', async () => {
		shop = await RepliesBridge.start();
		const asked = await shop.codOrder();
		await shop.posts({
			from: BUYER,
			id: 'wamid.abc',
			timestamp: String(shop.bridge.clock.now().getTime() / 1000),
			type: 'button',
			button: { text: 'Cancel my order', payload: 'CANCEL' },
			context: { from: '911234567890', id: asked.wa_message_id },
		});
		await shop.bridge.drain();
		const { body } = await shop.bridge.admin<{ body: string }>(`/events/${(await shop.replies())[0]?.id}`);
		expect(JSON.parse(body)).toMatchObject({ id: 'wamid.abc', button: 'Cancel my order', payload: 'CANCEL' });
	});

	test.each<[string, Record<string, string>, string]>([
		['a wrong secret', { 'x-bridge-secret': 'wrong' }, 'bad-secret'],
		['a secret that only begins right', { 'x-bridge-secret': SECRET.slice(0, -1) }, 'bad-secret'],
		['a wrong bearer token', { authorization: 'Bearer wrong' }, 'bad-secret'],
		['no secret', {}, 'missing-secret'],
	])('with %s is 401, and nothing is kept', async (_, headers, reason) => {
		shop = await RepliesBridge.start();
		expect(await shop.posts({ from: BUYER, text: 'stop', id: 'wamid.1' }, headers)).toMatchObject({
			status: 401,
			body: { reason },
		});
		await shop.bridge.drain();
		expect([await shop.events('@replies'), await shop.suppressed()]).toEqual([[], []]);
	});

	test('is 401 while no secret is configured', async () => {
		shop = await RepliesBridge.start('');
		expect(await shop.posts({ from: BUYER, text: 'stop', id: 'wamid.1' }, { 'x-bridge-secret': '' })).toMatchObject({
			status: 401,
			body: { reason: 'no-secret-configured' },
		});
	});

	test('with what cannot be read is refused with the reason, and kept', async () => {
		shop = await RepliesBridge.start();
		expect(await shop.posts('[1]')).toMatchObject({ status: 422, body: { reason: 'unreadable' } });
		expect(await shop.posts({ text: 'stop', id: 'wamid.1' })).toMatchObject({
			status: 422,
			body: { detail: expect.stringContaining("give the sender's number as 'from'") as string },
		});
		expect(await shop.posts({ from: BUYER, text: 'x'.repeat(70_000), id: 'wamid.1' })).toMatchObject({ status: 413 });
		expect(await shop.posts('')).toMatchObject({ status: 400, body: { reason: 'empty-body' } });
		expect((await shop.events('@replies')).map(({ state }) => state)).toEqual(['unreadable', 'unreadable']);
	});

	test('takes the secret as a bearer token too', async () => {
		shop = await RepliesBridge.start();
		const headers = { authorization: `Bearer ${SECRET}` };
		expect(await shop.posts({ from: BUYER, text: 'stop', id: 'wamid.1' }, headers)).toMatchObject({ status: 200 });
		await shop.bridge.drain();
		expect(await shop.suppressed()).toHaveLength(1);
	});
});
