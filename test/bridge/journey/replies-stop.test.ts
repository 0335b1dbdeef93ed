import { HOUR, MINUTE, SECOND } from '../../support/clock';
import { shopifyFixtureWith } from '../../support/shopify';
import { BUYER, RepliesBridge } from './replies-bridge';

const LOOK = 30 * SECOND;

let shop: RepliesBridge;
afterEach(() => shop.stop());

test('after STOP a waiting marketing message is skipped and an invoice still goes; after START a replay sends it', async () => {
	shop = await RepliesBridge.start();
	const { bridge } = shop;
	await shop.codOrder();
	await shop.cart();
	await shop.writes('Stop!');
	await bridge.later(LOOK);
	expect(await shop.suppressed()).toMatchObject([{ phone: `+${BUYER}`, scope: 'marketing', reason: "wrote 'stop'" }]);
	await bridge.later(HOUR);
	const [skipped] = await bridge.messages('?state=skipped');
	expect(skipped).toMatchObject({ mapping: 'abandoned-checkout' });
	expect(skipped?.reason).toMatch(/wants no marketing messages \(wrote 'stop', 2026-11-20\)/);
	await shop.codOrder(6310000001043);
	expect(await shop.templatesSent()).toEqual(['cod_confirmation', 'cod_confirmation']);

	await shop.writes('start');
	await bridge.later(LOOK);
	expect(await shop.suppressed()).toEqual([]);
	await bridge.admin(`/messages/${skipped?.id}/replay`, { method: 'POST' });
	await bridge.drain();
	expect(await shop.templatesSent()).toEqual(['cod_confirmation', 'cod_confirmation', 'abandoned_checkout']);
});

test('a message that is planned after STOP is skipped at once; with stopScope: all, every message', async () => {
	shop = await RepliesBridge.start('replies: { stopScope: all }');
	await shop.codOrder();
	await shop.writes('बंद करें');
	await shop.bridge.later(LOOK);
	await shop.bridge.post(shopifyFixtureWith('orders-create.in-cod-optin', { id: 7, name: '#7' }));
	await shop.bridge.drain();
	expect(await shop.templatesSent()).toEqual(['cod_confirmation']);
	expect((await shop.bridge.messages('?state=skipped'))[0]?.reason).toMatch(/wants no messages/);
});

test('while the category of a template is not known, a mapping that asks for consent is marketing', async () => {
	shop = await RepliesBridge.start();
	await shop.cart();
	await shop.writes('stop');
	await shop.bridge.control('POST', 'faults', [{ operation: 'listTemplates', status: 503, times: 'always' }]);
	await shop.bridge.bridge.stop();
	await shop.bridge.startBridge();
	await shop.bridge.later(LOOK);
	await shop.bridge.later(HOUR);
	expect(await shop.bridge.messages()).toMatchObject([{ mapping: 'abandoned-checkout', state: 'skipped' }]);
	expect(await shop.codOrder()).toBeDefined();
});

test('the last word counts, also when several are read at once', async () => {
	shop = await RepliesBridge.start();
	await shop.codOrder();
	for (const word of ['STOP', 'START', 'PARAR']) {
		shop.bridge.clock.advance(SECOND);
		await shop.writes(word);
	}
	await shop.bridge.later(LOOK);
	expect(await shop.suppressed()).toMatchObject([{ reason: "wrote 'parar'" }]);
	shop.bridge.clock.advance(SECOND);
	await shop.writes('stop');
	shop.bridge.clock.advance(SECOND);
	await shop.writes('Subscribe.');
	await shop.bridge.later(LOOK);
	expect(await shop.suppressed()).toEqual([]);
});

test('an older STOP that arrives after a START does not undo it, and one from the future does not outweigh a START', async () => {
	shop = await RepliesBridge.start();
	const { clock } = shop.bridge;
	const at = clock.now().toISOString();
	clock.advance(MINUTE);
	await shop.posts({ from: BUYER, text: 'START', id: 'wamid.1', at: clock.now().toISOString() });
	await shop.bridge.drain();
	await shop.posts({ from: BUYER, text: 'STOP', id: 'wamid.2', at });
	await shop.bridge.drain();
	expect(await shop.suppressed()).toEqual([]);
	expect((await shop.events('@replies'))[0]?.reason).toBe("wrote 'stop', and another word since");

	await shop.posts({ from: BUYER, text: 'STOP', id: 'wamid.3', at: '2099-01-01T00:00:00Z' });
	await shop.bridge.later(MINUTE);
	expect(await shop.suppressed()).toHaveLength(1);
	await shop.posts({ from: BUYER, text: 'START', id: 'wamid.4' });
	await shop.bridge.drain();
	expect(await shop.suppressed()).toEqual([]);
});

