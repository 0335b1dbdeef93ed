import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DryMessage, DryRun } from '../../../bridge/src/cli/dry-run/run';
import { type Sandbox, startSandbox } from '../../../sandbox/src/sandbox';
import { runCli, writeConfig } from '../../support/cli';
import { TestClock } from '../../support/clock';
import { type FakeShopify, startFakeShopify } from '../../support/fake-shopify/fake-shopify';
import { SHOPIFY_SECRET, SHOPIFY_SHOP } from '../../support/shopify';

let folder: string;
let sandbox: Sandbox;
let shop: FakeShopify;
let config: string;
beforeEach(async () => {
	folder = mkdtempSync(join(tmpdir(), 'messlo-dry-'));
	const clock = new TestClock();
	[sandbox, shop] = await Promise.all([startSandbox({ clock }), startFakeShopify(clock)]);
	const bare = '{ id: bare, kind: shopify, shop: bare.myshopify.com, secrets: [x] }';
	const acme = `{ id: acme, kind: shopify, shop: ${SHOPIFY_SHOP}, secrets: [${SHOPIFY_SECRET}], ${shop.keys()} }`;
	config = writeConfig(folder, { api: sandbox.url, sources: `[${acme}, ${bare}]` });
});
afterEach(async () => {
	await Promise.all([sandbox.close(), shop.stop()]);
	rmSync(folder, { recursive: true, force: true });
});

const run = (...more: string[]) => runCli(['dry-run', '--source', 'acme', '--config', config, ...more]);
const json = async (...more: string[]) => {
	const { code, stdout, stderr } = await run('--json', ...more);
	return { code, stderr, ...(JSON.parse(stdout) as DryRun & { fetched: number }) };
};
const of = (messages: readonly DryMessage[], about: string) => messages.filter((message) => message.about === about);
/** The templates of orders without a header: the sandbox has those of the demo. */
const pushTemplates = () => runCli(['templates', '--push', '--config', config]);
async function counted(what: string): Promise<unknown[]> {
	const answer = await fetch(`${sandbox.url}/__sandbox/${what}`);
	const body = (await answer.json()) as unknown[] | { items: unknown[] };
	return Array.isArray(body) ? body : body.items;
}

test('a paid and shipped order: each message of its life, with its values; nothing is sent, nothing stored', async () => {
	await pushTemplates();
	const before = (await counted('requests')).length;
	const id = await shop.place({ name: '#7', financial_status: 'pending' });
	await shop.fulfil(id);
	const { messages, fetched, silent } = await json();
	expect(fetched).toBe(1);
	expect(of(messages, '#7').map(({ mapping, event, verdict }) => [mapping, event, verdict])).toEqual([
		['cod-confirmation', 'order.created', 'refused'],
		['order-shipped', 'order.fulfilled', 'sent'],
	]);
	expect(messages[1]).toMatchObject({ template: 'order_shipped', language: 'en_US', to: '+91…10' });
	expect(messages[1]?.variables.map(({ value }) => value)).toEqual([
		'अनुष्का',
		'#7',
		'Delhivery',
		`DL${id}`,
		`https://www.delhivery.com/track/package/DL${id}`,
	]);
	expect(silent.map(({ event }) => event)).not.toContain('orders/create');

	expect(await counted('messages')).toHaveLength(0);
	const asked = (await counted('requests')).slice(before) as { method: string }[];
	expect(asked.map(({ method }) => method)).toEqual(asked.map(() => 'GET'));
	expect([existsSync(join(folder, 'bridge.db')), readdirSync(folder)]).toEqual([false, ['messlo-bridge.yaml']]);
});

test('what the API would refuse is told with the template book’s own words, and the exit code is 1', async () => {
	await shop.place({ name: '#8' });
	const { code, stdout } = await run();
	expect(code).toBe(1);
	expect(stdout).toMatch(/✗ cod-confirmation {2}would be refused by WhatsApp/);
	expect(stdout.replace(/\s+/g, ' ')).toContain(
		"there is no template 'cod_confirmation' in the account. Create it: messlo-bridge templates --push",
	);
	expect(stdout).toContain('To mend before you start');
});

test('an order without a number, without a name, in a language without template: missing values and fallbacks are named', async () => {
	await shop.place({ name: '#9', customer_locale: 'fr' }, 'orders-create.pos-null-customer');
	const { code, messages } = await json();
	expect(code).toBe(1);
	const [message] = of(messages, '#9');
	expect(message).toMatchObject({ verdict: 'held', to: null });
	expect(message?.reason).toMatch(/^no number to send to: .*Mend the order$/);
	expect(message?.variables[0]).toMatchObject({
		value: '👋',
		fallback: '👋',
		missing: ['order.customer.firstName', 'order.delivery.name'],
	});
	expect(message?.languageFallback).toMatch(/is not there in 'fr', so it is en_US/);
	const { stdout } = await run();
	expect(stdout).toContain('↳ the default: order.customer.firstName, order.delivery.name are missing');
	expect(stdout).toContain('order-confirmation: the default of {{1}}');
});

test('numbers are masked unless asked for', async () => {
	await shop.place();
	const { stdout } = await run();
	expect(stdout).toContain('to +91…10');
	expect(stdout).not.toContain('9876543210');
	expect((await run('--show-numbers')).stdout).toContain('+919876543210');
	expect((await run('--json')).stdout).not.toContain('9876543210');
});

test('an order of months ago is shown as it would have been sent then, not as expired', async () => {
	await pushTemplates();
	const id = await shop.place({ name: '#5', created_at: '2026-03-01T10:00:00Z', updated_at: '2026-03-01T10:00:00Z' });
	await shop.change(id, { tags: 'seen' });
	const { messages } = await json();
	expect(of(messages, '#5').map(({ verdict, reason = '' }) => [verdict, reason.includes('expired')])).toEqual([
		['refused', false],
	]);
});

test('only the last orders, as many as asked for', async () => {
	for (const name of ['#1', '#2', '#3']) await shop.place({ name });
	const { fetched, messages } = await json('--last', '2');
	expect([fetched, messages.map(({ about }) => about)]).toEqual([2, ['#2', '#3']]);
	expect((await run('--last', 'all')).stderr).toBe("--last is 'all'; write a whole number from 1 to 1000.\n");
});

test('when everything would go out the exit code is 0', async () => {
	expect(await run()).toMatchObject({ code: 0, stderr: '' });
});

test('what cannot be asked is said in a line, without a stack', async () => {
	const other = await runCli(['dry-run', '--source', 'acmee', '--config', config]);
	expect([other.code, other.stderr]).toEqual([1, expect.stringMatching(/^There is no source 'acmee'.*'acme'.*\n$/)]);
	const bare = await runCli(['dry-run', '--source', 'bare', '--config', config]);
	expect(bare.stderr).toMatch(/^The bridge has no key .*messlo-bridge connect shopify --id bare\n$/);
	shop.revoke();
	const refused = await run();
	expect([refused.code, refused.stderr]).toEqual([1, expect.stringMatching(/does not accept the key[^\n]*\n$/)]);
});

test('templates that cannot be asked for are told, and nobody is lulled: exit code 1', async () => {
	await shop.place({ name: '#4' });
	await sandbox.close();
	const { code, stdout } = await run();
	expect(code).toBe(1);
	expect(stdout).toMatch(/! What WhatsApp would refuse is not known: .*cannot be reached/);
	expect(stdout).toMatch(/✓ cod-confirmation/);
});
