import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const FIXTURES = join(__dirname, '../fixtures/woocommerce');

/** The secret of `signature-vectors.json` and the shop of `headers.json`. */
export const WOO_SECRET = 'woo-test-secret-1';
export const WOO_URL = 'https://shop.kaveri-handlooms.example';

/** The exact bytes of test/fixtures/woocommerce/<name>; ".json" may be left out. */
export const wooFixture = (name: string): Buffer =>
	readFileSync(join(FIXTURES, /\.(json|txt)$/.test(name) ? name : `${name}.json`));

export interface WooDelivery {
	file: string;
	headers: Record<string, string>;
}
interface HeaderSets {
	deliveries: WooDelivery[];
	ping: WooDelivery;
}
const headerSets = (): HeaderSets => JSON.parse(wooFixture('headers').toString()) as HeaderSets;

/** Every fixture with the headers that WooCommerce would send with it, the signature excepted. */
export const wooDeliveries = (): WooDelivery[] => headerSets().deliveries;
export const wooPing = (): WooDelivery => headerSets().ping;

/** A fixture with changes at the top level. */
export const wooOrder = (name: string, changes: object = {}): Record<string, unknown> => ({
	...(JSON.parse(wooFixture(name).toString()) as Record<string, unknown>),
	...changes,
});

export interface WooSigning {
	secret?: string;
	topic?: string;
	shop?: string;
	deliveryId?: string;
	/** Replaces or adds headers last, the signature included; undefined leaves one out. */
	headers?: Record<string, string | undefined>;
}

/** A webhook as WooCommerce sends it: the body's exact bytes, its headers (lower case) and a right signature. */
export function signedWoo(
	body: Buffer | string | object,
	options: WooSigning = {},
): { body: Buffer; headers: Record<string, string> } {
	const bytes = Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
	const topic = options.topic ?? 'order.updated';
	const headers: Record<string, string | undefined> = {
		'content-type': 'application/json',
		'user-agent': 'WooCommerce/10.9.1 Hookshot (WordPress/6.9)',
		'x-wc-webhook-source': options.shop ?? `${WOO_URL}/`,
		'x-wc-webhook-topic': topic,
		'x-wc-webhook-resource': topic.split('.')[0],
		'x-wc-webhook-event': topic.split('.')[1],
		'x-wc-webhook-id': '142',
		'x-wc-webhook-delivery-id': options.deliveryId ?? 'ca6e1da9bf47cc81d6a97efb774e57e9',
		'x-wc-webhook-signature': createHmac('sha256', options.secret ?? WOO_SECRET)
			.update(bytes)
			.digest('base64'),
		...options.headers,
	};
	const given = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined);
	return { body: bytes, headers: Object.fromEntries(given) };
}

/** A WooCommerce shop for `TestBridge`'s `sources`. */
export const BOUTIQUE = `{ id: boutique, kind: woocommerce, url: "${WOO_URL}", secrets: [${WOO_SECRET}] }`;

/** Posts a signed webhook to the source `boutique` of a bridge. */
export async function postWoo(
	bridgeUrl: string,
	body: Buffer | string | object,
	options: WooSigning = {},
): Promise<{ status: number; body: Record<string, unknown> }> {
	const signed = signedWoo(body, options);
	const answer = await fetch(`${bridgeUrl}/webhooks/woocommerce/boutique`, {
		method: 'POST',
		headers: signed.headers,
		body: new Uint8Array(signed.body),
	});
	return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}
