import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ADMIN_TOKEN, TestBridge } from '../../support/bridge';
import { MINUTE } from '../../support/clock';
import { SHOPIFY_SECRET, shopifyFixtureWith } from '../../support/shopify';
import { WOO_SECRET } from '../../support/woocommerce';
import { DOORS, REPLIES_SECRET, SHEET_SECRET, SOURCES, YAML } from './doors';
import { FileServer } from './file-server';

const folder = mkdtempSync(join(tmpdir(), 'messlo-secrets-'));
const mapping = (event: string) => `on: ${event}
template: checkout_invoice
language: { fallback: en_US }
variables: { '1': there, '2': '{{ order.name }}', '3': '{{ order.total }}' }
header: { url: '{{ payload.note | default: payload.customer_note }}' }
`;
writeFileSync(join(folder, 'file.yaml'), mapping('order.created'));
const KEY = 'ck_of_the_shop_0123456789';
const CONSUMER = 'cs_of_the_shop_0123456789';
const SHOP_TOKEN = 'shpat_0123456789abcdef';
const files = new FileServer();
let bridge: TestBridge;
beforeAll(async () => {
	await files.listen();
	bridge = await TestBridge.start({
		messages: folder,
		yaml: `${YAML}\ndocuments: { privateUrls: true }`,
		sources: [
			...SOURCES,
			`{ id: keyed, kind: woocommerce, url: "http://127.0.0.1:9", secrets: [${WOO_SECRET}-2], consumerKey: ${KEY}, consumerSecret: ${CONSUMER} }`,
			`{ id: tokened, kind: shopify, shop: other.myshopify.com, secrets: [${SHOPIFY_SECRET}-2], adminToken: ${SHOP_TOKEN}, apiUrl: "http://127.0.0.1:9" }`,
		],
	});
});
afterAll(async () => {
	await bridge.stop();
	await files.close();
	rmSync(folder, { recursive: true });
});

test('no line of the log, at level debug and with every source failing, has a secret, a token, a link or a number in it', async () => {
	const link = (name: string) => `${files.url}/${name}?signature=of-the-link`;
	let id = 0;
	const order = (note: string) =>
		bridge.post(shopifyFixtureWith('orders-create.in-phone-only-in-shipping', { id: (id += 1), note }));
	for (const note of [
		link('fine'),
		'https://me:password-in-link@files.example/x',
		'http://10.0.0.1/inside?signature=of-the-link',
	])
		await order(note);
	await bridge.drain();
	for (const status of [404, 503]) {
		files.answer = (_request, response) => {
			response.writeHead(status).end();
		};
		await order(link(`answer-${status}`));
		await bridge.drain();
	}
	for (const { path, genuine, body = Buffer.from('{}'), proof, headers } of DOORS) {
		const good =
			genuine?.(body, 1, bridge.clock.now()) ?? Object.fromEntries(headers.map((name) => [name, 'guessed-token']));
		for (const sent of [good, { ...good, [proof]: 'guessed-proof' }])
			await fetch(bridge.bridge.url + path, { method: 'POST', headers: sent, body: new Uint8Array(body) });
	}
	for (const token of ['guessed-admin-token', ADMIN_TOKEN])
		await fetch(`${bridge.bridge.url}/api/v1/messages?to=%2B919876543211`, {
			headers: { authorization: `Bearer ${token}` },
		});
	await fetch(`${bridge.bridge.url}/documents/guessed-document-token.pdf`);
	await bridge.later(20 * MINUTE);
	await bridge.sandbox.close();
	await order(link('no-api'));
	await bridge.later(MINUTE);

	const states = new Set((await bridge.messages('?limit=200')).map(({ state }) => state));
	expect([...states]).toEqual(expect.arrayContaining(['held', 'waiting']));
	const text = bridge.logLines.join('');
	expect(bridge.logLines.length).toBeGreaterThan(20);
	expect(text).toContain('"level":"debug"');
	const never = [
		...['sandbox-api-key', ADMIN_TOKEN, SHOPIFY_SECRET, 'older-secret', WOO_SECRET, SHEET_SECRET, REPLIES_SECRET],
		...[KEY, CONSUMER, SHOP_TOKEN, 'guessed-', 'password-in-link', 'of-the-link', '9876543210', '9876543211'],
		...['Bearer ', 'private_key'],
	];
	for (const each of never) expect([each, bridge.logLines.filter((line) => line.includes(each))]).toEqual([each, []]);
	expect(text.replace(/[\s().-]/g, '')).not.toContain('9876543211');
});
