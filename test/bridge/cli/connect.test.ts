import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type Sandbox, startSandbox } from '../../../sandbox/src/sandbox';
import { CliProcess, runCli, talkTo, writeConfig } from '../../support/cli';
import { TestClock } from '../../support/clock';
import {
	FAKE_ADMIN_TOKEN,
	FAKE_CLIENT,
	type FakeShopify,
	startFakeShopify,
} from '../../support/fake-shopify/fake-shopify';
import { SHOPIFY_SECRET, SHOPIFY_SHOP } from '../../support/shopify';

const NAME = SHOPIFY_SHOP.replace('.myshopify.com', '');
let folder: string;
let sandbox: Sandbox;
let shop: FakeShopify;
beforeEach(async () => {
	folder = mkdtempSync(join(tmpdir(), 'messlo-connect-'));
	const clock = new TestClock();
	[sandbox, shop] = await Promise.all([startSandbox({ clock }), startFakeShopify(clock)]);
	await shop.place({ name: '#1042' });
});
afterEach(async () => {
	await Promise.all([sandbox.close(), shop.stop()]);
	rmSync(folder, { recursive: true, force: true });
});

const file = (name = 'messlo-bridge.yaml') => join(folder, name);
const written = (name?: string) => readFileSync(file(name), 'utf8');
const modeOf = (name: string) => statSync(file(name)).mode & 0o777;
const shopify = () => ['connect', 'shopify', '--api-url', shop.url];
/** A whole first conversation: account, shop, an app of the Dev Dashboard. */
const first = () => [...shopify(), '--messlo-url', sandbox.url];
const answers = (publicUrl = 'bridge.example.com') => [
	'sandbox-api-key',
	'',
	publicUrl,
	'IN',
	`https://admin.shopify.com/store/${NAME}/orders?selectedView=all`,
	'acme',
	'app',
	FAKE_CLIENT.id,
	FAKE_CLIENT.secret,
	'yes',
];

test('from nothing: account and shop are proved, the files written, the webhooks registered, and check finds it good', async () => {
	const { code, stdout, stderr } = await talkTo(first(), answers(), { cwd: folder });
	expect([code, stderr]).toEqual([0, '']);
	expect(stdout).toMatch(/the key works; numbers: \+911234567890/);
	expect(stdout).toContain(`✓ ${SHOPIFY_SHOP}`);
	expect(stdout).toContain('✓ the keys work: “Kaveri Handlooms”');
	expect(stdout).toContain('the newest is #1042');
	expect(stdout).toMatch(/✓ registered: orders\/create/);
	expect(stdout).toMatch(/Start it, then: messlo-bridge smoke --source acme/);
	expect(stdout).toContain('messlo-bridge dry-run --source acme');

	const { messlo, server, sources } = parse(written()) as Record<string, Record<string, unknown>>;
	expect(messlo).toMatchObject({ apiKey: '${MESSLO_API_KEY}', sender: '911234567890' });
	expect(server).toMatchObject({ publicUrl: 'https://bridge.example.com', adminToken: '${BRIDGE_ADMIN_TOKEN}' });
	expect(sources).toEqual([
		{
			id: 'acme',
			kind: 'shopify',
			shop: SHOPIFY_SHOP,
			clientId: FAKE_CLIENT.id,
			apiUrl: shop.url,
			secrets: ['${ACME_CLIENT_SECRET}'],
		},
	]);
	expect(modeOf('messlo-bridge.env')).toBe(0o600);
	expect(written('messlo-bridge.env')).toContain(`ACME_CLIENT_SECRET=${SHOPIFY_SECRET}\n`);
	expect(shop.hooks.hooks.every(({ uri }) => uri === 'https://bridge.example.com/webhooks/shopify/acme')).toBe(true);
	expect(await runCli(['check'], {}, folder)).toMatchObject({ code: 0 });
});

