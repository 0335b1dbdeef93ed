import { MINUTE, SECOND } from '../../support/clock';
import { TestBridge } from '../../support/bridge';
import { readPdf } from '../../support/pdf';
import { shopifyFixture } from '../../support/shopify';

const ORDER = shopifyFixture('orders-create.in-phone-only-in-shipping');

describe('an order becomes a message', () => {
	let bridge: TestBridge;
	beforeEach(async () => {
		bridge = await TestBridge.start();
	});
	afterEach(() => bridge.stop());

	test('with its invoice, and the ledger follows it until it is read', async () => {
		expect(await bridge.post(ORDER)).toEqual({ status: 200, body: { event: 'evt_1', duplicate: false } });
		await bridge.drain();

		const [taken, ...others] = await bridge.taken();
		expect(others).toEqual([]);
		expect(taken).toMatchObject({
			contact_no: '919876543211',
			templateName: 'checkout_invoice',
			languageCode: 'en_US',
			templateVariables: { '1': 'Rohit', '2': '#1043', '3': '₹1,531.64' },
		});
		const pdf = await fetch(taken?.mediaUrl ?? '');
		expect(pdf.headers.get('content-type')).toBe('application/pdf');
		const text = readPdf(new Uint8Array(await pdf.arrayBuffer())).pages.join('\n');
		expect(text).toContain('#1043');
		expect(text).toContain('₹1,531.64');

		const [message] = await bridge.messages();
		expect(message).toMatchObject({
			state: 'sent',
			mapping: 'order-confirmation',
			to: '+919876543211',
			order: '6310000015838',
		});
		await bridge.later(5 * SECOND);
		await bridge.later(MINUTE);
		expect((await bridge.messages())[0]).toMatchObject({ state: 'read' });
		expect(await bridge.admin(`/messages/${message?.id}`)).toMatchObject({
			attempts: [{ status: 200, outcome: 'sent' }],
		});
	});

	test('once: a redelivery, a replay by hand and a second topic of the same event send nothing more', async () => {
		await bridge.post(ORDER, { webhookId: 'one', eventId: 'change-1' });
		await bridge.drain();
		expect(await bridge.post(ORDER, { webhookId: 'one', eventId: 'change-1' })).toEqual({
			status: 200,
			body: { event: 'evt_1', duplicate: true },
		});
		// The same happening through another subscription: its own delivery, the same event.
		expect(await bridge.post(ORDER, { webhookId: 'two', eventId: 'change-1' })).toEqual({
			status: 200,
			body: { event: 'evt_1', duplicate: true },
		});
		expect(
			(await bridge.post(ORDER, { webhookId: 'three', eventId: 'change-1', topic: 'orders/updated' })).status,
		).toBe(200);
		await bridge.post(ORDER, { webhookId: 'four', eventId: 'change-2' });
		await bridge.admin('/events/evt_1/replay', { method: 'POST' });
		await bridge.drain();
		expect(await bridge.taken()).toHaveLength(1);
		expect(await bridge.admin('/events/evt_1')).toMatchObject({ duplicates: 2, state: 'mapped' });
	});

	test('a bulk action that shares one event id over ten orders loses none of them', async () => {
		for (let id = 1; id <= 10; id += 1) {
			const body = { ...(JSON.parse(ORDER.toString()) as object), id, name: `#${id}` };
			expect((await bridge.post(body, { webhookId: `bulk-${id}`, eventId: 'bulk' })).body['duplicate']).toBe(false);
		}
		await bridge.drain();
		const names = (await bridge.taken()).map(({ templateVariables }) => String(templateVariables?.['2']));
		// Ten orders at once: which of them is first is nobody's promise.
		expect(names.toSorted((a, b) => Number(a.slice(1)) - Number(b.slice(1)))).toEqual(
			Array.from({ length: 10 }, (_, index) => `#${index + 1}`),
		);
	});

	test('shipments and refunds carry no customer and find theirs in the stored order', async () => {
		await bridge.post(shopifyFixture('orders-paid.in-upi'), { topic: 'orders/paid' });
		await bridge.post(shopifyFixture('fulfillments-create.in-delhivery'), { topic: 'fulfillments/create' });
		await bridge.post(shopifyFixture('fulfillment_events-create.delivered'), { topic: 'fulfillment_events/create' });
		await bridge.post(shopifyFixture('refunds-create.in-partial-shipping'), { topic: 'refunds/create' });
		await bridge.drain();
		const sent = await bridge.taken();
		expect(sent.map(({ templateName }) => templateName)).toEqual([
			'order_paid',
			'order_shipped',
			'order_delivered',
			'order_refunded',
		]);
		expect(new Set(sent.map(({ contact_no }) => contact_no)).size).toBe(1);
		expect(Object.values(sent[3]?.templateVariables ?? {})).toContain('₹79.00');
	});

	test('a shipment that comes before its order waits for it and then goes out by itself', async () => {
		await bridge.post(shopifyFixture('fulfillments-create.in-delhivery'), { topic: 'fulfillments/create' });
		await bridge.drain();
		expect(await bridge.taken()).toEqual([]);
		expect(await bridge.admin('/events/evt_1')).toMatchObject({
			state: 'stored',
			reason: expect.stringContaining('order 6310000551042 is not known here yet') as unknown,
		});
		await bridge.post(shopifyFixture('orders-paid.in-upi'), { topic: 'orders/paid' });
		await bridge.drain();
		expect((await bridge.taken()).map(({ templateName }) => templateName).sort()).toEqual([
			'order_paid',
			'order_shipped',
		]);
		expect((await bridge.messages('?state=waiting')).length).toBe(0);
	});

	test('a cancelled parcel, a draft of an edit and a privacy request are kept with the reason, and send nothing', async () => {
		await bridge.post(shopifyFixture('orders-paid.in-upi'), { topic: 'orders/paid' });
		await bridge.drain();
		await bridge.post(shopifyFixture('fulfillments-update.cancelled'), { topic: 'fulfillments/update' });
		await bridge.post(shopifyFixture('customers-redact.sample'), { topic: 'customers/redact' });
		await bridge.post({ order_edit: { id: 1, order_id: 6310000551042 } }, { topic: 'orders/edited' });
		await bridge.drain();
		const { items } = await bridge.admin<{ items: { topic: string; state: string; reason: string }[] }>(
			'/events?state=ignored',
		);
		expect(items.map(({ topic }) => topic)).toEqual(['orders/edited', 'customers/redact', 'fulfillments/update']);
		for (const { reason } of items) expect(reason.length).toBeGreaterThan(10);
		expect(await bridge.taken()).toHaveLength(1);
	});
});
