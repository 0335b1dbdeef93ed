import { createHmac, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../project-root';

/** What the demo's configuration names. */
const SHOP = { domain: 'acme.myshopify.com', secret: 'demo-shopify-secret' };

/**
 * A real Shopify payload as a new order of now: another id, number and date, else the bridge would rightly say that it has
 * sent this one's confirmation already.
 */
export function sampleOrder(now: Date): { body: Buffer; headers: Record<string, string>; name: string } {
	const order = JSON.parse(readFileSync(join(projectRoot(), 'demo', 'sample-order.json'), 'utf8')) as Record<
		string,
		unknown
	>;
	const id = Math.floor(now.getTime() / 1000);
	const number = 1000 + (id % 9000);
	const date = now.toISOString();
	Object.assign(order, {
		id,
		admin_graphql_api_id: `gid://shopify/Order/${id}`,
		name: `#${number}`,
		order_number: number,
		checkout_token: randomUUID(),
		created_at: date,
		updated_at: date,
		processed_at: date,
	});
	const body = Buffer.from(JSON.stringify(order));
	return {
		body,
		name: `#${number}`,
		headers: {
			'content-type': 'application/json',
			'x-shopify-topic': 'orders/create',
			'x-shopify-shop-domain': SHOP.domain,
			'x-shopify-api-version': '2026-10',
			'x-shopify-webhook-id': randomUUID(),
			'x-shopify-event-id': randomUUID(),
			'x-shopify-triggered-at': date,
			'x-shopify-hmac-sha256': createHmac('sha256', SHOP.secret).update(body).digest('base64'),
		},
	};
}
