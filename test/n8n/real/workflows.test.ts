import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { control } from '../../support/sandbox-control';
import { SHOPIFY_SECRET, SHOPIFY_SHOP, shopifyFixtureWith, signedShopify } from '../../support/shopify';
import { fakeInternet, type FakeInternet } from '../support/fake-internet.ts';
import { fakeSheet, fakeShopify, fakeWooCommerce } from '../support/fake-shops.ts';
import { mcpClient } from '../support/mcp-client.ts';
import { imported } from '../support/imported.ts';
import { type N8nProcess, startN8n } from '../support/n8n-process.ts';
import { N8nSession } from '../support/n8n-session.ts';
import { pack } from '../support/pack.ts';
import { until } from '../support/until.ts';
import { PACKAGE, world } from '../support/world.ts';

const root = join(__dirname, '../../..');
const { sandbox } = world();
const INVOICE = 'https://invoices.example/1042.pdf';

interface Message {
	contact_no: string;
	templateName?: string;
	templateVariables: Record<string, string>;
	media?: { name: string; type: string };
}

const shopify = fakeShopify();
const rows = [
	['Name', 'Phone', 'Opt-in', 'WhatsApp status'],
	['Ana', '+1 202-555-0143', 'yes', ''],
	['Ravi', '98123 45678', 'Yes', ''],
	['Olga', '+44 20 7946 0001', 'no', ''],
	['João', '', 'yes', ''],
	['Mia', '+1 202-555-0177', 'yes', 'sent 2026-05-01 10:00'],
	['Nobody', '12', 'yes', ''],
];
const sheet = fakeSheet('Broadcast', rows);
let internet: FakeInternet;
let woo: Awaited<ReturnType<typeof fakeWooCommerce>>;
let n8n: N8nProcess;
let session: N8nSession;
let credentials: Record<string, { id: string; name: string }>;

beforeAll(async () => {
	internet = await fakeInternet({ [SHOPIFY_SHOP]: shopify.host, ...sheet.hosts });
	woo = await fakeWooCommerce();
	const { tarball } = pack(root);
	n8n = await startN8n({ runtime: process.env['MESSLO_N8N'], packages: { [PACKAGE]: tarball }, env: internet.env });
	session = await N8nSession.open(n8n.url);
	const of = (type: string, data: Record<string, unknown>) => session.createCredential(type, data);
	const shopSubdomain = SHOPIFY_SHOP.replace('.myshopify.com', '');
	credentials = {
		messloApi: await of('messloApi', { apiKey: 'sandbox-api-key', baseUrl: sandbox.url }),
		shopifyAccessTokenApi: await of('shopifyAccessTokenApi', {
			shopSubdomain,
			accessToken: 'shpat_of_a_test',
			appSecretKey: SHOPIFY_SECRET,
		}),
		wooCommerceApi: await of('wooCommerceApi', { url: woo.url, consumerKey: 'ck_test', consumerSecret: 'cs_test' }),
		googleApi: await of('googleApi', sheet.account),
		httpBearerAuth: await of('httpBearerAuth', { token: 'token-of-an-assistant' }),
	};
}, 120_000);
afterAll(async () => {
	await n8n.close();
	await internet.close();
	woo.close();
});

beforeEach(async () => {
	await control(sandbox, 'reset', {});
	await control(sandbox, 'demo', {});
	const pdf = readFileSync(join(root, 'sandbox/demo-files/invoice.pdf')).toString('base64');
	await control(sandbox, 'files', [{ url: INVOICE, type: 'application/pdf', base64: pdf }]);
	await control(sandbox, 'templates', [
		{
			name: 'checkout_invoice',
			language: 'en_US',
			header_media_type: 'document',
			message_body: 'Hi {{1}}, thank you for your order {{2}}. The total is {{3}}; your invoice is attached.',
		},
	]);
});

const deliver = async (address: string, body: Buffer, headers: Record<string, string>): Promise<number> =>
	(await fetch(address, { method: 'POST', body: new Uint8Array(body), headers })).status;
/** What people got of that template, beside what the demo account had already. */
const sent = async (template: string): Promise<Message[]> =>
	(await control<Message[]>(sandbox, 'messages')).filter(({ templateName }) => templateName === template);

test('every workflow of the folder is run here', () => {
	const text = readFileSync(__filename, 'utf8');
	for (const file of readdirSync(join(root, 'templates/workflows'))) expect(text).toContain(`'${file}'`);
});

