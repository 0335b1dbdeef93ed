/** Signed Shopify webhooks of orders, each of its own buyer, ready as bytes before anything is measured. */
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const SECRET = 'bench-secret-of-a-shop';
export const SHOP = 'acme.myshopify.com';
export const root = resolve(import.meta.dirname, '../..');

/** Left out of a real order, so that it has 4 kB: what most orders of one or two lines are as Shopify sends them. */
const LEFT_OUT =
	/_set$|^client_details$|^landing|^original_|^current_|^billing_address$|_token$|^total_(weight|outstanding|tip)/;
const FIXTURE = 'test/fixtures/shopify/orders-create.in-phone-only-in-shipping.json';

const order = Object.fromEntries(
	Object.entries(JSON.parse(readFileSync(join(root, FIXTURE), 'utf8')) as Record<string, unknown>).filter(
		([key]) => !LEFT_OUT.test(key),
	),
);

/** The name by which an order is found again: "#1042". */
export const orderName = (n: number): string => `#${n}`;
/** A number of its own for each buyer. */
const phoneOf = (n: number): string => `+9170${String(n).padStart(8, '0')}`;

export function orderBody(n: number): Buffer {
	return Buffer.from(
		JSON.stringify({
			...order,
			id: 6_310_000_000_000 + n,
			name: orderName(n),
			shipping_address: { ...(order['shipping_address'] as object), phone: phoneOf(n) },
		}),
	);
}

/** Digits of a delivery's number, written over when the same order is delivered as another event. */
const DIGITS = 10;

export interface Webhooks {
	/** The request of the n-th webhook; beyond `count`, orders come again as events of their own. */
	request: (n: number) => Buffer;
	/** Of one body. */
	bytes: number;
}

/** `count` orders from number `first` on, as requests to `path`. */
export function webhooks(count: number, { first = 0, path = '/webhooks/shopify/acme' } = {}): Webhooks {
	let bytes = 0;
	const made = Array.from({ length: count }, (_, index) => {
		const body = orderBody(first + index);
		bytes = body.length;
		const signature = createHmac('sha256', SECRET).update(body).digest('base64');
		const head =
			`POST ${path} HTTP/1.1\r\nhost: bench\r\ncontent-type: application/json\r\nx-shopify-topic: orders/create\r\n` +
			`x-shopify-shop-domain: ${SHOP}\r\nx-shopify-api-version: 2026-10\r\nx-shopify-hmac-sha256: ${signature}\r\n` +
			`x-shopify-triggered-at: 2026-11-20T08:35:12Z\r\ncontent-length: ${body.length}\r\n` +
			`x-shopify-webhook-id: w-${'0'.repeat(DIGITS)}\r\nx-shopify-event-id: e-${'0'.repeat(DIGITS)}\r\n\r\n`;
		const request = Buffer.concat([Buffer.from(head), body]);
		return { request, webhookId: head.indexOf(': w-') + 4, eventId: head.indexOf(': e-') + 4 };
	});
	return {
		bytes,
		request: (n) => {
			const found = made[(n - first) % count];
			if (!found) throw new Error(`no webhook ${n}`);
			const digits = String(n).padStart(DIGITS, '0');
			found.request.write(digits, found.webhookId, 'latin1');
			found.request.write(digits, found.eventId, 'latin1');
			return found.request;
		},
	};
}
