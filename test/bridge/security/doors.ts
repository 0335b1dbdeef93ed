import { createHmac } from 'node:crypto';
import { signedShopify, shopifyFixture } from '../../support/shopify';
import { BOUTIQUE, signedWoo, wooFixture } from '../../support/woocommerce';

export const SHEET_SECRET = 'sheet-secret-of-the-tests';
export const REPLIES_SECRET = 'replies-secret-of-the-tests';

/** Google is nowhere: the doors for its pushes are there all the same. */
export const SOURCES = [
	BOUTIQUE,
	`{ id: rows, kind: google-sheets, spreadsheet: s1, sheet: Sheet1, phone: Phone, status: Status, secrets: [${SHEET_SECRET}] }`,
	'{ id: diwali, kind: google-sheets, spreadsheet: s2, sheet: Sheet1, phone: Phone, status: Status, credentials: none.json, rootUrl: "http://127.0.0.1:9" }',
	'{ id: clinic, kind: google-calendar, calendar: c1, credentials: none.json, rootUrl: "http://127.0.0.1:9" }',
];
export const YAML = `replies: { secret: ${REPLIES_SECRET} }`;

export interface Door {
	path: string;
	/** What its callers send along. */
	headers: readonly string[];
	/** The header with the proof. */
	proof: string;
	/** A genuine request, where anybody but Google can make one. `n` tells deliveries apart, `now` is the bridge's time. */
	genuine?(body: Buffer, n: number, now: Date): Record<string, string>;
	/** One that is taken. */
	body?: Buffer;
}

const GOOGLE = ['channel-id', 'channel-token', 'resource-state', 'resource-id', 'message-number', 'changed'].map(
	(name) => `x-goog-${name}`,
);
const names = (headers: Record<string, string>) => Object.keys(headers).filter((name) => name !== 'user-agent');

export const DOORS: readonly Door[] = [
	{
		path: '/webhooks/shopify/acme',
		headers: names(signedShopify('{}').headers),
		proof: 'x-shopify-hmac-sha256',
		genuine: (body, n) => signedShopify(body, { webhookId: `w-${n}`, eventId: `e-${n}` }).headers,
		body: shopifyFixture('orders-create.in-phone-only-in-shipping'),
	},
	{
		path: '/webhooks/woocommerce/boutique',
		headers: names(signedWoo('{}').headers),
		proof: 'x-wc-webhook-signature',
		genuine: (body, n) => signedWoo(body, { deliveryId: `d-${n}` }).headers,
		body: wooFixture('order.created.in-cod-optin'),
	},
	{
		path: '/webhooks/google-sheets/rows',
		headers: ['x-signature', 'x-timestamp', 'content-type'],
		proof: 'x-signature',
		genuine: (body, _, now) => {
			const time = String(Math.floor(now.getTime() / 1000));
			const signature = createHmac('sha256', SHEET_SECRET).update(`${time}.`).update(body).digest('hex');
			return { 'content-type': 'application/json', 'x-timestamp': time, 'x-signature': signature };
		},
		body: Buffer.from(
			JSON.stringify({ spreadsheetId: 's1', sheet: 'Sheet1', row: 2, values: { Phone: '9876543210' } }),
		),
	},
	{
		path: '/webhooks/messlo/replies',
		headers: ['x-bridge-secret', 'authorization', 'content-type'],
		proof: 'x-bridge-secret',
		genuine: () => ({ 'content-type': 'application/json', 'x-bridge-secret': REPLIES_SECRET }),
		body: Buffer.from(JSON.stringify({ id: 'wamid.fuzz', from: '919876543210', text: 'hello' })),
	},
	{ path: '/webhooks/google-drive/diwali', headers: GOOGLE, proof: 'x-goog-channel-token' },
	{ path: '/webhooks/google-calendar/clinic', headers: GOOGLE, proof: 'x-goog-channel-token' },
];
