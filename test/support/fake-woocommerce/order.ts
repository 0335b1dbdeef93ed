import { gmt, local } from './site-time';

export interface FakeOrder {
	id: number;
	number: string;
	status: string;
	created: Date;
	modified: Date;
	paid?: Date;
	completed?: Date;
	/** What it was before it went to the trash. */
	was?: string;
	total: string;
	paymentMethod: string;
	billing: Record<string, string>;
	shipping: Record<string, string>;
	refunds: { id: number; reason: string; total: string }[];
	meta: { id: number; key: string; value: unknown }[];
	notes: { id: number; note: string; customer_note: boolean }[];
}

/** What a test may say of a new order. */
export type NewOrder = Partial<
	Pick<FakeOrder, 'number' | 'status' | 'total' | 'paymentMethod' | 'billing' | 'shipping'> & {
		meta: FakeOrder['meta'];
	}
>;

export function newOrder(id: number, now: Date, given: NewOrder): FakeOrder {
	const billing = {
		first_name: 'Asha',
		last_name: 'Rao',
		company: '',
		address_1: '12 Lake Road',
		address_2: '',
		city: 'Bengaluru',
		state: 'KA',
		postcode: '560001',
		country: 'IN',
		email: 'asha@example.com',
		phone: `98400${String(id).padStart(5, '0').slice(-5)}`,
		...given.billing,
	};
	const { email: _email, phone: _phone, ...shipping } = billing as Record<string, string>;
	return {
		id,
		number: given.number ?? String(id),
		status: given.status ?? 'pending',
		created: now,
		modified: now,
		...(given.status === 'processing' || given.status === 'completed' ? { paid: now } : {}),
		...(given.status === 'completed' ? { completed: now } : {}),
		total: given.total ?? '499.00',
		paymentMethod: given.paymentMethod ?? 'razorpay',
		billing,
		shipping: { ...shipping, phone: '', ...given.shipping },
		refunds: [],
		meta: given.meta ?? [],
		notes: [],
	};
}

/** GET orders/<id> of wc/v3: also the body of every webhook but order.deleted. */
export function restOrder(order: FakeOrder, zone: string, site: string): Record<string, unknown> {
	const dates = (name: string, time: Date | undefined) => ({
		[`date_${name}`]: time ? local(time, zone) : null,
		[`date_${name}_gmt`]: time ? gmt(time) : null,
	});
	return {
		id: order.id,
		parent_id: 0,
		status: order.status,
		currency: 'INR',
		version: '10.9.1',
		prices_include_tax: false,
		...dates('created', order.created),
		...dates('modified', order.modified),
		discount_total: '0.00',
		discount_tax: '0.00',
		shipping_total: '0.00',
		shipping_tax: '0.00',
		cart_tax: '0.00',
		total: order.total,
		total_tax: '0.00',
		customer_id: 0,
		order_key: `wc_order_${order.id}`,
		billing: order.billing,
		shipping: order.shipping,
		payment_method: order.paymentMethod,
		payment_method_title: order.paymentMethod === 'cod' ? 'Cash on delivery' : 'Razorpay',
		transaction_id: '',
		customer_ip_address: '',
		customer_user_agent: '',
		created_via: 'checkout',
		customer_note: '',
		...dates('completed', order.completed),
		...dates('paid', order.paid),
		cart_hash: '',
		number: order.number,
		meta_data: order.meta,
		line_items: [
			{
				id: order.id * 10,
				name: 'Cotton kurta',
				product_id: 93,
				variation_id: 0,
				quantity: 1,
				tax_class: '',
				subtotal: order.total,
				subtotal_tax: '0.00',
				total: order.total,
				total_tax: '0.00',
				taxes: [],
				meta_data: [],
				sku: 'KURTA-1',
				price: Number(order.total),
				image: { id: '', src: '' },
				parent_name: null,
			},
		],
		tax_lines: [],
		shipping_lines: [],
		fee_lines: [],
		coupon_lines: [],
		refunds: order.refunds,
		payment_url: `${site}/checkout/order-pay/${order.id}/?pay_for_order=true&key=wc_order_${order.id}`,
		is_editable: false,
		needs_payment: order.status === 'pending',
		needs_processing: true,
		currency_symbol: '₹',
		_links: { self: [{ href: `${site}/wp-json/wc/v3/orders/${order.id}` }] },
	};
}
