import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli, writeConfig } from '../../support/cli';

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'messlo-check-'));
});
afterEach(() => {
	rmSync(folder, { recursive: true, force: true });
});

test('a good configuration: what is in it, and the webhook addresses to enter in the shop', async () => {
	const file = writeConfig(folder, { port: 8765 });
	const { code, stdout, stderr } = await runCli(['check', '--config', file]);
	expect([code, stderr]).toEqual([0, '']);
	expect(stdout).toContain(`${file}: good`);
	expect(stdout).toContain('webhook address of acme: http://127.0.0.1:8765/webhooks/shopify/acme');
	expect(stdout).toContain('order-confirmation');
	expect(stdout).toContain('messlo-bridge templates');
	expect(stdout).not.toContain('sandbox-api-key');
});

test.each(['check', 'start', 'templates'])(
	'%s of a bad configuration: every problem with its line and fix, and nothing is started',
	async (command) => {
		const file = join(folder, 'bad.yaml');
		writeFileSync(
			file,
			[
				'messlo: { apiKey: "${NOT_SET}", sender: "911234567890" }',
				'server: { port: 80800, adminToken: short }',
				'store: { url: "mysql://x" }',
				'sources:',
				'  - { id: acme, kind: shopify, shop: acme.example.com, secrets: [a], colour: red }',
				'  - { id: acme, kind: magento }',
			].join('\n'),
		);
		const { code, stdout, stderr } = await runCli([command, '--config', file]);
		expect([code, stdout]).toEqual([1, '']);
		for (const [line, words] of [
			[1, 'NOT_SET'],
			[2, 'port'],
			[2, 'adminToken'],
			[3, 'store'],
			[5, 'sources[0].shop'],
			[5, 'colour'],
			[6, 'kind'],
		] as const)
			expect(stderr.split('\n').some((text) => text.includes(`bad.yaml:${line}`) && text.includes(words))).toBe(true);
		expect(stderr).toMatch(/\d+ problems\. Nothing was started\./);
		expect(stderr).not.toMatch(/\n\s+at /);
	},
);

test('problems of mappings and layouts are told too', async () => {
	const messages = join(folder, 'messages');
	mkdirSync(messages);
	writeFileSync(join(messages, 'mine.yaml'), 'on: order.creatd\ntemplate: t\n');
	writeFileSync(join(messages, 'other.yaml'), 'on: order.created\ntemplate: t\nheader: { document: invoce }\n');
	const { code, stderr } = await runCli(['check', '--config', writeConfig(folder, { more: 'messages: ./messages' })]);
	expect(code).toBe(1);
	expect(stderr).toMatch(/mine\.yaml:1.*order\.creat/);
	expect(stderr).toMatch(/other\.yaml:3.*invoce/);
});

test('the file is the one of BRIDGE_CONFIG, else messlo-bridge.yaml of the folder; none there says how to name one', async () => {
	const file = writeConfig(join(folder, 'elsewhere'));
	expect(await runCli(['check'], { BRIDGE_CONFIG: file })).toMatchObject({ code: 0 });
	expect(await runCli(['check'], {}, join(folder, 'elsewhere'))).toMatchObject({ code: 0 });
	const none = await runCli(['check'], {}, folder);
	expect(none.code).toBe(1);
	expect(none.stderr).toMatch(/messlo-bridge\.yaml cannot be read.*--config or BRIDGE_CONFIG/);
});

test('a log level or command that is none is refused, with those that are', async () => {
	const level = await runCli(['check', '--config', writeConfig(folder)], { LOG_LEVEL: 'verbose' });
	expect([level.code, level.stderr]).toEqual([1, expect.stringContaining('debug, info, warn, error, silent')]);
	const command = await runCli(['strat']);
	expect(command.code).toBe(1);
	expect(command.stderr).toMatch(/There is no command 'strat'.*start, check, templates/);
});