test('a Shopify order is confirmed with its PDF, once however often it is delivered', async () => {
	const workflow = await session.createWorkflow(imported('shopify-order-confirmation.json', credentials));
	await session.activate(workflow);
	const [subscription] = shopify.subscriptions;
	expect(subscription).toMatchObject({ topic: 'orders/create' });
	const order = shopifyFixtureWith('orders-create.in-phone-only-in-shipping', {
		note_attributes: [{ name: 'invoice_pdf', value: INVOICE }],
	});
	const signed = signedShopify(order);
	expect(await deliver(subscription?.address ?? '', signed.body, signed.headers)).toBe(200);
	const [first] = await session.executions(workflow.id, 1);
	expect(first?.data.resultData.error).toBeUndefined();
	expect(await deliver(subscription?.address ?? '', signed.body, signed.headers)).toBe(200);
	await session.executions(workflow.id, 2);

	expect(await sent('checkout_invoice')).toMatchObject([
		{
			contact_no: '919876543211',
			templateVariables: { '1': 'Rohit', '2': '#1043', '3': '₹1,531.64' },
			media: { type: 'application/pdf' },
		},
	]);
	await session.deactivate(workflow);
	await until('Shopify to be unsubscribed', async () => (shopify.subscriptions.length === 0 ? true : undefined));
});

test('a WooCommerce order is confirmed with its PDF when it is paid, once', async () => {
	const workflow = await session.createWorkflow(imported('woocommerce-order-confirmation.json', credentials));
	await session.activate(workflow);
	const [subscription] = woo.subscriptions;
	expect(subscription).toMatchObject({ topic: 'order.updated' });
	const fixture = readFileSync(join(root, 'test/fixtures/woocommerce/order.created.in-cod-optin.json'), 'utf8');
	const order = JSON.parse(fixture) as { meta_data: unknown[] };
	const post = (status: string) => {
		const meta_data = [...order.meta_data, { id: 9, key: 'invoice_pdf', value: INVOICE }];
		const body = Buffer.from(JSON.stringify({ ...order, status, meta_data }));
		const signature = createHmac('sha256', subscription?.secret ?? '')
			.update(body)
			.digest('base64');
		return deliver(subscription?.address ?? '', body, {
			'content-type': 'application/json',
			'x-wc-webhook-id': '142',
			'x-wc-webhook-topic': 'order.updated',
			'x-wc-webhook-signature': signature,
		});
	};
	let count = 0;
	for (const status of ['pending', 'processing', 'processing', 'completed']) {
		expect(await post(status)).toBe(200);
		await session.executions(workflow.id, (count += 1));
	}
	expect(await sent('checkout_invoice')).toMatchObject([
		{
			contact_no: '919876543210',
			templateVariables: { '1': 'अनुष्का', '2': '#7411', '3': '₹8,620.85' },
			media: { type: 'application/pdf' },
		},
	]);
	await session.deactivate(workflow);
	await until('WooCommerce to be unsubscribed', async () => (woo.subscriptions.length === 0 ? true : undefined));
});

test('a broadcast writes to those who agreed, and into the sheet what became of it', async () => {
	const execution = await session.run(imported('google-sheets-broadcast.json', credentials));
	expect(execution.data.resultData.error).toBeUndefined();
	const numbers = async () => (await sent('monthly_letter')).map(({ contact_no }) => contact_no).sort();
	expect(await numbers()).toEqual(['12025550143', '919812345678']);
	expect(rows.slice(1).map((row) => row[3])).toEqual([
		expect.stringMatching(/^sent 20\d\d-\d\d-\d\d \d\d:\d\d$/),
		expect.stringMatching(/^sent /),
		'',
		'',
		'sent 2026-05-01 10:00',
		expect.stringMatching(/^not sent: \S/),
	]);
	await session.run(imported('google-sheets-broadcast.json', credentials));
	expect(await numbers()).toHaveLength(2);
});

test('an assistant lists and calls the tools of the MCP server, with the right token only', async () => {
	const workflow = await session.createWorkflow(imported('mcp-server.json', credentials));
	await session.activate(workflow);
	await expect(mcpClient(`${n8n.url}/mcp/messlo`, 'a-guess')).rejects.toThrow('403');
	const mcp = await mcpClient(`${n8n.url}/mcp/messlo`, 'token-of-an-assistant');
	const { tools } = await mcp.ask<{ tools: { name: string; description: string }[] }>('tools/list');
	expect(tools.map(({ name }) => name).sort()).toEqual([
		'Find_contacts',
		'List_templates',
		'Read_conversation',
		'Send_order_update',
		'Send_text',
	]);
	const call = async (name: string, parameters: Record<string, string>): Promise<string> => {
		const { content } = await mcp.ask<{ content: { text: string }[] }>('tools/call', { name, arguments: parameters });
		return content.map(({ text }) => text).join();
	};
	const found = await call('Find_contacts', { search: 'Ana' });
	const [, contact_id = ''] = /"_?id":\s*"(\w+)"/.exec(found.replaceAll('\\', '')) ?? [];
	expect(await call('Read_conversation', { contact_id })).toContain('desk lamp');
	expect(await call('List_templates', {})).toContain('order_update');
	await call('Send_order_update', { phone: '+1 202-555-0143', name: 'Ana', order: 'A-1042' });
	expect(await sent('order_update')).toMatchObject([
		{ contact_no: '12025550143', templateVariables: { '1': 'Ana', '2': 'A-1042' } },
	]);
	expect(await call('Send_text', { phone: '12025550143', text: 'It is on its way.' })).not.toMatch(/error/i);
});
