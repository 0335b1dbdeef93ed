import { DAY, HOUR, MINUTE } from '../../support/clock';
import { TestBridge } from '../../support/bridge';
import { shopifyFixture, shopifyFixtureWith } from '../../support/shopify';

describe('what cannot go out is held with a reason, and goes out once the cause is mended', () => {
	let bridge: TestBridge;
	afterEach(() => bridge.stop());

	test('an order without a number: the merchant adds one in the shop and replays', async () => {
		bridge = await TestBridge.start();
		await bridge.post(shopifyFixture('orders-create.no-phone'));
		await bridge.drain();
		const [held] = await bridge.messages();
		expect(held).toMatchObject({ state: 'held', to: null });
		expect(held?.reason).toMatch(/no number to send to: no phone number in the order.*replay/);

		const mended = shopifyFixtureWith('orders-create.no-phone', {
			phone: '+4915112345678',
			updated_at: '2026-11-20T15:00:00+01:00',
		});
		await bridge.post(mended, { topic: 'orders/updated' });
		await bridge.drain();
		expect(await bridge.taken()).toEqual([]);
		expect(await bridge.admin(`/messages/${held?.id}/replay`, { method: 'POST' })).toMatchObject({ message: held?.id });
		await bridge.drain();
		expect((await bridge.taken()).map(({ contact_no }) => contact_no)).toEqual(['4915112345678']);
	});

	test('a template that is not there: it is created, and all messages of it go out by themselves', async () => {
		bridge = await TestBridge.start({ templates: false });
		await bridge.post(shopifyFixture('orders-create.in-phone-only-in-shipping'));
		await bridge.drain();
		expect((await bridge.messages())[0]).toMatchObject({
			state: 'held',
			reason: "there is no template 'checkout_invoice' in the account. Create it: messlo-bridge templates --push",
		});
		await bridge.pushTemplates();
		await bridge.later(MINUTE);
		expect(await bridge.taken()).toHaveLength(1);
		expect((await bridge.messages())[0]).toMatchObject({ state: 'sent', reason: null });
	});

	test('a template that WhatsApp pauses between two looks: the message is held and leaves when it is approved again', async () => {
		bridge = await TestBridge.start();
		await bridge.drain();
		await bridge.control('POST', 'templates', [{ name: 'checkout_invoice', language: 'en_US', status: 'PAUSED' }]);
		await bridge.post(shopifyFixture('orders-create.in-phone-only-in-shipping'));
		await bridge.drain();
		expect((await bridge.messages())[0]?.state).toBe('held');
		expect((await bridge.messages())[0]?.reason).toMatch(/paused/);
		await bridge.control('POST', 'templates', [{ name: 'checkout_invoice', language: 'en_US', status: 'APPROVED' }]);
		await bridge.later(MINUTE);
		expect(await bridge.taken()).toHaveLength(1);
	});

	test('a header file that WhatsApp cannot fetch', async () => {
		bridge = await TestBridge.start();
		await bridge.control('POST', 'faults', [
			{
				operation: 'sendMessage',
				status: 400,
				body: { success: false, message: '(#131053) Media upload error', error: { code: 131053 } },
			},
		]);
		await bridge.post(shopifyFixture('orders-create.in-phone-only-in-shipping'));
		await bridge.drain();
		const [held] = await bridge.messages();
		expect(held).toMatchObject({ state: 'held' });
		expect(held?.reason).toMatch(/server\.publicUrl.*Media upload error/);
		await bridge.admin(`/messages/${held?.id}/replay`, { method: 'POST' });
		await bridge.drain();
		expect(await bridge.taken()).toHaveLength(1);
	});

	test('an event of a source that is not configured any more, or that cannot be read, stays and can be replayed', async () => {
		bridge = await TestBridge.start();
		const answer = await bridge.post(Buffer.from('{"id": 5, "name": "#5"}'));
		expect(answer.status).toBe(200);
		await bridge.drain();
		const event = await bridge.admin<{ state: string; reason: string; body: string }>(
			`/events/${String(answer.body['event'])}`,
		);
		expect(event).toMatchObject({ state: 'unreadable', body: '{"id": 5, "name": "#5"}' });
		expect(event.reason).toMatch(/created_at/);
	});
});

