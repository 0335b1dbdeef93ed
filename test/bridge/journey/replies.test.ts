import { DAY, MINUTE, SECOND } from '../../support/clock';
import { BUYER, RepliesBridge } from './replies-bridge';

const LOOK = 30 * SECOND;
const STRANGER = '919800000001';

let shop: RepliesBridge;
afterEach(() => shop.stop());

describe('a tap on a button of ours', () => {
	test('becomes one event with its order, and a mapping on it sends once', async () => {
		shop = await RepliesBridge.start();
		const asked = await shop.codOrder();
		await shop.taps('Yes, send it', asked);
		await shop.bridge.later(LOOK);
		await shop.bridge.later(5 * MINUTE);
		const [reply, ...more] = await shop.replies();
		expect(more).toEqual([]);
		expect(reply).toMatchObject({ source: 'acme', state: 'mapped', order: '6310000001042' });
		const { body } = await shop.bridge.admin<{ body: string }>(`/events/${reply?.id}`);
		expect(JSON.parse(body)).toMatchObject({
			button: 'Yes, send it',
			from: `+${BUYER}`,
			message: { id: 'msg_1', mapping: 'cod-confirmation', template: 'cod_confirmation', subject: '6310000001042' },
		});
		const thanks = async () => (await shop.sent()).filter(({ templateName }) => templateName === 'cod_thanks');
		expect((await thanks()).map(({ templateVariables }) => templateVariables)).toEqual([
			{ '1': '#1042', '2': 'cod-confirmation' },
		]);
		await shop.bridge.admin(`/events/${reply?.id}/replay`, { method: 'POST' });
		await shop.bridge.drain();
		expect(await thanks()).toHaveLength(1);
	});

	test('counts for the order whose message was tapped, not for the last one', async () => {
		shop = await RepliesBridge.start();
		const first = await shop.codOrder(6310000001001);
		shop.bridge.clock.advance(MINUTE);
		await shop.codOrder(6310000001002);
		await shop.taps('Cancel my order', first);
		await shop.bridge.later(LOOK);
		expect((await shop.replies()).map(({ order }) => order)).toEqual(['6310000001001']);
	});

	test('counts for it days later too, when a newer order has been asked about', async () => {
		shop = await RepliesBridge.start();
		const first = await shop.codOrder(6310000001001);
		await shop.bridge.later(5 * DAY);
		await shop.codOrder(6310000001002);
		await shop.bridge.later(MINUTE);
		await shop.taps('Yes, send it', first);
		await shop.bridge.later(LOOK);
		expect((await shop.replies()).map(({ order }) => order)).toEqual(['6310000001001']);
	});

	test('that names no message counts for the last one of a day that has such a button', async () => {
		shop = await RepliesBridge.start();
		await shop.codOrder(6310000001001);
		shop.bridge.clock.advance(MINUTE);
		await shop.codOrder(6310000001002);
		await shop.taps('I love it');
		await shop.taps('Yes, send it');
		await shop.bridge.later(LOOK);
		expect((await shop.replies()).map(({ order }) => order)).toEqual(['6310000001002']);
		await shop.bridge.later(DAY);
		await shop.taps('Yes, send it');
		await shop.bridge.later(LOOK);
		expect(await shop.replies()).toHaveLength(1);
	});

	test('on a message that the bridge did not send is not taken for one of ours', async () => {
		shop = await RepliesBridge.start();
		await shop.codOrder();
		await shop.taps('Yes, send it', { wa_message_id: 'wamid.of-a-campaign' });
		await shop.bridge.later(LOOK);
		expect(await shop.replies()).toEqual([]);
	});

	test('of somebody the bridge never wrote to is nothing; what people merely say is kept nowhere', async () => {
		shop = await RepliesBridge.start();
		await shop.codOrder();
		await shop.writes('hello there', STRANGER);
		await shop.taps('Yes, send it', undefined, STRANGER);
		await shop.writes('Yes, but when? And please stop by the shop');
		await shop.bridge.later(LOOK);
		expect([await shop.replies(), await shop.events('@replies'), await shop.suppressed()]).toEqual([[], [], []]);
		const log = shop.bridge.logLines.join('\n');
		expect(log).not.toMatch(/stop by the shop|hello there/);
		expect(log).not.toContain(STRANGER);
	});

	test('that falls into a restart is taken once, whenever the bridge was stopped', async () => {
		shop = await RepliesBridge.start();
		const asked = await shop.codOrder();
		await shop.bridge.later(MINUTE);
		await shop.bridge.bridge.stop();
		await shop.taps('Yes, send it', asked);
		shop.bridge.clock.advance(3 * DAY);
		await shop.bridge.startBridge();
		// Posted as well, and the bridge stops between storing and planning.
		const [tap] = (await shop.bridge.control<{ wa_message_id: string; direction: string }[]>('GET', 'messages')).filter(
			({ direction }) => direction === 'incoming',
		);
		await shop.posts({ from: BUYER, button: 'Yes, send it', id: tap?.wa_message_id });
		await shop.bridge.bridge.stop();
		await shop.bridge.startBridge();
		await shop.bridge.drain();
		await shop.bridge.later(MINUTE);
		expect((await shop.replies()).map(({ order }) => order)).toEqual(['6310000001042']);
		expect((await shop.templatesSent()).filter((name) => name === 'cod_thanks')).toHaveLength(1);
	});
});

