import { TestBridge } from '../../support/bridge';
import { DAY } from '../../support/clock';
import { shopifyFixture, shopifyFixtureWith } from '../../support/shopify';

const ORDER = shopifyFixture('orders-create.in-phone-only-in-shipping');
const ORDER_ID = 6310000015838;
const PHONE = '+919876543211';

describe('what people have a right to', () => {
	let bridge: TestBridge;
	beforeEach(async () => {
		bridge = await TestBridge.start();
		await bridge.post(ORDER);
		await bridge.drain();
	});
	afterEach(() => bridge.stop());

	const ledgerText = async () =>
		JSON.stringify([
			await bridge.messages(),
			...(await Promise.all(['evt_1', 'evt_2'].map((id) => bridge.admin(`/events/${id}`)))),
		]);

	test("Shopify's redact request erases the customer's orders, messages and invoice, and itself", async () => {
		const { mediaUrl } = (await bridge.messages())[0] ?? {};
		expect((await fetch(mediaUrl ?? '')).status).toBe(200);
		expect(await ledgerText()).toContain('Rohit');
		const request = shopifyFixtureWith('customers-redact.sample', { orders_to_redact: [ORDER_ID] });
		await bridge.post(request, { topic: 'customers/redact' });
		await bridge.drain();
		const left = await ledgerText();
		for (const trace of ['Rohit', '9876543211', '98765', 'john@example.com', '555-625-1199', '1,531.64'])
			expect(left).not.toContain(trace);
		expect((await fetch(mediaUrl ?? '')).status).toBe(404);
		expect(await bridge.messages()).toMatchObject([{ state: 'sent', reason: 'erased: the customer asked for it' }]);
		expect(await bridge.admin('/events/evt_2')).toMatchObject({
			state: 'ignored',
			reason: 'privacy request (erase-customer): what was kept is erased, 1 event with their messages and documents',
		});
		expect(bridge.logLines.join('')).not.toContain('9876543211');
		// A redelivery of what was erased is known by its key, and sends nothing again.
		expect((await bridge.post(ORDER, { webhookId: 'delivery-1', eventId: 'event-1' })).body).toMatchObject({
			duplicate: true,
		});
		await bridge.drain();
		expect(await bridge.taken()).toHaveLength(1);
	});

	test('by the number alone, where the request names no order', async () => {
		const customer = { id: 1, phone: PHONE };
		await bridge.post({ shop_domain: 'x', customer, orders_to_redact: [] }, { topic: 'customers/redact' });
		await bridge.drain();
		expect(await ledgerText()).not.toContain('Rohit');
	});

	test('a request to see the data erases nothing and says how to answer it', async () => {
		await bridge.post(shopifyFixture('customers-data_request.sample'), { topic: 'customers/data_request' });
		await bridge.drain();
		expect(await bridge.admin('/events/evt_2')).toMatchObject({
			reason: expect.stringContaining('messlo-bridge person export'),
		});
		expect(await ledgerText()).toContain('Rohit');
	});

	test('a shop that removed the app is erased whole', async () => {
		await bridge.post(shopifyFixture('shop-redact.sample'), { topic: 'shop/redact' });
		await bridge.drain();
		expect(await ledgerText()).not.toContain('Rohit');
	});

	test('the admin API gives all that is kept of a person, and erases it', async () => {
		const kept = await bridge.admin<{ events: { body: string; messages: { to: string; attempts: object[] }[] }[] }>(
			`/people/${encodeURIComponent('+91 98765 43211')}`,
		);
		expect(kept.events).toHaveLength(1);
		expect(kept.events[0]?.body).toBe(ORDER.toString());
		expect(kept.events[0]?.messages).toMatchObject([{ to: PHONE, attempts: [{ outcome: 'sent' }] }]);
		expect(await bridge.admin(`/people/${PHONE}`, { method: 'DELETE' })).toEqual({
			events: 1,
			messages: 1,
			documents: 1,
		});
		expect(await bridge.admin(`/people/${PHONE}`)).toEqual({ events: [] });
		expect(await bridge.admin('/people/12')).toMatchObject({ reason: 'bad-request' });
	});

	test('after the time that is configured, all of it is forgotten', async () => {
		await bridge.later(DAY * 399);
		expect(await bridge.messages()).toHaveLength(1);
		await bridge.later(DAY * 2);
		expect(await bridge.messages()).toEqual([]);
		expect(await bridge.admin('/events/evt_1')).toMatchObject({ reason: 'not-found' });
	});
});
