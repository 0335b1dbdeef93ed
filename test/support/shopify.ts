import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const FIXTURES = join(__dirname, '../fixtures/shopify');

/** The secret of `signature-vectors.json` and the shop of `headers.json`. */
export const SHOPIFY_SECRET = 'shpss_test_0123456789abcdef';
export const SHOPIFY_SHOP = 'kaveri-handlooms.myshopify.com';

/** The exact bytes of test/fixtures/shopify/<name>; ".json" may be left out. */
export const shopifyFixture = (name: string): Buffer =>
	readFileSync(join(FIXTURES, name.endsWith('.json') ? name : `${name}.json`));

export interface ShopifyDelivery {
	file: string;
	topic: string;
	headers: Record<string, string>;
}

/** Every fixture with the headers that Shopify would send with it, the signature excepted. */
export const shopifyDeliveries = (): ShopifyDelivery[] =>
	(JSON.parse(shopifyFixture('headers').toString()) as { deliveries: ShopifyDelivery[] }).deliveries;

/** A fixture with changes at the top level, as Shopify would write it. */
export const shopifyFixtureWith = (name: string, changes: Record<string, unknown>): Buffer =>
	Buffer.from(JSON.stringify({ ...(JSON.parse(shopifyFixture(name).toString()) as object), ...changes }));

export interface SigningOptions {
	secret?: string;
	topic?: string;
	shop?: string;
	webhookId?: string;
	eventId?: string;
	triggeredAt?: string;
	/** Replaces or adds headers last, the signature included; undefined leaves one out. */
	headers?: Record<string, string | undefined>;
}

/** A webhook as Shopify sends it: the body's exact bytes, its headers (lower case) and a right signature. */
export function signedShopify(
	body: Buffer | string | object,
	options: SigningOptions = {},
): { body: Buffer; headers: Record<string, string> } {
	const bytes = Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
	const headers: Record<string, string | undefined> = {
		'content-type': 'application/json',
		'user-agent': 'Shopify-Captain-Hook',
		'x-shopify-topic': options.topic ?? 'orders/create',
		'x-shopify-shop-domain': options.shop ?? SHOPIFY_SHOP,
		'x-shopify-api-version': '2026-10',
		'x-shopify-webhook-id': options.webhookId ?? 'b54557e4-bdd9-4b37-8a5f-4c0000000001',
		'x-shopify-event-id': options.eventId ?? '98880550-7158-44d4-b7cd-4c0000000001',
		'x-shopify-triggered-at': options.triggeredAt ?? '2026-11-20T08:35:12.345678901Z',
		'x-shopify-hmac-sha256': createHmac('sha256', options.secret ?? SHOPIFY_SECRET)
			.update(bytes)
			.digest('base64'),
		...options.headers,
	};
	const given = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined);
	return { body: bytes, headers: Object.fromEntries(given) };
}
