import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { runCli, talkTo, writeConfig } from '../../support/cli';
import { TestClock } from '../../support/clock';
import {
	type FakeWooCommerce,
	startFakeWooCommerce,
	WOO_KEY,
	WOO_KEY_SECRET,
} from '../../support/fake-woocommerce/fake-woocommerce';

let folder: string;
let shop: FakeWooCommerce;
let config: string;
beforeEach(async () => {
	folder = mkdtempSync(join(tmpdir(), 'messlo-connect-woo-'));
	shop = await startFakeWooCommerce({ clock: new TestClock() });
	config = writeConfig(folder);
	writeFileSync(config, read().replace('server: {', 'server: { publicUrl: "https://bridge.example.com",'));
});
afterEach(async () => {
	await shop.close();
	rmSync(folder, { recursive: true, force: true });
});
const read = () => readFileSync(config, 'utf8');
const env = () => readFileSync(join(folder, 'messlo-bridge.env'), 'utf8');
const connect = (...lines: string[]) => talkTo(['connect', 'woocommerce', '--config', config], lines);
const boutique = () => (parse(read()) as { sources: Record<string, unknown>[] }).sources[1];

test('a shop is added to the configuration there is, with a secret of our own that signs its webhooks', async () => {
	const before = read();
	const { code, stdout, stderr } = await connect(
		`${shop.url}/wp-admin/admin.php?page=wc-orders`,
		'boutique',
		WOO_KEY,
		WOO_KEY_SECRET,
		'yes',
	);
	expect([code, stderr]).toEqual([0, '']);
	expect(stdout).toContain('✓ the keys work: “Boutique”');
	expect(stdout).toContain('orders can be read; there is none yet');
	expect(boutique()).toEqual({
		id: 'boutique',
		kind: 'woocommerce',
		url: shop.url,
		secrets: ['${BOUTIQUE_WEBHOOK_SECRET}'],
		consumerKey: '${BOUTIQUE_CONSUMER_KEY}',
		consumerSecret: '${BOUTIQUE_CONSUMER_SECRET}',
	});
	const lines = before.split('\n').filter((line) => !line.startsWith('sources:'));
	for (const line of lines) expect(read()).toContain(line);

	const secret = /^BOUTIQUE_WEBHOOK_SECRET=([A-Za-z0-9]{40})$/m.exec(env())?.[1];
	const created = shop.requests.filter(({ method, path }) => method === 'POST' && path === 'webhooks');
	expect(created.length).toBeGreaterThan(0);
	for (const { body } of created)
		expect(body).toMatchObject({ secret, delivery_url: 'https://bridge.example.com/webhooks/woocommerce/boutique' });
	for (const hidden of [WOO_KEY, WOO_KEY_SECRET, secret ?? '']) expect(stdout + read()).not.toContain(hidden);
	expect(await runCli(['check', '--config', config])).toMatchObject({ code: 0 });
});

test('keys in the wrong order, keys that the shop does not know, an address over http: each is said and asked again', async () => {
	const lines = [
		'http://shop.example.com',
		shop.url,
		'boutique',
		WOO_KEY_SECRET,
		WOO_KEY,
		WOO_KEY,
		`${WOO_KEY_SECRET}x`,
	];
	const { code, stdout } = await connect(...lines, '', WOO_KEY_SECRET, 'yes');
	expect(code).toBe(0);
	expect(stdout).toMatch(/✗ Over http everybody on the way reads/);
	expect(stdout).toMatch(/This one begins with ck_/);
	expect(stdout).toMatch(/This one begins with cs_/);
	expect(stdout).toMatch(/Mend it there and press Enter/);
	expect(boutique()).toMatchObject({ id: 'boutique' });
});

test('connected again with new keys, the secret that signs the webhooks stays', async () => {
	await connect(shop.url, 'boutique', WOO_KEY, WOO_KEY_SECRET, 'yes');
	const before = [read(), env()];
	const again = await connect(shop.url, 'boutique', 'yes', '', '');
	expect([again.code, again.stderr]).toEqual([0, '']);
	expect([read(), env()]).toEqual(before);
	shop.key.consumerKey = `ck_${'9'.repeat(40)}`;
	const renewed = await connect(shop.url, 'boutique', 'yes', shop.key.consumerKey, '', 'yes');
	expect(renewed.code).toBe(0);
	expect(read()).toBe(before[0]);
	expect(env()).toBe(before[1]?.replace(WOO_KEY, shop.key.consumerKey));
});