test('somebody who writes STOP before the bridge ever wrote to them is not bothered either', async () => {
	shop = await RepliesBridge.start();
	await shop.writes('stop');
	await shop.bridge.later(LOOK);
	await shop.cart();
	expect(await shop.bridge.messages()).toMatchObject([{ state: 'skipped' }]);
});

test.each([
	['Brazil, where WhatsApp leaves out the ninth digit', '+5511987654321', '551187654321'],
	['Mexico, where WhatsApp keeps a 1', '+525512345678', '5215512345678'],
])('STOP counts for the number that orders give: %s', async (_, ordered, named) => {
	shop = await RepliesBridge.start();
	await shop.writes('stop', named);
	await shop.bridge.later(LOOK);
	expect(await shop.suppressed()).toMatchObject([{ phone: ordered }]);
	const cart = { id: 9, token: 'cart-9', phone: ordered };
	await shop.bridge.post(shopifyFixtureWith('checkouts-update.in-abandoned-optin', cart), {
		topic: 'checkouts/update',
	});
	await shop.bridge.drain();
	expect(await shop.bridge.messages()).toMatchObject([{ to: ordered, state: 'skipped' }]);
});

test('a STOP behind a message that went out since is found in the thread that is read for that message', async () => {
	shop = await RepliesBridge.start();
	await shop.codOrder();
	await shop.bridge.later(MINUTE);
	await shop.writes('stop');
	shop.bridge.clock.advance(SECOND);
	await shop.codOrder(6310000001043);
	await shop.bridge.later(5 * SECOND);
	expect(await shop.suppressed()).toHaveLength(1);
});

test('what was written before the first look is left alone', async () => {
	shop = await RepliesBridge.start('replies: { every: off }');
	await shop.writes('stop');
	shop.bridge.clock.advance(HOUR);
	await shop.bridge.later(MINUTE);
	expect([await shop.suppressed(), await shop.calls('listChats')]).toEqual([[], 0]);
	await shop.bridge.bridge.stop();
	Reflect.set(shop.bridge, 'options', { ...Object(Reflect.get(shop.bridge, 'options')), yaml: '' });
	await shop.bridge.startBridge();
	await shop.bridge.drain();
	await shop.bridge.later(MINUTE);
	expect(await shop.calls('listChats')).toBeGreaterThan(0);
	expect(await shop.suppressed()).toEqual([]);
});

describe("WhatsApp's own opt-out (131050) suppresses for marketing", () => {
	const want = [{ phone: `+${BUYER}`, scope: 'marketing', reason: "WhatsApp's error 131050" }];
	test('when it refuses a message', async () => {
		shop = await RepliesBridge.start();
		await shop.bridge.control('POST', 'numbers', { contact_no: BUYER, behaviour: 'opted-out' });
		await shop.cart();
		await shop.bridge.later(HOUR);
		expect(await shop.bridge.messages()).toMatchObject([{ state: 'failed' }]);
		expect(await shop.suppressed()).toMatchObject(want);
		await shop.cart(2);
		expect((await shop.bridge.messages())[0]).toMatchObject({ state: 'skipped' });
		expect(await shop.codOrder()).toBeDefined();
	});

	test('when it fails later', async () => {
		shop = await RepliesBridge.start();
		await shop.bridge.control('POST', 'numbers', { contact_no: BUYER, behaviour: 'fails-later', code: 131050 });
		await shop.cart();
		await shop.bridge.later(HOUR);
		await shop.bridge.later(MINUTE);
		expect(await shop.bridge.messages()).toMatchObject([{ state: 'failed' }]);
		expect(await shop.suppressed()).toMatchObject(want);
	});
});
