import { DAY, HOUR, MINUTE } from '../../support/clock';
import { TestBridge } from '../../support/bridge';
import { shopifyFixture, shopifyFixtureWith } from '../../support/shopify';
import { BOUTIQUE, postWoo, wooFixture, wooOrder, wooPing, type WooSigning } from '../../support/woocommerce';

describe('the whole life of an order gives each message once and in order', () => {
	let bridge: TestBridge;
	beforeEach(async () => {
		bridge = await TestBridge.start({ sources: [BOUTIQUE] });
	});
	afterEach(() => bridge.stop());

	const templates = async () => (await bridge.taken()).map(({ templateName }) => templateName);
	/** Every delivery comes twice, before and after it was worked on. */
	const woo = async (body: object, options: WooSigning = {}) => {
		const answers = [await postWoo(bridge.bridge.url, body, options), await postWoo(bridge.bridge.url, body, options)];
		await bridge.drain();
		answers.push(await postWoo(bridge.bridge.url, body, { ...options, deliveryId: 'again' }));
		await bridge.drain();
		expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
		return answers.map((answer) => answer.body['duplicate']);
	};
	const at = (time: Date) => time.toISOString().slice(0, 19);

	test('in a WooCommerce shop: paid by UPI, sent in two parcels, delivered, paid back in two parts', async () => {
		const placed = at(bridge.clock.now());
		let order: Record<string, unknown> = {
			...wooOrder('order.created.in-cod-optin'),
			payment_method: 'razorpay',
			payment_method_title: 'UPI',
			status: 'checkout-draft',
			date_created_gmt: placed,
		};
		const becomes = (changes: object, after = MINUTE) => {
			bridge.clock.advance(after);
			order = { ...order, date_modified_gmt: at(bridge.clock.now()), ...changes };
			return woo(order, { topic: order['status'] === 'checkout-draft' ? 'order.created' : 'order.updated' });
		};
		const parcels = (...words: string[]) => ({
			meta_data: [
				{ key: 'whatsapp_opt_in', value: '1' },
				{
					key: '_wc_shipment_tracking_items',
					value: words.map((_, index) => ({
						tracking_number: `DL${index + 1}`,
						formatted_tracking_provider: 'Delhivery',
						formatted_tracking_link: `https://track.example/DL${index + 1}`,
					})),
				},
				{ key: 'shipment_status', value: words.map((status) => ({ status })) },
			],
		});

		expect(await becomes({})).toEqual([false, true, true]);
		await becomes({ status: 'pending' });
		await becomes({ status: 'failed' });
		expect(await templates()).toEqual([]);
		await becomes({ status: 'processing', date_paid_gmt: at(bridge.clock.now()) });
		expect(await templates()).toEqual(['checkout_invoice']);
		await becomes({ customer_note: 'leave it with the neighbour' });
		await becomes(parcels('in_transit'), DAY);
		await becomes({
			status: 'completed',
			date_completed_gmt: at(bridge.clock.now()),
			...parcels('in_transit', 'pre_transit'),
		});
		await becomes(parcels('out_for_delivery', 'in_transit'), HOUR);
		await becomes(parcels('delivered', 'delivered'), HOUR);
		await becomes({ refunds: [{ id: 91, reason: 'Damaged', total: '-450.00' }] }, HOUR);
		await becomes(
			{
				status: 'refunded',
				refunds: [
					{ id: 91, total: '-450.00' },
					{ id: 92, total: '-8170.85' },
				],
			},
			HOUR,
		);
		await bridge.later(3 * DAY);

		const taken = await bridge.taken();
		expect(
			taken.map(({ templateName, templateVariables: of }) => [templateName, of?.['3'] ?? ''].join(' ').trim()),
		).toEqual([
			'checkout_invoice ₹8,620.85',
			'order_shipped Delhivery',
			'out_for_delivery',
			'order_delivered',
			'order_delivered',
			'order_refunded ₹450.00',
			'order_refunded ₹8,170.85',
		]);
		expect(taken[1]?.templateVariables).toMatchObject({ '4': 'DL1', '5': 'https://track.example/DL1' });
		expect(new Set(taken.map(({ contact_no }) => contact_no))).toEqual(new Set(['919876543210']));
	});

	test('in a WooCommerce shop: on delivery, paid at the door', async () => {
		const order = wooOrder('order.created.in-cod-optin');
		await woo(order, { topic: 'order.created' });
		await woo(order);
		await woo({
			...order,
			status: 'completed',
			date_modified_gmt: '2026-11-22T09:00:00',
			date_paid_gmt: '2026-11-22T09:00:00',
			date_completed_gmt: '2026-11-22T09:00:00',
		});
		expect(await templates()).toEqual(['cod_confirmation', 'order_paid', 'order_shipped']);
	});

	test('in a WooCommerce shop: a bank transfer that came two days later, and then a cancellation', async () => {
		const order = wooOrder('order.updated.on-hold-bacs');
		await woo(order, { topic: 'order.created' });
		await woo({
			...order,
			status: 'processing',
			date_modified_gmt: '2026-11-22T14:00:00',
			date_paid_gmt: '2026-11-22T13:59:00',
		});
		await woo({
			...order,
			status: 'cancelled',
			date_modified_gmt: '2026-11-23T14:00:00',
			date_paid_gmt: '2026-11-22T13:59:00',
		});
		expect(await templates()).toEqual(['checkout_invoice', 'order_paid', 'order_cancelled']);
	});

	test('an unpaid order that WooCommerce cancels by itself, and one that is deleted, say nothing', async () => {
		const order = wooOrder('order.updated.failed', { status: 'pending' });
		await woo(order, { topic: 'order.created' });
		await woo({ ...order, status: 'cancelled', date_modified_gmt: '2026-11-20T15:05:11' });
		await woo({ id: order['id'] }, { topic: 'order.deleted' });
		expect(await templates()).toEqual([]);
	});

	test('a message that waits is withdrawn when its order is deleted', async () => {
		const order = wooOrder('order.created.in-cod-optin');
		const meta = (status: string) => ({
			meta_data: [
				{ key: 'whatsapp_opt_in', value: 'yes' },
				{ key: '_wc_shipment_tracking_items', value: [{ tracking_number: 'DL1' }] },
				{ key: 'shipment_status', value: [{ status }] },
			],
		});
		await woo(order, { topic: 'order.created' });
		await woo({ ...order, ...meta('delivered'), date_modified_gmt: '2026-11-21T09:00:00' });
		expect((await bridge.messages('?state=waiting')).map(({ mapping }) => mapping)).toEqual(['review-request']);
		await woo({ id: 7411 }, { topic: 'order.deleted' });
		expect((await bridge.messages('?state=skipped')).map(({ mapping, reason }) => [mapping, reason])).toEqual([
			['review-request', 'the order was deleted in the shop'],
		]);
	});

	test('the ping gets exactly 200 and leaves nothing; an error in place of an order is kept with its reason', async () => {
		const ping = await fetch(`${bridge.bridge.url}/webhooks/woocommerce/boutique`, {
			method: 'POST',
			headers: wooPing().headers,
			body: new Uint8Array(wooFixture('ping.body.txt')),
		});
		expect([ping.status, await ping.json()]).toEqual([200, { received: 'ping' }]);
		expect((await bridge.admin<{ items: object[] }>('/events')).items).toEqual([]);

		const error = await postWoo(bridge.bridge.url, wooFixture('order.updated.permission-error'));
		expect(error).toMatchObject({ status: 422, body: { reason: 'permission-error', event: 'evt_1' } });
		expect((await bridge.admin<{ items: object[] }>('/events')).items).toMatchObject([
			{ state: 'unreadable', reason: expect.stringContaining('may not read orders any more') as unknown },
		]);
	});

	test('in a Shopify shop', async () => {
		let number = 0;
		const shopify = async (body: Buffer | object, topic: string) => {
			number += 1;
			const delivery = { topic, webhookId: `w${number}`, eventId: `e${number}` };
			await bridge.post(body, delivery);
			await bridge.drain();
			// The shop's own retry, and the same event through another subscription.
			expect((await bridge.post(body, delivery)).body['duplicate']).toBe(true);
			expect((await bridge.post(body, { ...delivery, webhookId: `x${number}` })).body['duplicate']).toBe(true);
			await bridge.drain();
		};
		const order = (changes: Record<string, unknown>) => shopifyFixtureWith('orders-paid.in-upi', changes);
		const created = '2026-11-20T08:00:00Z';
		const base = { created_at: created, updated_at: created };
		await shopify(order({ ...base, financial_status: 'pending' }), 'orders/create');
		await shopify(order({ ...base, updated_at: '2026-11-20T10:00:00Z' }), 'orders/paid');
		await shopify(order({ ...base, updated_at: '2026-11-20T10:00:00Z' }), 'orders/updated');
		await shopify(shopifyFixture('fulfillments-create.in-delhivery'), 'fulfillments/create');
		await shopify(
			order({ ...base, updated_at: '2026-11-21T10:00:00Z', fulfillment_status: 'fulfilled' }),
			'orders/fulfilled',
		);
		await shopify(shopifyFixture('fulfillments-update.out-for-delivery'), 'fulfillments/update');
		await shopify(shopifyFixture('fulfillment_events-create.delivered'), 'fulfillment_events/create');
		await shopify(shopifyFixture('refunds-create.in-partial-shipping'), 'refunds/create');
		expect(await templates()).toEqual([
			'checkout_invoice',
			'order_paid',
			'order_shipped',
			'out_for_delivery',
			'order_delivered',
			'order_refunded',
		]);
	});
});