test('no secret is ever shown', async () => {
	const { stdout, stderr } = await talkTo(first(), answers(), { cwd: folder });
	const env = written('messlo-bridge.env').trim().split('\n');
	expect(env).toHaveLength(3);
	for (const line of env) expect(stdout + stderr + written()).not.toContain(line.slice(line.indexOf('=') + 1));
});

test('each wrong answer is said, with what to do, and asked again', async () => {
	const lines = [
		'wrong-key',
		'sandbox-api-key',
		'12345',
		'919999999999',
		'+91 12345 67890',
		'http://bridge.example.com',
		'https://bridge.example.com/',
		'Indya',
		'in',
		'www.kaveri.example',
		NAME,
		'Acme Shop!',
		'',
		'3',
		'1',
		'shpss_x',
		FAKE_CLIENT.id,
		'shpat_x',
		'wrong-secret',
		'',
		'',
		FAKE_CLIENT.secret,
		'maybe',
		'y',
	];
	const { code, stdout } = await talkTo(first(), lines, { cwd: folder });
	expect(code).toBe(0);
	for (const words of [
		/✗ .*401.*Invalid API key/,
		/'12345' is not a number with country code/,
		/919999999999 is not connected to this account\. It has: 911234567890/,
		/only go to https addresses/,
		/'INDYA' is not a country code/,
		/'www\.kaveri\.example' does not show the shop's own name/,
		/'Acme Shop!' cannot be part of an address/,
		/Name of this source \[acme-shop\]/,
		/'3' is none of: app, token/,
		/That is a secret or a token/,
		/That is an access token/,
		/gives no token for this client ID and secret/,
		/Write yes or no/,
	])
		expect(stdout.replace(/\s+/g, ' ')).toMatch(words);
	expect(sourcesOf()).toMatchObject([{ id: 'acme-shop', shop: SHOPIFY_SHOP }]);
	expect(await runCli(['check'], {}, folder)).toMatchObject({ code: 0 });
});
const sourcesOf = () => (parse(written()) as { sources: Record<string, unknown>[] }).sources;

test.each([
	['the input ends in the middle', (lines: string[]) => lines.slice(0, 6)],
	['the person does not want it written', (lines: string[]) => [...lines.slice(0, -1), 'no']],
])('%s: no file is made, none is changed', async (_, cut) => {
	const one = await talkTo(first(), cut(answers()), { cwd: folder });
	expect([one.code, one.stderr]).toEqual([1, expect.stringContaining('Nothing was changed.')]);
	expect([existsSync(file()), existsSync(file('messlo-bridge.env'))]).toEqual([false, false]);
	expect(shop.hooks.hooks).toHaveLength(0);
});

test('Ctrl-C in the middle leaves the configuration as it was', async () => {
	const config = writeConfig(folder, { api: sandbox.url });
	const before = readFileSync(config, 'utf8');
	const cli = new CliProcess([...shopify(), '--config', config, '--shop', NAME, '--id', 'second'], {}, folder, {
		open: true,
	});
	await cli.printed(/How does the bridge get in/);
	cli.kill('SIGINT');
	const { code, stdout } = await cli.finished;
	expect(code).toBe(130);
	expect(stdout).toContain('Stopped. Nothing was changed.');
	expect(readFileSync(config, 'utf8')).toBe(before);
	expect(existsSync(file('messlo-bridge.env'))).toBe(false);
});

test('without anyone to ask: every answer is a flag or a variable; what is missing is named', async () => {
	const args = [...first(), '--no-input', '--shop', NAME, '--id', 'acme', '--client-id', FAKE_CLIENT.id];
	const env = { MESSLO_API_KEY: 'sandbox-api-key', ACME_CLIENT_SECRET: FAKE_CLIENT.secret };
	const missing = await runCli(args, { MESSLO_API_KEY: 'sandbox-api-key' }, folder);
	expect([missing.code, missing.stderr]).toEqual([1, expect.stringMatching(/^ACME_CLIENT_SECRET is missing: /)]);
	const wrong = await runCli(args, { ...env, ACME_CLIENT_SECRET: 'no' }, folder);
	expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringContaining('gives no token')]);
	expect(existsSync(file())).toBe(false);
	expect(await runCli(args, env, folder)).toMatchObject({ code: 0, stderr: '' });
	expect(await runCli(['check'], {}, folder)).toMatchObject({ code: 0 });
});