describe('looking at the inbox', () => {
	test('costs one call a look while nothing happens, and one more for each chat in which a person wrote', async () => {
		shop = await RepliesBridge.start();
		await shop.codOrder();
		// The message's own state has been read to the end by then.
		for (let day = 0; day < 4; day += 1) await shop.bridge.later(DAY);
		const before = [await shop.calls('listChats'), await shop.calls('listMessages')];
		for (let look = 0; look < 10; look += 1) await shop.bridge.later(LOOK);
		expect([await shop.calls('listChats'), await shop.calls('listMessages')]).toEqual([
			(before[0] ?? 0) + 10,
			before[1],
		]);
		await shop.writes('good morning');
		for (let look = 0; look < 10; look += 1) await shop.bridge.later(LOOK);
		expect(await shop.calls('listMessages')).toBe((before[1] ?? 0) + 1);
	});

	test('finds an answer behind hundreds of newer chats', async () => {
		shop = await RepliesBridge.start();
		const asked = await shop.codOrder();
		await shop.bridge.later(MINUTE);
		await shop.taps('Cancel my order', asked);
		for (let number = 0; number < 120; number += 1) await shop.writes('hi', String(919800001000 + number));
		await shop.bridge.later(LOOK);
		expect(await shop.replies()).toHaveLength(1);
	});

	test('that is not allowed is said once and tried again after an hour; posted answers count meanwhile', async () => {
		shop = await RepliesBridge.start();
		await shop.bridge.control('POST', 'faults', [{ operation: 'listChats', status: 403, times: 'always' }]);
		const asked = await shop.codOrder();
		await shop.bridge.later(LOOK);
		await shop.bridge.later(LOOK);
		const told = () => shop.bridge.logLines.filter((line) => line.includes('Give the API key the right to read chats'));
		expect(told()).toHaveLength(1);
		expect(
			await shop.posts({ from: BUYER, button: { text: 'Yes, send it' }, context: { id: asked.wa_message_id } }),
		).toMatchObject({ status: 400, body: { reason: 'no-message-id' } });
		await shop.posts({
			from: BUYER,
			button: { text: 'Yes, send it' },
			context: { id: asked.wa_message_id },
			id: 'wamid.tap',
		});
		await shop.bridge.drain();
		expect(await shop.replies()).toHaveLength(1);

		await shop.bridge.control('DELETE', 'faults');
		await shop.writes('stop');
		await shop.bridge.later(60 * MINUTE);
		expect(await shop.suppressed()).toHaveLength(1);
		expect(told()).toHaveLength(1);
	});

	test('of which one chat cannot be read goes on with the others, and leaves that one out after five times', async () => {
		shop = await RepliesBridge.start();
		await shop.writes('hello', STRANGER);
		const chats = await shop.bridge.control<{ contact_id: string }[]>('GET', 'messages');
		const match = { contact_id: chats[0]?.contact_id };
		await shop.bridge.control('POST', 'faults', [{ operation: 'listMessages', match, status: 500, times: 'always' }]);
		await shop.writes('stop');
		await shop.bridge.later(LOOK);
		expect(await shop.suppressed()).toHaveLength(1);
		for (let look = 0; look < 8; look += 1) await shop.bridge.later(5 * MINUTE);
		const left = shop.bridge.logLines.filter((line) => line.includes('what was written in it is left out'));
		expect(left).toHaveLength(1);
		expect(left[0]).not.toContain(STRANGER);
		const sources = await shop.bridge.admin<{ items: { feed: { fault: string | null } | null }[] }>('/sources');
		expect(sources.items.at(-1)?.feed?.fault).toBeNull();
	});

	test('has come as far as the newest chat that it saw', async () => {
		shop = await RepliesBridge.start();
		await shop.writes('hello');
		await shop.bridge.later(LOOK);
		expect(await shop.bridge.admin('/sources')).toMatchObject({
			items: [{ id: 'acme' }, { feed: { progress: { seen: '2026-11-20T09:00:00.000Z' } } }],
		});
	});

	test('that fails goes on where it was', async () => {
		shop = await RepliesBridge.start();
		await shop.codOrder();
		await shop.bridge.later(MINUTE);
		await shop.writes('stop');
		await shop.bridge.control('POST', 'faults', [{ operation: 'listChats', status: 503, times: 2 }]);
		await shop.bridge.later(LOOK);
		expect(await shop.suppressed()).toEqual([]);
		await shop.bridge.later(5 * SECOND);
		await shop.bridge.later(15 * SECOND);
		expect(await shop.suppressed()).toHaveLength(1);
	});
});