describe('what has changed while a message waited', () => {
	let bridge: TestBridge;
	afterEach(() => bridge.stop());
	const CART = 'checkouts-update.in-abandoned-optin';

	test('a cart that stays abandoned gets one reminder, an hour after its last change', async () => {
		bridge = await TestBridge.start();
		await bridge.post(shopifyFixture(CART), { topic: 'checkouts/create' });
		await bridge.later(40 * MINUTE);
		await bridge.post(shopifyFixtureWith(CART, { updated_at: bridge.clock.now().toISOString() }), {
			topic: 'checkouts/update',
		});
		await bridge.drain();
		await bridge.later(30 * MINUTE);
		expect(await bridge.taken()).toEqual([]);
		await bridge.later(31 * MINUTE);
		expect((await bridge.taken()).map(({ templateName }) => templateName)).toEqual(['abandoned_checkout']);
		await bridge.later(DAY);
		expect(await bridge.taken()).toHaveLength(1);
	});

	test('a cart that is bought meanwhile gets none, whichever webhook tells it', async () => {
		bridge = await TestBridge.start();
		await bridge.post(shopifyFixture(CART), { topic: 'checkouts/create' });
		await bridge.drain();
		await bridge.post(shopifyFixture('checkouts-update.completed'), { topic: 'checkouts/update' });
		await bridge.later(2 * HOUR);
		expect(await bridge.taken()).toEqual([]);
		expect((await bridge.messages())[0]).toMatchObject({ state: 'skipped', reason: 'the checkout was completed' });
		// A late webhook of the cart comes after the purchase: still none.
		await bridge.post(shopifyFixtureWith(CART, { updated_at: '2026-11-20T20:00:00+05:30' }), {
			topic: 'checkouts/update',
		});
		await bridge.later(2 * HOUR);
		expect(await bridge.taken()).toEqual([]);
	});

	test('an order that is cancelled before its message could leave gets only the word of its cancellation', async () => {
		bridge = await TestBridge.start();
		await bridge.control('POST', 'faults', [{ operation: 'sendMessage', status: 503, times: 'always' }]);
		const order = 'orders-create.in-phone-only-in-shipping';
		await bridge.post(shopifyFixture(order));
		await bridge.drain();
		const cancelled = {
			cancelled_at: '2026-11-20T15:00:00+05:30',
			cancel_reason: 'customer',
			updated_at: '2026-11-20T15:00:00+05:30',
		};
		await bridge.post(shopifyFixtureWith(order, cancelled), { topic: 'orders/cancelled' });
		await bridge.drain();
		await bridge.control('DELETE', 'faults');
		await bridge.later(5 * MINUTE);
		await bridge.later(5 * MINUTE);
		expect((await bridge.taken()).map(({ templateName }) => templateName)).toEqual(['order_cancelled']);
		expect((await bridge.messages()).find(({ mapping }) => mapping === 'order-confirmation')).toMatchObject({
			state: 'skipped',
			reason: 'the order was cancelled meanwhile',
		});
	});

	test('a message that is out of date when the API is back is not sent', async () => {
		bridge = await TestBridge.start();
		await bridge.control('POST', 'faults', [{ operation: 'sendMessage', status: 503, times: 'always' }]);
		await bridge.post(shopifyFixture('orders-create.in-phone-only-in-shipping'));
		await bridge.drain();
		await bridge.control('DELETE', 'faults');
		await bridge.later(2 * DAY);
		expect(await bridge.taken()).toEqual([]);
		expect((await bridge.messages())[0]).toMatchObject({
			state: 'skipped',
			reason: expect.stringMatching(/^expired/) as unknown,
		});
	});
});