test('connected again, nothing changes; with a token instead of an app, keys are changed in place and comments stay', async () => {
	await talkTo(first(), answers(), { cwd: folder });
	writeFileSync(file(), written().replace('kind: shopify', 'kind: shopify # our shop\n    testOrders: true'));
	const before = [written(), written('messlo-bridge.env')];
	const again = await talkTo(shopify(), [NAME, 'acme', 'yes', '', '', '', ''], { cwd: folder });
	expect([again.code, again.stderr]).toEqual([0, '']);
	expect(again.stdout).toContain('nothing to change');
	expect(again.stdout).toMatch(/✓ there already: orders\/create/);
	expect([written(), written('messlo-bridge.env')]).toEqual(before);

	const token = await talkTo(shopify(), [NAME, 'acme', 'yes', 'token', FAKE_ADMIN_TOKEN, SHOPIFY_SECRET, 'yes'], {
		cwd: folder,
	});
	expect([token.code, token.stderr]).toEqual([0, '']);
	expect(written()).toContain('kind: shopify # our shop\n    testOrders: true');
	expect(sourcesOf()[0]).toMatchObject({ testOrders: true, adminToken: '${ACME_ADMIN_TOKEN}' });
	expect(sourcesOf()[0]).not.toHaveProperty('clientId');
	expect(await runCli(['check'], {}, folder)).toMatchObject({ code: 0 });
});

test('a person who does not want a source changed that is there ends without a change', async () => {
	await talkTo(first(), answers(), { cwd: folder });
	const before = written();
	const { code, stderr } = await talkTo(shopify(), [NAME, 'acme', 'no'], { cwd: folder });
	expect([code, stderr]).toEqual([1, 'Nothing was changed.\n']);
	expect(written()).toBe(before);
});

test('a configuration with mistakes is not added to: they are told first', async () => {
	writeFileSync(file(), 'messlo: { sender: "1" }\n');
	const { code, stdout, stderr } = await talkTo(shopify(), [], { cwd: folder });
	expect([code, stdout]).toEqual([1, '']);
	expect(stderr).toMatch(/messlo-bridge\.yaml:1.*sender[^]*Mend this first/);
});

test('without a public https address webhooks are not registered, and it is said why and what to do', async () => {
	const { stdout } = await talkTo(first(), answers(''), { cwd: folder });
	expect(stdout.replace(/\s+/g, ' ')).toMatch(
		/Not registered: a shop posts to https addresses only.*Set server\.publicUrl/,
	);
	expect(shop.hooks.hooks).toHaveLength(0);
});

test('a bridge that runs gets a signed sample and takes it; one that does not know the source yet says to start it again', async () => {
	await talkTo([...first(), '--port', '0'], answers(''), { cwd: folder });
	const bridge = await CliProcess.bridge(file());
	try {
		const port = new URL(bridge.url).port;
		writeFileSync(file(), written().replace('port: 0', `port: ${port}`));
		const smoke = await runCli(['smoke', '--source', 'acme'], {}, folder);
		expect([smoke.code, smoke.stderr]).toEqual([0, '']);
		expect(smoke.stdout).toMatch(/✓ the signature is good; stored as evt_1, and no message comes of it/);
		const line = await bridge.line(({ stage }) => stage === 'mapped');
		expect(line).toMatchObject({ topic: 'messlo/sample', state: 'ignored', messages: [] });

		const second = [NAME, 'second', 'app', FAKE_CLIENT.id, FAKE_CLIENT.secret, 'yes'];
		const { stdout } = await talkTo(shopify(), second, { cwd: folder });
		expect(stdout.replace(/\s+/g, ' ')).toMatch(/✗ .*\/webhooks\/shopify\/second 404 .*start it again/);
	} finally {
		bridge.kill('SIGTERM');
		await bridge.finished;
	}
});
