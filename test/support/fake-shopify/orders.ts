import type { TestClock } from '../clock';
import { shopifyFixture } from '../shopify';
import type { Rest } from './from-rest';
import type { createHooks } from './hooks';

/** What a merchant and buyers do in the shop; each is a state of the order and the webhooks that come of it. */
export function createOrders(hooks: ReturnType<typeof createHooks>, clock: TestClock) {
	const orders = new Map<string, Rest>();
	let numbered = 6_400_000_000_000;
	const now = () => clock.now().toISOString().replace('.000Z', 'Z');
	const next = () => (numbered += 1);
	const get = (id: string): Rest => {
		const order = orders.get(id);
		if (!order) throw new Error(`The fake shop has no order ${id}`);
		return order;
	};

	async function change(id: string, changes: Rest, ...topics: string[]): Promise<void> {
		Object.assign(get(id), changes, { updated_at: now() });
		for (const topic of [...topics, 'orders/updated']) await hooks.send(topic, get(id));
	}

	return {
		orders,
		change,
		/** A new order, unpaid: a fixture with an id of its own. Answers the id. */
		async place(changes: Rest = {}, fixture = 'orders-create.in-cod-optin'): Promise<string> {
			const id = next();
			const order: Rest = { ...(JSON.parse(shopifyFixture(fixture).toString()) as Rest), id, name: `#${id % 10_000}` };
			Object.assign(order, { created_at: now(), updated_at: now(), checkout_token: null, transactions: [] }, changes);
			orders.set(String(id), order);
			await hooks.send('orders/create', order);
			return String(id);
		},
		pay: (id: string) =>
			change(
				id,
				{
					financial_status: 'paid',
					total_outstanding: '0.00',
					transactions: [{ kind: 'sale', status: 'success', processed_at: now() }],
				},
				'orders/paid',
			),
		async fulfil(id: string): Promise<string> {
			const parcel: Rest = {
				id: next(),
				order_id: Number(id),
				name: `${String(get(id)['name'])}.1`,
				status: 'success',
				shipment_status: null,
				created_at: now(),
				updated_at: now(),
				tracking_company: 'Delhivery',
				tracking_number: `DL${id}`,
				tracking_url: `https://www.delhivery.com/track/package/DL${id}`,
			};
			const fulfillments = [...(get(id)['fulfillments'] as Rest[]), parcel];
			Object.assign(get(id), { fulfillments });
			await hooks.send('fulfillments/create', parcel);
			await change(id, { fulfillment_status: 'fulfilled' }, 'orders/fulfilled');
			return String(parcel['id']);
		},
		/** "out_for_delivery", "delivered" … of the order's last parcel. */
		async carry(id: string, shipmentStatus: string): Promise<void> {
			const parcel = (get(id)['fulfillments'] as Rest[]).at(-1);
			if (!parcel) throw new Error('Nothing was shipped');
			Object.assign(parcel, { shipment_status: shipmentStatus, updated_at: now() });
			await hooks.send('fulfillments/update', parcel);
			await change(id, {});
		},
		async refund(id: string, amount: string): Promise<void> {
			const order = get(id);
			const refund: Rest = {
				id: next(),
				order_id: Number(id),
				created_at: now(),
				processed_at: now(),
				note: null,
				refund_line_items: [],
				refund_shipping_lines: [],
				order_adjustments: [],
				transactions: [{ kind: 'refund', status: 'success', amount, currency: order['currency'] }],
			};
			Object.assign(order, { refunds: [...(order['refunds'] as Rest[]), refund] });
			await hooks.send('refunds/create', refund);
			await change(id, { financial_status: 'partially_refunded' });
		},
		cancel: (id: string) => change(id, { cancelled_at: now(), cancel_reason: 'customer' }, 'orders/cancelled'),
		async remove(id: string): Promise<void> {
			orders.delete(id);
			await hooks.send('orders/delete', { id: Number(id) });
		},
	};
}
