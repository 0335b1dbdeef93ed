import { signedShopify, shopifyFixtureWith } from '../../support/shopify';
import { signedWoo, wooOrder } from '../../support/woocommerce';

/** What is told of an order, in the order in which it happens. */
export const KINDS = ['created', 'paid', 'fulfilled'] as const;
export type Kind = (typeof KINDS)[number];

/** An order of its own buyer in one of the two shops. */
export interface Order {
	/** Unique in the whole run. */
	n: number;
	source: 'acme' | 'boutique';
	/** As the shop calls it, and the ledger. */
	id: string;
	placedAt: Date;
	/** Its messages carry an invoice. */
	invoice: boolean;
}

/** A webhook as the shop sends it, and sends it again: the same bytes and ids each time. */
export interface Webhook {
	order: Order;
	kind: Kind;
	path: string;
	headers: Record<string, string>;
	body: Buffer;
}

/** What is told after another is no news for a confirmation any more after ten minutes (bridge/src/journey/stages.ts). */
const STEP_MS = 15 * 60_000;

export function makeOrder(n: number, source: Order['source'], placedAt: Date, invoice = false): Order {
	const id = source === 'acme' ? String(6_310_000_000_000 + n) : String(100_000 + n);
	return { n, source, id, placedAt, invoice };
}

export const webhook = (order: Order, kind: Kind): Webhook =>
	order.source === 'acme' ? shopify(order, kind) : woocommerce(order, kind);

const moment = ({ placedAt }: Order, kind: Kind): Date => new Date(placedAt.getTime() + KINDS.indexOf(kind) * STEP_MS);
const reached = (kind: Kind, step: Kind): boolean => KINDS.indexOf(kind) >= KINDS.indexOf(step);
const TOPICS: Record<Kind, string> = { created: 'orders/create', paid: 'orders/paid', fulfilled: 'orders/fulfilled' };

/** The cell phone of the buyer of order `n`: nobody else has it. */
const phoneOf = (n: number): string => `+91 9${String(800_000_000 + n)}`;

function shopify(order: Order, kind: Kind): Webhook {
	const at = moment(order, kind).toISOString();
	const bytes = shopifyFixtureWith('orders-create.in-phone-only-in-shipping', {
		id: Number(order.id),
		name: `#${order.n}`,
		note: order.invoice ? 'invoice' : null,
		checkout_token: `checkout-${order.n}`,
		created_at: order.placedAt.toISOString(),
		processed_at: order.placedAt.toISOString(),
		updated_at: at,
		financial_status: reached(kind, 'paid') ? 'paid' : 'pending',
		fulfillment_status: reached(kind, 'fulfilled') ? 'fulfilled' : null,
		shipping_address: { phone: phoneOf(order.n), country_code: 'IN', first_name: 'Asha' },
	});
	const key = `${order.n}-${kind}`;
	const ids = { webhookId: `delivery-${key}`, eventId: `event-${key}`, triggeredAt: at };
	return { order, kind, path: '/webhooks/shopify/acme', ...signedShopify(bytes, { ...ids, topic: TOPICS[kind] }) };
}

function woocommerce(order: Order, kind: Kind): Webhook {
	const gmt = (step: Kind) => moment(order, step).toISOString().slice(0, 19);
	const base = wooOrder('order.updated.on-hold-bacs');
	const body = {
		...base,
		id: Number(order.id),
		number: order.id,
		status: { created: 'on-hold', paid: 'processing', fulfilled: 'completed' }[kind],
		billing: { ...(base['billing'] as object), phone: phoneOf(order.n), country: 'IN' },
		date_created_gmt: gmt('created'),
		date_modified_gmt: gmt(kind),
		date_paid_gmt: reached(kind, 'paid') ? gmt('paid') : null,
		date_completed_gmt: reached(kind, 'fulfilled') ? gmt('fulfilled') : null,
	};
	const topic = kind === 'created' ? 'order.created' : 'order.updated';
	const signed = signedWoo(body, { topic, deliveryId: `${order.n}-${kind}` });
	return { order, kind, path: '/webhooks/woocommerce/boutique', ...signed };
}
